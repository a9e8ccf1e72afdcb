package dev.slipway.engine;

import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.Severity;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The one way by which a run tells anything: one event at a time, secrets hidden, steps counted. A default provider, which no program
 * names, is told of only when it fails, as Pulumi does.
 */
final class Events implements ProviderHost {
    private final EventSink sink;
    private final Map<Op, Integer> counts = new EnumMap<>(Op.class);
    private boolean worked;
    private boolean failed;

    Events(EventSink sink) {
        this.sink = sink;
    }

    synchronized void started(StepInfo step) {
        if (!ProviderRegistry.isDefault(step.urn())) {
            sink.accept(new EngineEvent.StepStarted(hide(step)));
        }
    }

    synchronized void done(StepInfo step, Duration took) {
        worked |= step.op().changes();
        if (!ProviderRegistry.isDefault(step.urn())) {
            counts.merge(step.op(), 1, Integer::sum);
            sink.accept(new EngineEvent.StepDone(hide(step), took));
        }
    }

    synchronized void failed(StepInfo step, Duration took) {
        failed = true;
        sink.accept(new EngineEvent.StepFailed(hide(step), took));
    }

    synchronized void outputs(Urn urn, PropertyMap before, PropertyMap after) {
        worked = true;
        sink.accept(new EngineEvent.OutputsRegistered(urn, Secrecy.hide(before), Secrecy.hide(after)));
    }

    synchronized void tell(Diagnostic diagnostic) {
        failed |= diagnostic.severity() == Severity.ERROR;
        sink.accept(new EngineEvent.Told(diagnostic));
    }

    synchronized void finished(OperationResult result) {
        sink.accept(new EngineEvent.Finished(result));
    }

    @Override
    public synchronized void log(Severity severity, Optional<Urn> urn, String message, boolean ephemeral) {
        if (ephemeral && urn.isPresent()) {
            sink.accept(new EngineEvent.StepProgress(urn.get(), message));
        } else {
            // What a program or provider says in the log is not yet a failure of the run: the call that fails is.
            sink.accept(new EngineEvent.Told(new Diagnostic(severity, urn, message, "")));
        }
    }

    synchronized boolean failed() {
        return failed;
    }

    /** Whether anything was done that the record must tell: a step that changes something, of a default provider too, or other outputs. */
    synchronized boolean worked() {
        return worked;
    }

    synchronized Map<Op, Integer> counts() {
        return new EnumMap<>(counts);
    }

    private static StepInfo hide(StepInfo step) {
        Optional<ResourceState> before = step.before().map(Secrecy::hide);
        return new StepInfo(step.op(), step.urn(), before, step.after().map(Secrecy::hide), step.diffs());
    }
}
