package dev.slipway.provider.aws;

import org.jspecify.annotations.Nullable;

/**
 * Tracing of a service.
 *
 * @param enabled whether requests are traced; when absent: whether there is a configuration
 * @param configurationArn what to trace with; may end after its name or its revision
 */
record Observability(@Nullable Boolean enabled, @Nullable String configurationArn) {
    boolean on() {
        return enabled == null ? configurationArn != null : enabled;
    }
}
