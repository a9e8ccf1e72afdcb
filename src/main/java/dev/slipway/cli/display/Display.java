package dev.slipway.cli.display;

import dev.slipway.engine.Diagnostic;
import dev.slipway.engine.EngineEvent;
import dev.slipway.engine.EventSink;
import java.io.PrintStream;
import java.util.List;

/** Shows one run of the engine. */
public interface Display extends EventSink {
    /** The display that suits a terminal: a live tree where it can be redrawn, plain lines elsewhere, or JSON when asked for. */
    static Display of(Terminal terminal, Look look) {
        if (look.json()) {
            return new JsonDisplay(terminal, look);
        }
        return terminal.interactive() && terminal.colour()
                ? new TreeDisplay(terminal, look)
                : new PlainDisplay(terminal, look);
    }

    @Override
    void accept(EngineEvent event);

    /** Tells a person what is no event of the engine, in its place among what is shown. */
    default void say(PrintStream err, String message) {
        err.println(message);
    }

    /** How to show it. */
    record Look(String title, boolean preview, boolean json, boolean differences) {}

    /** A diagnostic as lines for a person. */
    static List<String> lines(Diagnostic diagnostic, boolean colour) {
        var lines = new java.util.ArrayList<String>();
        String severity =
                switch (diagnostic.severity()) {
                    case ERROR -> Style.ERROR.paint("error:", colour);
                    case WARNING -> Style.WARNING.paint("warning:", colour);
                    case INFO, DEBUG -> "";
                };
        diagnostic.urn().ifPresent(urn -> lines.add("  " + urn.type() + " (" + urn.name() + "):"));
        lines.add("    " + (severity.isEmpty() ? "" : severity + " ") + diagnostic.summary());
        diagnostic.detail().lines().forEach(line -> lines.add("      " + line));
        return lines;
    }
}
