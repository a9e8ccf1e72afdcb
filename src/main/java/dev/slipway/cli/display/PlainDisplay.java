package dev.slipway.cli.display;

import dev.slipway.engine.Diagnostic;
import dev.slipway.engine.EngineEvent;
import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.Op;
import dev.slipway.property.Urn;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One line for everything that happens, in the order it happens: for pipes, logs and continuous integration. */
final class PlainDisplay implements Display {
    private final PrintStream out;
    private final Phrases phrases;
    private final Look look;
    private final boolean colour;
    private final Told told = new Told();
    private final Map<Urn, String> progress = new HashMap<>();

    PlainDisplay(Terminal terminal, Look look) {
        this.out = terminal.out();
        this.colour = terminal.colour();
        this.phrases = new Phrases(colour);
        this.look = look;
        out.println(Style.STRONG.paint(look.title(), colour));
    }

    @Override
    public void accept(EngineEvent event) {
        if (event instanceof EngineEvent.StepStarted started) {
            started(started.step());
        } else if (event instanceof EngineEvent.StepProgress said) {
            if (!said.message().equals(progress.put(said.urn(), said.message()))) {
                out.println("       " + said.urn().type() + " " + said.urn().name() + ": " + said.message());
            }
        } else if (event instanceof EngineEvent.StepDone done
                && !look.preview()
                && done.step().op() != Op.SAME) {
            line(done.step(), phrases.done(done.step().op()) + " (" + Phrases.duration(done.took()) + ")");
        } else if (event instanceof EngineEvent.StepFailed failed) {
            line(failed.step(), Style.ERROR.paint("failed", colour) + " (" + Phrases.duration(failed.took()) + ")");
        } else if (event instanceof EngineEvent.Told said) {
            told.add(said);
        } else if (event instanceof EngineEvent.Finished finished) {
            finish(finished);
        }
    }

    private void started(StepInfo step) {
        if (step.op() == Op.SAME) {
            return;
        }
        line(step, look.preview() ? phrases.plan(step.op()) : phrases.running(step.op()) + "...");
        if (look.preview() || look.differences()) {
            phrases.differences(step).forEach(difference -> out.println("         " + difference));
        }
    }

    private void line(StepInfo step, String what) {
        out.printf(" %2s  %s %s %s%n", phrases.sign(step.op()), step.type(), step.name(), what);
    }

    private void finish(EngineEvent.Finished finished) {
        List<Diagnostic> diagnostics = told.diagnostics();
        if (!diagnostics.isEmpty()) {
            out.println();
            out.println(Style.STRONG.paint("Diagnostics:", colour));
            diagnostics.forEach(diagnostic -> Display.lines(diagnostic, colour).forEach(out::println));
        }
        out.println();
        phrases.summary(finished.result(), look.preview(), true).forEach(out::println);
        out.println();
    }
}
