package dev.slipway.cli;

import java.io.PrintStream;
import java.util.function.IntConsumer;

/**
 * Tells that a program ended this process while the engine still ran: one in this JVM that calls {@code System.exit} would otherwise end
 * everything without a word, and with a code that says success.
 */
final class EarlyExit implements AutoCloseable {
    private final PrintStream err;
    private final IntConsumer halt;
    private final Thread hook = new Thread(this::happened, "early exit");

    /** @param halt ends the process with an exit code, at once */
    EarlyExit(PrintStream err, IntConsumer halt) {
        this.err = err;
        this.halt = halt;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void happened() {
        err.println(
                "The program ended this process (System.exit) before it had reached its end, so the run is over too. Let it return"
                        + " instead, or throw an exception to fail. The next run asks what became of what was in flight.");
        err.flush();
        halt.accept(Failure.CODE);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook has told why.
        }
    }
}
