package dev.slipway.provider.aws;

import org.jspecify.annotations.Nullable;

/**
 * How many instances a service has. What is not set is App Runner's choice: 1, 25, 100.
 *
 * @param minSize instances that are kept ready, 1 to 25
 * @param maxSize most instances, at least {@code minSize}
 * @param maxConcurrency requests at a time on one instance before another is added, 1 to 200
 */
record Scaling(
        @Nullable Integer minSize,
        @Nullable Integer maxSize,
        @Nullable Integer maxConcurrency) {
    static final int DEFAULT_MIN = 1;
    static final int DEFAULT_MAX = 25;
    static final int DEFAULT_CONCURRENCY = 100;

    /** The same with App Runner's choice for what is not set. */
    Scaling complete() {
        return new Scaling(
                minSize == null ? Integer.valueOf(DEFAULT_MIN) : minSize,
                maxSize == null ? Integer.valueOf(DEFAULT_MAX) : maxSize,
                maxConcurrency == null ? Integer.valueOf(DEFAULT_CONCURRENCY) : maxConcurrency);
    }
}
