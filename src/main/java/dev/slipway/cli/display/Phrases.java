package dev.slipway.cli.display;

import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.Op;
import dev.slipway.engine.OperationResult;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.PropertyDiff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The words and signs for steps, differences and results; Pulumi's where it has them. */
final class Phrases {
    private final boolean colour;

    Phrases(boolean colour) {
        this.colour = colour;
    }

    String sign(Op op) {
        return switch (op) {
            case SAME -> " ";
            case CREATE -> Style.CREATE.paint("+", colour);
            case UPDATE -> Style.UPDATE.paint("~", colour);
            case DELETE -> Style.DELETE.paint("-", colour);
            case REPLACE -> Style.REPLACE.paint("+-", colour);
            case CREATE_REPLACEMENT -> Style.REPLACE.paint("++", colour);
            case DELETE_REPLACED -> Style.REPLACE.paint("--", colour);
            case READ, READ_REPLACEMENT, REFRESH, IMPORT, IMPORT_REPLACEMENT -> Style.FAINT.paint(">", colour);
            case REMOVE_PENDING_REPLACE -> Style.FAINT.paint("~", colour);
            case READ_DISCARD, DISCARD_REPLACED -> Style.FAINT.paint("<", colour);
        };
    }

    /** What is going to happen, for a preview. */
    String plan(Op op) {
        return switch (op) {
            case SAME -> "";
            default -> op.text();
        };
    }

    String running(Op op) {
        return switch (op) {
            case SAME -> "";
            case CREATE -> "creating";
            case UPDATE -> "updating";
            case DELETE -> "deleting";
            case REPLACE -> "replacing";
            case CREATE_REPLACEMENT -> "creating replacement";
            case DELETE_REPLACED -> "deleting original";
            case READ, READ_REPLACEMENT -> "reading";
            case REFRESH -> "refreshing";
            case IMPORT, IMPORT_REPLACEMENT -> "importing";
            case REMOVE_PENDING_REPLACE -> "forgetting";
            case READ_DISCARD, DISCARD_REPLACED -> "discarding";
        };
    }

    String done(Op op) {
        return switch (op) {
            case SAME -> "";
            case CREATE -> "created";
            case UPDATE -> "updated";
            case DELETE -> "deleted";
            case REPLACE -> "replaced";
            case CREATE_REPLACEMENT -> "created replacement";
            case DELETE_REPLACED -> "deleted original";
            case READ, READ_REPLACEMENT -> "read";
            case REFRESH -> "refreshed";
            case IMPORT, IMPORT_REPLACEMENT -> "imported";
            case REMOVE_PENDING_REPLACE -> "forgotten";
            case READ_DISCARD, DISCARD_REPLACED -> "discarded";
        };
    }

    /** The differences of a step, one a line, with the values before and after. */
    List<String> differences(StepInfo step) {
        PropertyMap before = step.before().map(state -> state.inputs()).orElse(PropertyMap.EMPTY);
        PropertyMap seen = step.before().map(state -> state.outputs()).orElse(PropertyMap.EMPTY);
        PropertyMap after = step.after().map(state -> state.inputs()).orElse(PropertyMap.EMPTY);
        var lines = new ArrayList<String>();
        for (PropertyDiff diff : step.diffs()) {
            // What the program left to the cloud until now is known from there only.
            String was = Values.at(before, diff.path()).isPresent() ? text(before, diff) : text(seen, diff);
            String is = text(after, diff);
            String line =
                    switch (diff.kind()) {
                        case ADD, ADD_REPLACE -> "+ " + diff.path() + ": " + is;
                        case DELETE, DELETE_REPLACE -> "- " + diff.path() + ": " + was;
                        case UPDATE, UPDATE_REPLACE ->
                            "~ " + diff.path() + ": "
                                    + diff.reason()
                                            .filter(reason -> !isInput(diff, before, after))
                                            .orElse(was + " => " + is);
                    };
            Style style = diff.kind().replaces() ? Style.REPLACE : Style.UPDATE;
            String why = diff.kind().replaces()
                    ? "  [forces replacement"
                            + diff.reason().map(reason -> ": " + reason).orElse("") + "]"
                    : "";
            lines.add(style.paint(line, colour) + why);
        }
        return lines;
    }

    private static boolean isInput(PropertyDiff diff, PropertyMap before, PropertyMap after) {
        return Values.at(before, diff.path())
                .or(() -> Values.at(after, diff.path()))
                .isPresent();
    }

    private static String text(PropertyMap map, PropertyDiff diff) {
        return Values.at(map, diff.path())
                .map(value -> Values.line(value, false))
                .orElse(Values.line(PropertyValue.Null.VALUE, false));
    }

    /** The closing lines: outputs, counts and time. */
    List<String> summary(OperationResult result, boolean preview, boolean showOutputs) {
        var lines = new ArrayList<String>();
        if (showOutputs && !result.outputs().values().isEmpty()) {
            lines.add(Style.STRONG.paint("Outputs:", colour));
            Map<String, PropertyValue> sorted = new TreeMap<>(result.outputs().values());
            int width = sorted.keySet().stream().mapToInt(String::length).max().orElse(0);
            sorted.forEach((name, value) ->
                    lines.add("    " + name + " ".repeat(width - name.length()) + ": " + Values.line(value, false)));
            lines.add("");
        }
        lines.add(Style.STRONG.paint("Resources:", colour));
        counted(lines, result, Op.CREATE, "+", preview ? "to create" : "created");
        counted(lines, result, Op.IMPORT, ">", preview ? "to import" : "imported");
        counted(lines, result, Op.UPDATE, "~", preview ? "to update" : "updated");
        counted(lines, result, Op.REPLACE, "+-", preview ? "to replace" : "replaced");
        counted(lines, result, Op.DELETE, "-", preview ? "to delete" : "deleted");
        int same = result.count(Op.SAME);
        if (same > 0 || !result.changed()) {
            lines.add("    " + same + " unchanged");
        }
        if (!preview) {
            lines.add("");
            lines.add(Style.STRONG.paint("Duration:", colour) + " " + duration(result.took()));
        }
        return lines;
    }

    private static void counted(List<String> lines, OperationResult result, Op op, String sign, String words) {
        if (result.count(op) > 0) {
            lines.add("    " + sign + " " + result.count(op) + " " + words);
        }
    }

    static String duration(Duration took) {
        if (took.toMinutes() > 0) {
            return took.toMinutes() + "m" + took.toSecondsPart() + "s";
        }
        return took.compareTo(Duration.ofSeconds(10)) < 0
                ? String.format(Locale.ROOT, "%.1fs", took.toMillis() / 1000.0)
                : took.toSeconds() + "s";
    }
}
