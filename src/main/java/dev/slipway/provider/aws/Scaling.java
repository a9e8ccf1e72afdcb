package dev.slipway.provider.aws;

import dev.slipway.provider.Default;
import org.jspecify.annotations.Nullable;

/**
 * How many instances a service has, in a configuration that Slipway makes.
 *
 * @param minSize instances that are kept ready, 1 to 25
 * @param maxSize most instances, at least {@code minSize}
 * @param maxConcurrency requests at a time on one instance before another is added, 1 to 200
 */
record Scaling(
        @Default("" + Scaling.DEFAULT_MIN) @Nullable Integer minSize,

        @Default("" + Scaling.DEFAULT_MAX) @Nullable Integer maxSize,

        @Default("" + Scaling.DEFAULT_CONCURRENCY) @Nullable Integer maxConcurrency) {
    static final int DEFAULT_MIN = 1;
    static final int DEFAULT_MAX = 25;
    static final int DEFAULT_CONCURRENCY = 100;

    /** The same with the defaults for what is not known. */
    Scaling complete() {
        return new Scaling(
                minSize == null ? Integer.valueOf(DEFAULT_MIN) : minSize,
                maxSize == null ? Integer.valueOf(DEFAULT_MAX) : maxSize,
                maxConcurrency == null ? Integer.valueOf(DEFAULT_CONCURRENCY) : maxConcurrency);
    }
}
