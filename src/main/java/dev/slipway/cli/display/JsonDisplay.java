package dev.slipway.cli.display;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.Diagnostic;
import dev.slipway.engine.EngineEvent;
import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.Urn;
import java.util.Locale;

/** One JSON document at the end, with the members of {@code pulumi preview --json}. Secrets are never in clear. */
final class JsonDisplay implements Display {
    private final Terminal terminal;
    private final Look look;
    private final ArrayNode steps = JsonNodeFactory.instance.arrayNode();
    private final Told told = new Told();

    JsonDisplay(Terminal terminal, Look look) {
        this.terminal = terminal;
        this.look = look;
    }

    @Override
    public void accept(EngineEvent event) {
        if (event instanceof EngineEvent.StepStarted started && look.preview()) {
            if (shows(started.step())) {
                steps.add(step(started.step()));
            }
        } else if (event instanceof EngineEvent.StepDone done && !look.preview()) {
            steps.add(step(done.step()));
        } else if (event instanceof EngineEvent.StepFailed failed && !look.preview()) {
            steps.add(step(failed.step()).put("failed", true));
        } else if (event instanceof EngineEvent.Told said) {
            told.add(said);
        } else if (event instanceof EngineEvent.Finished finished) {
            finish(finished);
        }
    }

    /** As Pulumi's: what stays the same is counted only, but for the stack itself, and a replacement is one step. */
    private static boolean shows(StepInfo step) {
        return switch (step.op()) {
            case SAME -> step.urn().type().equals(Urn.STACK_TYPE);
            case CREATE_REPLACEMENT, DELETE_REPLACED -> false;
            default -> true;
        };
    }

    private static ObjectNode step(StepInfo step) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("op", step.op().text());
        node.put("urn", step.urn().text());
        step.before().ifPresent(state -> node.set("oldState", state(state)));
        step.after().ifPresent(state -> node.set("newState", state(state)));
        if (!step.diffs().isEmpty()) {
            ObjectNode detailed = node.putObject("detailedDiff");
            step.diffs().forEach(diff -> {
                ObjectNode one = detailed.putObject(diff.path().toString());
                one.put("kind", diff.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
                diff.reason().ifPresent(reason -> one.put("reason", reason));
            });
            ArrayNode replacing = JsonNodeFactory.instance.arrayNode();
            step.replacing().forEach(diff -> replacing.add(diff.path().toString()));
            if (!replacing.isEmpty()) {
                node.set("replaceReasons", replacing);
            }
        }
        return node;
    }

    private static ObjectNode state(ResourceState state) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("urn", state.urn().text());
        node.put("custom", state.custom());
        if (!state.id().isEmpty()) {
            node.put("id", state.id());
        }
        node.put("type", state.type());
        node.set("inputs", Values.json(state.inputs(), false));
        node.set("outputs", Values.json(state.outputs(), false));
        state.parent().ifPresent(parent -> node.put("parent", parent.text()));
        state.provider().ifPresent(provider -> node.put("provider", provider));
        return node;
    }

    private static ObjectNode node(Diagnostic diagnostic) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        diagnostic.urn().ifPresent(urn -> node.put("urn", urn.text()));
        node.put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
        String detail = diagnostic.detail();
        return node.put("message", diagnostic.summary() + (detail.isEmpty() ? "" : "\n" + detail));
    }

    private void finish(EngineEvent.Finished finished) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set("steps", steps);
        if (!told.diagnostics().isEmpty()) {
            ArrayNode diagnostics = document.putArray("diagnostics");
            told.diagnostics().forEach(diagnostic -> diagnostics.add(node(diagnostic)));
        }
        ObjectNode summary = document.putObject("changeSummary");
        finished.result().counts().forEach((op, count) -> summary.put(op.text(), count));
        document.set("outputs", Values.json(finished.result().outputs(), false));
        document.put("result", finished.result().outcome().name().toLowerCase(Locale.ROOT));
        document.put("duration", finished.result().took().toNanos());
        terminal.out().println(document.toPrettyString());
    }
}
