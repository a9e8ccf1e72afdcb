package dev.slipway.engine;

import dev.slipway.property.PropertyMap;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param outcome succeeded, failed or cancelled
 * @param counts the steps that were done (in a preview: would be done), by kind, without those of default providers; kinds that did not
 *     occur are absent
 * @param worked whether the record changes (would change): by a step, of a default provider too, by other outputs of the stack, or because an
 *     interrupted run is settled
 * @param outputs the stack's outputs; secrets are wrapped and hold their value, unknown ones (preview) are present as unknown
 */
public record OperationResult(
        Outcome outcome, Map<Op, Integer> counts, boolean worked, PropertyMap outputs, Duration took) {
    /** How a run ended. */
    public enum Outcome {
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    public OperationResult {
        counts = counts.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(counts));
    }

    public int count(Op op) {
        return counts.getOrDefault(op, 0);
    }

    /** Whether any resource that a program names was, or would be, made, changed or removed. */
    public boolean changed() {
        return counts.keySet().stream().anyMatch(Op::changes);
    }

    public boolean succeeded() {
        return outcome == Outcome.SUCCEEDED;
    }

    @Override
    public String toString() {
        return outcome + " " + counts + " in " + took;
    }
}
