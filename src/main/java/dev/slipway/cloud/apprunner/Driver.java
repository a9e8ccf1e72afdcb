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
    private static final Duration BUSY = Duration.ofMillis(20);
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
        regularly();
    }

    private void regularly() {
        ScheduledExecutorService executor = scheduler;
        if (executor == null) {
            return;
        }
        round.run();
        schedule(executor, this::regularly, busy.getAsBoolean() ? BUSY : QUIET);
    }

    void wake() {
        ScheduledExecutorService executor = scheduler;
        if (executor != null && !woken.getAndSet(true)) {
            schedule(executor, this::roundOnce, Duration.ZERO);
        }
    }

    private void roundOnce() {
        woken.set(false);
        if (scheduler != null) {
            round.run();
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
