package dev.slipway.engine;

import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.state.PendingOperation;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.ResourceState.Marks;
import dev.slipway.engine.state.ResourceState.Times;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ReadResponse;
import dev.slipway.protocol.ResourceProvider;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Reads a resource that somebody else manages; it is recorded so that others may depend on it, and never changed or deleted. */
record ReadStep(Op op, ResourceState wanted, Place place, ResourceProvider provider, InstantSource clock)
        implements Step {
    @Override
    public StepInfo info() {
        return new StepInfo(op, wanted.urn(), place.old().map(entry -> entry.state()), Optional.of(wanted), List.of());
    }

    @Override
    public Optional<PendingOperation> pending() {
        // A read changes nothing, so an interrupted one leaves nothing to resolve.
        return Optional.empty();
    }

    @Override
    public Outcome apply(boolean preview) {
        ReadResponse response = provider.read(
                new ReadRequest(wanted.id(), wanted.urn(), wanted.inputs(), wanted.inputs(), Optional.empty()));
        if (response.gone()) {
            throw new ProviderException("There is no " + wanted.type() + " with the id `" + wanted.id() + "`.");
        }
        var outputs = Secrecy.spread(
                wanted.inputs(), response.outputs(), wanted.options().additionalSecretOutputs());
        Times times = place.old()
                .map(entry -> entry.state().times())
                .orElseGet(() -> new Times(clock.instant(), clock.instant()));
        var state = wanted.withId(response.id())
                .withOutputs(outputs)
                .withMarks(new Marks(false, true, false, wanted.marks().protect(), false))
                .withTimes(times);
        return place.old().isPresent() && !place.keepOld()
                ? Outcome.of(state, place.keep(place.old().get(), state))
                : Outcome.of(state, place.put(state));
    }
}
