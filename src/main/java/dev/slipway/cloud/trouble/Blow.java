package dev.slipway.cloud.trouble;

import dev.slipway.cloud.http.HttpExchange;
import java.time.Duration;
import java.util.Optional;

/**
 * What strikes one call.
 *
 * @param delay how late the answer is; zero when it is not
 * @param outcome {@code THROTTLE}, {@code ERROR}, {@code CLOSED_ACCOUNT} or {@code LOST}; empty when the answer is the true one
 */
public record Blow(Duration delay, Optional<Kind> outcome) {
    /** Nothing goes wrong. */
    public static final Blow NONE = new Blow(Duration.ZERO, Optional.empty());

    /** Whether nothing goes wrong. */
    public boolean isNone() {
        return delay.isZero() && outcome.isEmpty();
    }

    /** The exchange as it is after this blow: its answer comes late or not at all, when that is what strikes. */
    public HttpExchange upon(HttpExchange exchange, Pause pause) {
        return isNone() ? exchange : new StruckExchange(exchange, this, pause);
    }
}
