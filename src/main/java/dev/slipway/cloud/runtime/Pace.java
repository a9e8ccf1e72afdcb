package dev.slipway.cloud.runtime;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * How much of one instance's output is taken in a second, so that one that writes without end does not take the processors from all others. What
 * comes faster waits in the pipe, and the instance with it.
 */
final class Pace {
    /** More than a person or a sound program wants; little work for one processor. */
    static final long MOST_A_SECOND = 8L << 20;

    /** What handling a line costs besides its bytes, in bytes. */
    static final int LINE = 256;

    private static final long SECOND = 1_000_000_000L;

    private final LongSupplier nanoTime;
    private final LongConsumer park;
    private long start;
    private long taken;

    /** @param park waits for so many nanoseconds, or less */
    Pace(LongSupplier nanoTime, LongConsumer park) {
        this.nanoTime = nanoTime;
        this.park = park;
        this.start = nanoTime.getAsLong();
    }

    static Pace real() {
        return new Pace(System::nanoTime, LockSupport::parkNanos);
    }

    /** Tells of a line; returns when the next one may be taken. */
    void took(int bytes) {
        taken += bytes + LINE;
        if (taken < MOST_A_SECOND) {
            return;
        }
        long end = start + SECOND;
        for (long now = nanoTime.getAsLong(); now - end < 0; now = nanoTime.getAsLong()) {
            park.accept(end - now);
        }
        start = nanoTime.getAsLong();
        taken = 0;
    }
}
