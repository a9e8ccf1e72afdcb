package dev.slipway.provider.aws;

import org.jspecify.annotations.Nullable;

/** The provider's configuration keys, as they are written after {@code slipway:}. */
record ConfigInputs(
        @Nullable String region,
        @Nullable String endpoint,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @Nullable String sessionToken,
        @Nullable String profile,
        @Nullable String assumeRoleArn,
        @Nullable String assumeRoleExternalId) {}
