package dev.slipway.cloud.logs;

import org.jspecify.annotations.Nullable;

/** From a time on and before another, both in milliseconds since 1970; absent is open. */
record TimeWindow(@Nullable Long start, @Nullable Long end) {
    private static final int MOST_EVENTS = 10_000;

    boolean contains(LogEvent event) {
        return (start == null || event.time() >= start) && (end == null || event.time() < end);
    }

    /** The number of events that an answer may have. */
    static int limit(@Nullable Integer asked) {
        if (asked != null && (asked < 1 || asked > MOST_EVENTS)) {
            throw LogOperations.invalid("1 validation error detected: Value '" + asked
                    + "' at 'limit' failed to satisfy constraint: Member must have a value between 1 and "
                    + MOST_EVENTS);
        }
        return asked == null ? MOST_EVENTS : asked;
    }
}
