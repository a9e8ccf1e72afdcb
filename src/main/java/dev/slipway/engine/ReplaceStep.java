package dev.slipway.engine;

import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.state.Change;
import dev.slipway.engine.state.PendingOperation;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.protocol.PropertyDiff;
import java.util.List;
import java.util.Optional;

/** Says that one resource has taken, or will take, the place of another; the work is done by a creation and a deletion. */
record ReplaceStep(ResourceState old, ResourceState wanted, List<PropertyDiff> diffs) implements Step {
    @Override
    public StepInfo info() {
        return new StepInfo(Op.REPLACE, wanted.urn(), Optional.of(old), Optional.of(wanted), diffs);
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
