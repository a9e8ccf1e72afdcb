package dev.slipway.engine;

import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.state.Change;
import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.PendingOperation;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.ProviderException;
import java.util.List;
import java.util.Optional;

/**
 * Deletes a resource, or only forgets it when there is nothing (left) to delete.
 *
 * @param spared no call is needed: its owner ({@code deletedWith}) takes it along, or a wanted resource has its id
 * @param forReplacement stays recorded, as gone, until its replacement is made
 */
record DeleteStep(Op op, Ledger.Entry old, boolean spared, boolean forReplacement, ProviderRegistry providers)
        implements Step {
    @Override
    public StepInfo info() {
        return new StepInfo(op, state().urn(), Optional.of(state()), Optional.empty(), List.of());
    }

    private ResourceState state() {
        return old.state();
    }

    private boolean touchesTheWorld() {
        boolean managed = state().custom() && !state().marks().external() && !state().isProvider();
        boolean there =
                !state().marks().pendingReplacement() && !state().marks().retainOnDelete();
        return managed && there && !spared;
    }

    @Override
    public Optional<PendingOperation> pending() {
        return touchesTheWorld()
                ? Optional.of(new PendingOperation(state(), PendingOperation.Kind.DELETING))
                : Optional.empty();
    }

    @Override
    public Outcome apply(boolean preview) {
        if (touchesTheWorld() && !preview) {
            String provider = state().provider()
                    .orElseThrow(() -> new ProviderException("The record does not say which provider manages it."));
            providers
                    .get(provider)
                    .delete(new DeleteRequest(
                            state().id(),
                            state().urn(),
                            state().inputs(),
                            state().outputs(),
                            Seconds.duration(state().options().timeouts().delete())));
        }
        if (forReplacement) {
            var waiting = state().withMarks(state().marks().withPendingReplacement(true));
            return new Outcome(Optional.empty(), Change.NONE.set(old.key(), waiting));
        }
        return new Outcome(Optional.empty(), Change.NONE.remove(old.key()));
    }

    /** A deletion that failed half-way: the resource is still there, and says why. */
    @Override
    public Outcome partial(InitializationFailed failure) {
        ResourceState left = state().withOutputs(failure.outputs()).withInitErrors(failure.reasons());
        return Outcome.of(left, Change.NONE.set(old.key(), left));
    }
}
