package dev.slipway.engine;

import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.state.Change;
import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.PendingOperation;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.ResourceState.Times;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ResourceProvider;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Finishes a creation that an earlier run began and nobody wants any more, so that it can be deleted. */
record ReclaimStep(int leftover, ResourceState wanted, ResourceProvider provider, Ledger ledger, InstantSource clock)
        implements Step {
    @Override
    public StepInfo info() {
        return new StepInfo(Op.CREATE, wanted.urn(), Optional.empty(), Optional.of(wanted), List.of());
    }

    @Override
    public Optional<PendingOperation> pending() {
        // It is pending already.
        return Optional.empty();
    }

    @Override
    public Outcome apply(boolean preview) {
        var timeout = Seconds.duration(wanted.options().timeouts().create());
        CreateResponse response = provider.create(new CreateRequest(wanted.urn(), wanted.inputs(), timeout, preview));
        if (response.id().isEmpty()) {
            throw new ProviderException(
                    "The provider made the resource but gave no id for it: a fault of the provider.");
        }
        return recorded(wanted.withId(response.id()).withOutputs(response.outputs()));
    }

    @Override
    public Outcome partial(InitializationFailed failure) {
        return recorded(
                wanted.withId(failure.id()).withOutputs(failure.outputs()).withInitErrors(failure.reasons()));
    }

    /** Marked at once for deletion: the name may stand there for another resource too. */
    private Outcome recorded(ResourceState state) {
        boolean known = ledger.entries().stream()
                .map(Ledger.Entry::state)
                .filter(other -> !other.marks().pendingReplacement())
                .anyMatch(
                        other -> other.type().equals(state.type()) && other.id().equals(state.id()));
        if (known) {
            // It is recorded under another name: somebody wants it after all.
            return Outcome.of(state, Change.NONE.settle(List.of(leftover)));
        }
        var now = clock.instant();
        ResourceState made = state.withMarks(state.marks().withDelete(true).withProtect(false))
                .withTimes(new Times(now, now));
        return Outcome.of(made, Change.NONE.putUndeclared(made).settle(List.of(leftover)));
    }
}
