package dev.slipway.provider.aws;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which world, and who asks.
 *
 * @param endpoint the world's address; empty for AWS's own endpoints
 * @param region where services are made
 * @param accessKey null to search for credentials as the SDK does
 * @param secretKey set when {@code accessKey} is
 * @param profile a profile of the shared AWS files; null for none
 * @param assumeRoleArn the role that those credentials assume for every call; null for none
 * @param assumeRoleExternalId what the role's trust policy may ask for ({@code sts:ExternalId})
 */
record AwsSettings(
        Optional<NamedEndpoint> endpoint,
        String region,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @Nullable String sessionToken,
        @Nullable String profile,
        @Nullable String assumeRoleArn,
        @Nullable String assumeRoleExternalId) {
    /** The scheme of the URLs of services: App Runner answers them without one. */
    String urlScheme() {
        return endpoint.map(NamedEndpoint::serviceScheme).orElse("https");
    }

    /** Where calls go, for a message. */
    String where() {
        return endpoint.map(named -> "the endpoint "
                        + named.place()
                                .now()
                                .map(location -> location.uri().toString())
                                .orElse("that is not started yet"))
                .orElse("AWS (" + region + ")");
    }

    @Override
    public String toString() {
        return "AwsSettings[" + where() + ", " + region + "]";
    }
}
