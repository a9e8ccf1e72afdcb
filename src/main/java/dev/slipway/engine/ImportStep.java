package dev.slipway.engine;

import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.state.PendingOperation;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.ResourceState.Times;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ReadResponse;
import dev.slipway.protocol.ResourceProvider;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes a resource that exists already under management, provided the program describes it as it is.
 *
 * @param adopting it is taken as it is; there is no description to compare
 */
record ImportStep(
        Op op,
        String id,
        ResourceState wanted,
        ReadResponse found,
        Place place,
        ResourceProvider provider,
        boolean adopting,
        InstantSource clock)
        implements Step {
    @Override
    public StepInfo info() {
        return new StepInfo(op, wanted.urn(), place.old().map(entry -> entry.state()), Optional.of(wanted), List.of());
    }

    @Override
    public Optional<PendingOperation> pending() {
        return Optional.empty();
    }

    @Override
    public Outcome apply(boolean preview) {
        if (!adopting) {
            requireNoDifference();
        }
        var outputs = Secrecy.spread(
                wanted.inputs(), found.outputs(), wanted.options().additionalSecretOutputs());
        var now = clock.instant();
        ResourceState state = wanted.withId(found.id()).withOutputs(outputs).withTimes(new Times(now, now));
        return Outcome.of(state, place.put(state));
    }

    private void requireNoDifference() {
        DiffResponse diff = provider.diff(
                new DiffRequest(found.id(), wanted.urn(), found.inputs(), found.outputs(), wanted.inputs(), List.of()));
        if (diff.changes()) {
            String paths = diff.diffs().stream()
                    .map(difference -> difference.path().toString())
                    .collect(Collectors.joining(", "));
            throw new ProviderException("The program does not describe `" + id
                    + "` as it is. Set these inputs to what is" + " there, then import again: " + paths + ".");
        }
    }
}
