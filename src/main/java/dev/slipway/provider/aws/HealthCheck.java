package dev.slipway.provider.aws;

import org.jspecify.annotations.Nullable;

/**
 * How App Runner finds out that an instance is well. What is not set is App Runner's choice: TCP, {@code /}, 5 s, 2 s, 1, 5.
 *
 * @param path for HTTP only; begins with a slash
 * @param interval seconds between two checks, 1 to 20
 * @param timeout seconds for one check, 1 to 20
 * @param healthyThreshold successes in a row that make an instance healthy, 1 to 20
 * @param unhealthyThreshold failures in a row that make it unhealthy, 1 to 20
 */
record HealthCheck(
        @Nullable Protocol protocol,
        @Nullable String path,
        @Nullable Integer interval,
        @Nullable Integer timeout,
        @Nullable Integer healthyThreshold,
        @Nullable Integer unhealthyThreshold) {
    enum Protocol {
        TCP,
        HTTP
    }
}
