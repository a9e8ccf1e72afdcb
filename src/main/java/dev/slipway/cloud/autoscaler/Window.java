package dev.slipway.cloud.autoscaler;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The load of each of the last seconds; a second without a value counts as idle. Immutable. */
final class Window {
    static final Window EMPTY = new Window(new TreeMap<>(), 0);

    private static final double PRECISION = 1e6;

    private final NavigableMap<Long, Double> seconds;
    private final long first;

    private Window(NavigableMap<Long, Double> seconds, long first) {
        this.seconds = Collections.unmodifiableNavigableMap(seconds);
        this.first = first;
    }

    /** Adds load to a second; one that is {@code length} or more seconds older than the newest is ignored. */
    Window with(long second, double value, int length) {
        boolean afterGap = seconds.isEmpty() || second - seconds.lastKey() >= length;
        if (afterGap) {
            return new Window(new TreeMap<>(Collections.singletonMap(second, value)), second);
        }
        long newest = Math.max(second, seconds.lastKey());
        if (second <= newest - length) {
            return this;
        }
        var changed = new TreeMap<>(seconds.tailMap(newest - length, false));
        changed.merge(second, value, Double::sum);
        return new Window(changed, Math.min(first, second));
    }

    /** The mean of the last {@code length} seconds before {@code now}, or of as many as there have been since the first value. */
    double average(long now, int length) {
        if (seconds.isEmpty() || now - seconds.lastKey() >= length) {
            return 0;
        }
        long last = seconds.lastKey();
        long end = Math.max(now, last);
        double total = seconds.tailMap(end - length, false).values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        long counted = Math.min(last - first + 1, length - (end - last));
        return Math.round(total / counted * PRECISION) / PRECISION;
    }
}
