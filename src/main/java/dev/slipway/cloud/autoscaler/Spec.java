package dev.slipway.cloud.autoscaler;

/**
 * The bounds of a service, as its auto scaling configuration gives them.
 *
 * @param maxConcurrency most requests that one instance works on at a time, at least 1
 * @param minSize fewest instances, at least 1
 * @param maxSize most instances, at least {@code minSize}
 */
public record Spec(int maxConcurrency, int minSize, int maxSize) {
    private static final double UTILIZATION = 0.7;

    public Spec {
        if (maxConcurrency < 1 || minSize < 1 || maxSize < minSize) {
            throw new IllegalArgumentException(
                    "expected maxConcurrency >= 1 and 1 <= minSize <= maxSize, got maxConcurrency " + maxConcurrency
                            + ", minSize " + minSize + ", maxSize " + maxSize);
        }
    }

    /** The concurrency per instance to aim at: some room is left, so that new requests need not wait for a start. */
    double target() {
        return Math.max(1, UTILIZATION * maxConcurrency);
    }

    /** The number within the bounds that is the nearest. */
    public int clamp(int instances) {
        return Math.min(Math.max(instances, minSize), maxSize);
    }
}
