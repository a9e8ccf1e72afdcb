package dev.slipway.provider.aws;

import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;

/**
 * What the provider is given by whoever starts it.
 *
 * @param endpoints the worlds that {@code slipway:endpoint} may name; the name {@code aws} always means AWS's own endpoints
 * @param defaultEndpoint the name, or a URL, that is used when the configuration has no endpoint; {@code aws} or a key of {@code endpoints}
 * @param clock for time limits
 * @param pause for waiting
 * @param environmentVariables the process's environment: {@code AWS_REGION}, {@code AWS_ACCESS_KEY_ID} and so on are read from here
 */
public record ProviderEnvironment(
        Map<String, NamedEndpoint> endpoints,
        String defaultEndpoint,
        InstantSource clock,
        Pause pause,
        Map<String, String> environmentVariables) {
    /** The endpoint name that stands for AWS itself. */
    public static final String AWS = "aws";

    public ProviderEnvironment {
        endpoints = Map.copyOf(endpoints);
        environmentVariables = Map.copyOf(environmentVariables);
        Objects.requireNonNull(defaultEndpoint, "defaultEndpoint is null");
        Objects.requireNonNull(clock, "clock is null");
        Objects.requireNonNull(pause, "pause is null");
    }
}
