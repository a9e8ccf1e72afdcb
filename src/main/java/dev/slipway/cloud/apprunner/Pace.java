package dev.slipway.cloud.apprunner;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that never goes back, though the cloud's does when somebody sets it right again: what is due in a second must not be due in
 * hours then. Thread-safe.
 */
final class Pace implements InstantSource {
    private final InstantSource clock;
    private Instant last = Instant.MIN;
    private Duration ahead = Duration.ZERO;

    Pace(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Instant instant() {
        Instant now = clock.instant().plus(ahead);
        if (now.isBefore(last)) {
            ahead = ahead.plus(Duration.between(now, last));
            now = last;
        }
        last = now;
        return now;
    }
}
