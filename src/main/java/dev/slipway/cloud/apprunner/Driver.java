package dev.slipway.cloud.apprunner;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Calls for a round regularly, often while something is going on, and at once when woken. */
final class Driver {
    private static final Duration BUSY = Duration.ofMillis(5);
    private static final Duration QUIET = Duration.ofMillis(250);

    private final Runnable round;
    private final BooleanSupplier busy;
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile @Nullable ScheduledExecutorService scheduler;

    Driver(Runnable round, BooleanSupplier busy) {
        this.round = round;
        this.busy = busy;
    }

    void start(ScheduledExecutorService executor) {
        scheduler = executor;
        schedule(executor, this::regularly, Duration.ZERO);
    }

    private void regularly() {
        ScheduledExecutorService executor = scheduler;
        if (executor == null) {
            return;
        }
        wake();
        schedule(executor, this::regularly, QUIET);
    }

    /** Has a round soon, and rounds in quick succession for as long as something is going on. */
    void wake() {
        soon(Duration.ZERO);
    }

    private void soon(Duration delay) {
        ScheduledExecutorService executor = scheduler;
        if (executor != null && !woken.getAndSet(true)) {
            schedule(executor, this::roundWhileBusy, delay);
        }
    }

    private void roundWhileBusy() {
        woken.set(false);
        if (scheduler != null) {
            round.run();
            if (busy.getAsBoolean()) {
                soon(BUSY);
            }
        }
    }

    private static void schedule(ScheduledExecutorService executor, Runnable task, Duration delay) {
        try {
            executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ended) {
            // The process is shutting down; there is nothing left to drive.
        }
    }

    void close() {
        scheduler = null;
    }
}
