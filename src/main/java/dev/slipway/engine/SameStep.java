package dev.slipway.engine;

import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.PendingOperation;
import dev.slipway.engine.state.ResourceState;
import java.util.List;
import java.util.Optional;

/** A resource that is as the program wants it: only what the engine keeps of it may differ. */
record SameStep(Ledger.Entry old, ResourceState wanted, Place place, ProviderRegistry registry) implements Step {
    @Override
    public StepInfo info() {
        return new StepInfo(Op.SAME, wanted.urn(), Optional.of(old.state()), Optional.of(wanted), List.of());
    }

    @Override
    public Optional<PendingOperation> pending() {
        return Optional.empty();
    }

    @Override
    public Outcome apply(boolean preview) {
        ResourceState state = wanted.withId(old.state().id())
                .withOutputs(old.state().outputs())
                .withInitErrors(old.state().initErrors())
                .withTimes(old.state().times());
        if (state.isProvider()) {
            registry.activate(state.urn(), state.id(), state.inputs());
        }
        return Outcome.of(state, place.keep(old, state));
    }
}
