package dev.slipway.cli.display;

import dev.slipway.engine.Diagnostic;
import dev.slipway.engine.EngineEvent;
import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.Op;
import dev.slipway.property.Urn;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All resources as a tree that is redrawn in place while they change. */
final class TreeDisplay implements Display {
    private final PrintStream out;
    private final Phrases phrases;
    private final Look look;
    private final Map<Urn, Row> rows = new LinkedHashMap<>();
    private final Told told = new Told();
    private int drawn;

    TreeDisplay(Terminal terminal, Look look) {
        this.out = terminal.out();
        this.phrases = new Phrases(true);
        this.look = look;
        out.println(Style.STRONG.paint(look.title(), true));
    }

    @Override
    public void accept(EngineEvent event) {
        if (event instanceof EngineEvent.StepStarted started) {
            row(started.step()).status = look.preview()
                    ? phrases.plan(started.step().op())
                    : phrases.running(started.step().op());
        } else if (event instanceof EngineEvent.StepProgress said) {
            Row row = rows.get(said.urn());
            if (row != null) {
                row.message = said.message();
            }
        } else if (event instanceof EngineEvent.StepDone done && !look.preview()) {
            end(done.step(), phrases.done(done.step().op()) + " (" + Phrases.duration(done.took()) + ")");
        } else if (event instanceof EngineEvent.StepFailed failed) {
            end(failed.step(), Style.ERROR.paint("failed", true) + " (" + Phrases.duration(failed.took()) + ")");
        } else if (event instanceof EngineEvent.Told said) {
            told.add(said);
        }
        draw();
        if (event instanceof EngineEvent.Finished finished) {
            finish(finished);
        }
    }

    private Row row(StepInfo step) {
        Row row = rows.computeIfAbsent(step.urn(), urn -> new Row(parent(step)));
        row.step = step;
        return row;
    }

    private static @Nullable Urn parent(StepInfo step) {
        return step.after().or(step::before).flatMap(state -> state.parent()).orElse(null);
    }

    private void end(StepInfo step, String status) {
        Row row = row(step);
        row.status = step.op() == Op.SAME ? "" : status;
        row.message = "";
    }

    @Override
    public void say(PrintStream err, String message) {
        erase();
        out.flush();
        err.println(message);
        err.flush();
        draw();
    }

    private void erase() {
        if (drawn > 0) {
            out.printf("\u001b[%dA\u001b[J", drawn);
        }
        drawn = 0;
    }

    private void draw() {
        erase();
        rows.forEach((urn, row) -> {
            if (row.parent == null || !rows.containsKey(row.parent)) {
                draw(urn, row, "");
            }
        });
        out.flush();
    }

    private void draw(Urn urn, Row row, String indent) {
        String message = row.message.isEmpty() ? "" : "  " + Style.FAINT.paint(cut(row.message), true);
        Op op = row.step == null ? Op.SAME : row.step.op();
        out.printf(
                " %s  %s%s %s  %s%s%n",
                phrases.sign(op), indent, urn.type(), Style.STRONG.paint(urn.name(), true), row.status, message);
        drawn++;
        rows.forEach((child, childRow) -> {
            if (urn.equals(childRow.parent)) {
                draw(child, childRow, indent + "   ");
            }
        });
    }

    /** A longer line would wrap, and the cursor would go up by too few lines. */
    private static String cut(String message) {
        String line = message.lines().findFirst().orElse("");
        return line.length() <= 40 ? line : line.substring(0, 39) + "…";
    }

    private void finish(EngineEvent.Finished finished) {
        if (look.preview() || look.differences()) {
            rows.values().forEach(row -> {
                if (row.step != null && !row.step.diffs().isEmpty()) {
                    out.println();
                    out.println("    " + row.step.type() + " " + row.step.name() + ":");
                    phrases.differences(row.step).forEach(difference -> out.println("      " + difference));
                }
            });
        }
        List<Diagnostic> diagnostics = told.diagnostics();
        if (!diagnostics.isEmpty()) {
            out.println();
            out.println(Style.STRONG.paint("Diagnostics:", true));
            diagnostics.forEach(diagnostic -> Display.lines(diagnostic, true).forEach(out::println));
        }
        out.println();
        phrases.summary(finished.result(), look.preview(), true).forEach(out::println);
        out.println();
    }

    private static final class Row {
        private final @Nullable Urn parent;
        private @Nullable StepInfo step;
        private String status = "";
        private String message = "";

        private Row(@Nullable Urn parent) {
            this.parent = parent;
        }
    }
}
