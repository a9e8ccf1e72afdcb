package dev.slipway.engine;

import java.time.Duration;
import java.util.Optional;

/** Timeouts as Pulumi records them: seconds, 0 for the provider's default. */
final class Seconds {
    private static final double MILLIS = 1000;

    private Seconds() {}

    static Optional<Duration> duration(double seconds) {
        return seconds > 0 ? Optional.of(Duration.ofMillis(Math.round(seconds * MILLIS))) : Optional.empty();
    }
}
