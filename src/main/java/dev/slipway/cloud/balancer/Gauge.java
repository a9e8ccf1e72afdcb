package dev.slipway.cloud.balancer;

import java.time.Instant;
import java.time.InstantSource;

/** The time integral of a number of requests. Not thread-safe: its group guards it. */
final class Gauge {
    private final InstantSource clock;
    private long level;
    private double area;
    private double changed;
    private double sampled;

    Gauge(InstantSource clock) {
        this.clock = clock;
        this.changed = now();
        this.sampled = changed;
    }

    void change(long by) {
        advance();
        level += by;
    }

    /** The mean level since the last call; the level itself when no time has passed. */
    double mean() {
        advance();
        double elapsed = changed - sampled;
        double mean = elapsed > 0 ? area / elapsed : level;
        area = 0;
        sampled = changed;
        return mean;
    }

    private void advance() {
        // A clock that steps back must not give a negative integral.
        double now = Math.max(now(), changed);
        area += level * (now - changed);
        changed = now;
    }

    private double now() {
        Instant instant = clock.instant();
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }
}
