package dev.slipway.cloud.balancer;

import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One moment after which something is done, moved with every request: a move to a later moment costs no timer. Belongs to one event loop. */
final class Deadline implements Runnable {
    private static final long NEVER = Long.MAX_VALUE;

    private final Round round;
    private final Runnable expired;
    private final long origin;
    private long due = NEVER;
    private long timerAt = NEVER;
    private @Nullable Future<?> timer;

    Deadline(Round round, Runnable expired) {
        this.round = round;
        this.expired = expired;
        this.origin = round.nanoTime();
    }

    void set(Duration fromNow) {
        due = now() + fromNow.toNanos();
        if (due < timerAt) {
            if (timer != null) {
                timer.cancel(false);
            }
            schedule(fromNow.toNanos());
        }
    }

    void clear() {
        due = NEVER;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
            timerAt = NEVER;
        }
    }

    @Override
    public void run() {
        timer = null;
        timerAt = NEVER;
        if (due == NEVER) {
            return;
        }
        long left = due - now();
        if (left > 0) {
            schedule(left);
        } else {
            due = NEVER;
            expired.run();
        }
    }

    private void schedule(long nanos) {
        timerAt = now() + nanos;
        timer = round.loop().schedule(this, nanos, TimeUnit.NANOSECONDS);
    }

    private long now() {
        return round.nanoTime() - origin;
    }
}
