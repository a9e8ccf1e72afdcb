package dev.slipway.engine;

import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.state.Change;
import dev.slipway.engine.state.PendingOperation;
import dev.slipway.engine.state.ResourceState;
import java.util.List;
import java.util.Optional;

/** A resource that does not exist, and that the run was told to leave out: nothing is recorded, and the program is told no outputs. */
record SkipStep(ResourceState wanted) implements Step {
    @Override
    public StepInfo info() {
        return new StepInfo(Op.SAME, wanted.urn(), Optional.empty(), Optional.of(wanted), List.of());
    }

    @Override
    public Optional<PendingOperation> pending() {
        return Optional.empty();
    }

    @Override
    public Outcome apply(boolean preview) {
        return Outcome.of(wanted, Change.NONE);
    }
}
