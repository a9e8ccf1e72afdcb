package dev.slipway.cli;

import dev.slipway.engine.Cancellation;
import java.io.PrintStream;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What ^C means while the engine runs. The first one, as a request to terminate: nothing new begins, what is in flight ends and is recorded.
 * The second one: the process stops at once; what was in flight is in the stack's record as pending, and the next run asks what became of it.
 */
final class Interrupt implements AutoCloseable {
    /** What a shell makes of a process that ^C ended: 128 and the number of the signal. */
    static final int CODE = 130;

    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

    private final Cancellation cancellation;
    private final PrintStream err;
    private final IntConsumer halt;
    private final List<Signals.Handling> handlings;

    /** @param halt ends the process with an exit code, at once */
    Interrupt(Cancellation cancellation, PrintStream err, IntConsumer halt) {
        this.cancellation = cancellation;
        this.err = err;
        this.halt = halt;
        this.handlings = NAMES.stream()
                .flatMap(name -> Signals.handle(name, this::happened).stream())
                .toList();
    }

    void happened() {
        if (cancellation.cancelled()) {
            err.println("Stopped at once. The next run asks what became of what was in flight.");
            err.flush();
            halt.accept(CODE);
            return;
        }
        err.println("Cancelling: what is in flight ends and is recorded. Press ^C again to stop at once.");
        cancellation.cancel();
    }

    @Override
    public void close() {
        handlings.forEach(Signals.Handling::close);
    }
}
