package dev.slipway.engine;

import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.state.Change;
import dev.slipway.engine.state.PendingOperation;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.protocol.InitializationFailed;
import java.util.Optional;

/** One thing that is done to one resource. */
interface Step {
    /** What it is, for the events. */
    StepInfo info();

    /** What is pending while it runs; empty when it touches nothing outside the record. */
    Optional<PendingOperation> pending();

    /** Does it. In a preview providers only guess what would come of it. */
    Outcome apply(boolean preview);

    /** What is recorded when the provider made or changed the resource, but not well. */
    default Outcome partial(InitializationFailed failure) {
        throw new IllegalStateException("a provider can't half " + info().op().text() + " a resource", failure);
    }

    /**
     * @param after the state that the step led to; empty for a deletion
     * @param change what that means for the record
     */
    record Outcome(Optional<ResourceState> after, Change change) {
        static Outcome of(ResourceState after, Change change) {
            return new Outcome(Optional.of(after), change);
        }
    }
}
