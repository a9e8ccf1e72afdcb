package dev.slipway.cli;

import dev.slipway.cli.display.Display;
import dev.slipway.engine.EngineEvent;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Where a command shows what its engine does, and where other messages, from any thread, find a place beside it. */
final class Screen {
    private final PrintStream err;
    private @Nullable Display display;

    Screen(PrintStream err) {
        this.err = err;
    }

    /** From now on events are shown by {@code next}. */
    synchronized void show(Display next) {
        display = next;
    }

    synchronized void event(EngineEvent event) {
        if (display != null) {
            display.accept(event);
        }
    }

    synchronized void say(String message) {
        if (display == null) {
            err.println(message);
        } else {
            display.say(err, message);
        }
    }
}
