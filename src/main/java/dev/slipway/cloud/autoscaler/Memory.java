package dev.slipway.cloud.autoscaler;

import java.time.Instant;

/** What one decision leaves for the next: the load of the last minute, and whether a burst is being answered. */
public final class Memory {
    private final Window window;
    private final Pace.Panic panic;

    Memory(Window window, Pace.Panic panic) {
        this.window = window;
        this.panic = panic;
    }

    /**
     * The memory of a service that starts with {@code instances}; with more than one it does not shrink before it has seen its load
     * for a whole window.
     */
    public static Memory starting(Instant now, int instances) {
        return new Memory(Window.EMPTY, instances > 1 ? new Pace.Panic(now, instances) : Pace.Panic.NONE);
    }

    Window window() {
        return window;
    }

    Pace.Panic panic() {
        return panic;
    }

    /** Whether a burst is being answered: the short window decides, and the service does not shrink. */
    public boolean panicking() {
        return panic.since() != null;
    }
}
