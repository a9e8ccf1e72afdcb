package dev.slipway.engine;

import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.state.Change;
import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.PendingOperation;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.ProviderException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Deletes a resource, or only forgets it when there is nothing (left) to delete.
 *
 * @param forReplacement it stays recorded, as gone, until its replacement is made
 */
record DeleteStep(Op op, Ledger.Entry old, Way way, boolean forReplacement, ProviderRegistry providers)
        implements Step {
    /**
     * How it goes.
     *
     * @param call whether its provider deletes it
     * @param recorded whether the record says at once that it is gone; not when its owner is still to be deleted
     * @param followers what is gone with it
     */
    record Way(boolean call, boolean recorded, List<Ledger.Entry> followers) {
        static Way of(Ledger.Entry entry, Company company, boolean wantedStill) {
            boolean follows = company.follows(entry);
            return new Way(!follows && !wantedStill, !follows, company.followersOf(entry));
        }
    }

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
        return managed && there && way.call();
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
        return new Outcome(Optional.empty(), gone());
    }

    private Change gone() {
        if (!way.recorded()) {
            return Change.NONE;
        }
        List<Ledger.Entry> all = new ArrayList<>(way.followers());
        all.add(old);
        if (!forReplacement) {
            return Change.NONE.remove(all.stream().map(Ledger.Entry::key).toList());
        }
        Map<Integer, ResourceState> waiting = new HashMap<>();
        all.forEach(entry -> waiting.put(
                entry.key(), entry.state().withMarks(entry.state().marks().withPendingReplacement(true))));
        return Change.NONE.set(waiting);
    }

    /** A deletion that failed half-way: the resource is still there, and says why. */
    @Override
    public Outcome partial(InitializationFailed failure) {
        ResourceState left = state().withOutputs(failure.outputs()).withInitErrors(failure.reasons());
        return Outcome.of(left, Change.NONE.set(old.key(), left));
    }
}
