package dev.slipway.provider.aws;

import dev.slipway.provider.Default;
import org.jspecify.annotations.Nullable;

/** The provider's configuration keys, as they are written after {@code slipway:}. */
record ConfigInputs(
        @Default(environment = {ConfigInputs.REGION_VARIABLE, ConfigInputs.OTHER_REGION_VARIABLE}) @Nullable
        String region,

        @Nullable String endpoint,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @Nullable String sessionToken,
        @Nullable String profile,
        @Nullable String assumeRoleArn,
        @Nullable String assumeRoleExternalId) {
    static final String REGION_VARIABLE = "AWS_REGION";
    static final String OTHER_REGION_VARIABLE = "AWS_DEFAULT_REGION";
}
