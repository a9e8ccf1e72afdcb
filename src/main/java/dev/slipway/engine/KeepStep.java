package dev.slipway.engine;

import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.state.Change;
import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.PendingOperation;
import dev.slipway.engine.state.ResourceState;
import java.util.List;
import java.util.Optional;

/**
 * A resource that the run was told to leave alone: it stays recorded as it was.
 *
 * @param with its record and those of all it needs that were not declared, each after what it needs
 */
record KeepStep(ResourceState old, List<Ledger.Entry> with) implements Step {
    @Override
    public StepInfo info() {
        return new StepInfo(Op.SAME, old.urn(), Optional.of(old), Optional.of(old), List.of());
    }

    @Override
    public Optional<PendingOperation> pending() {
        return Optional.empty();
    }

    @Override
    public Outcome apply(boolean preview) {
        return Outcome.of(
                old, Change.NONE.move(with.stream().map(Ledger.Entry::key).toList()));
    }
}
