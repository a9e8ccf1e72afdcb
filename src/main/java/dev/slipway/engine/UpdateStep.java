package dev.slipway.engine;

import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.PendingOperation;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.ResourceState.Times;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Changes a resource in place. */
record UpdateStep(
        Ledger.Entry old,
        ResourceState wanted,
        Place place,
        Optional<ResourceProvider> provider,
        List<PropertyDiff> diffs,
        List<PropertyPath> ignoreChanges,
        InstantSource clock)
        implements Step {
    @Override
    public StepInfo info() {
        return new StepInfo(Op.UPDATE, wanted.urn(), Optional.of(old.state()), Optional.of(wanted), diffs);
    }

    /** The old state is what is pending: it has the id, and what is really there lies between it and the wanted one. */
    @Override
    public Optional<PendingOperation> pending() {
        return provider.map(ignored -> new PendingOperation(
                wanted.withId(old.state().id()).withOutputs(old.state().outputs()), PendingOperation.Kind.UPDATING));
    }

    @Override
    public Outcome apply(boolean preview) {
        if (provider.isEmpty()) {
            return recorded(wanted.withOutputs(old.state().outputs()));
        }
        var timeout = Seconds.duration(wanted.options().timeouts().update());
        PropertyMap outputs = provider.get()
                .update(new UpdateRequest(
                        old.state().id(),
                        wanted.urn(),
                        old.state().inputs(),
                        old.state().outputs(),
                        wanted.inputs(),
                        ignoreChanges,
                        timeout,
                        preview))
                .outputs();
        return recorded(wanted.withOutputs(
                Secrecy.spread(wanted.inputs(), outputs, wanted.options().additionalSecretOutputs())));
    }

    @Override
    public Outcome partial(InitializationFailed failure) {
        PropertyMap outputs = Secrecy.spread(
                wanted.inputs(), failure.outputs(), wanted.options().additionalSecretOutputs());
        return recorded(wanted.withInputs(failure.inputs()).withOutputs(outputs).withInitErrors(failure.reasons()));
    }

    private Outcome recorded(ResourceState state) {
        ResourceState changed = state.withId(old.state().id())
                .withTimes(new Times(old.state().times().created(), clock.instant()));
        return Outcome.of(changed, place.put(changed));
    }
}
