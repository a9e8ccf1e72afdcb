package dev.slipway.engine;

import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import dev.slipway.protocol.PropertyDiff;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What happens during a run, in order. Secrets inside are hidden: their values are replaced, not only wrapped. */
public sealed interface EngineEvent {
    /**
     * One resource's part in the run.
     *
     * @param before its state when the step begins; empty when there was none
     * @param after what it is planned to be, and in {@link StepDone} what it became; empty for a deletion
     * @param diffs every property that differs, with the reason where one forces a replacement
     */
    record StepInfo(
            Op op, Urn urn, Optional<ResourceState> before, Optional<ResourceState> after, List<PropertyDiff> diffs) {
        public StepInfo {
            diffs = List.copyOf(diffs);
        }

        public String type() {
            return urn.type();
        }

        public String name() {
            return urn.name();
        }

        /** The paths that force a replacement. */
        public List<PropertyDiff> replacing() {
            return diffs.stream().filter(diff -> diff.kind().replaces()).toList();
        }
    }

    /** A step begins; in a preview: would begin. */
    record StepStarted(StepInfo step) implements EngineEvent {}

    /** What the provider says while the step runs; the next message takes its place. */
    record StepProgress(Urn urn, String message) implements EngineEvent {}

    /** A step ended well. After a refresh the op says what was found: same, update (it differs) or delete (it is gone). */
    record StepDone(StepInfo step, Duration took) implements EngineEvent {}

    /** A step failed; its reason has been told just before. */
    record StepFailed(StepInfo step, Duration took) implements EngineEvent {}

    /** The outputs of a component or of the stack. */
    record OutputsRegistered(Urn urn, PropertyMap before, PropertyMap after) implements EngineEvent {}

    record Told(Diagnostic diagnostic) implements EngineEvent {}

    /** The last event. */
    record Finished(OperationResult result) implements EngineEvent {}
}
