package dev.slipway.provider.aws;

import dev.slipway.provider.Default;
import dev.slipway.provider.ForcesReplacement;
import dev.slipway.provider.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An App Runner service that runs an image. What is not set is App Runner's choice.
 *
 * @param serviceName 4 to 40 letters, digits, dashes or underscores; default: made from the resource's name
 * @param image an image in Amazon ECR or Amazon ECR Public
 * @param accessRoleArn the role that pulls from Amazon ECR; none for ECR Public
 * @param port where the container listens, 1 to 65535; default 8080
 * @param startCommand instead of the image's own command
 * @param environment variables of the container; its absence means none
 * @param environmentSecrets variables that App Runner reads from secrets and parameters; its absence means none
 * @param cpu {@code 256} to {@code 4096}, or {@code 0.25 vCPU} to {@code 4 vCPU}
 * @param memory megabytes {@code 512} to {@code 12288}, or {@code 0.5 GB} to {@code 12 GB}; goes with cpu in pairs
 * @param instanceRoleArn the role that the container's own calls to AWS have
 * @param scaling limits in an auto scaling configuration that Slipway makes; not together with {@code autoScalingConfigurationArn}
 * @param autoScalingConfigurationArn a configuration of someone else's; may end after its name or its revision
 * @param kmsKey ARN of the key for App Runner's copy of the image
 * @param autoDeploy whether a push to the tag deploys; default: true where App Runner can
 * @param paused whether the service shall be paused; as it is when absent
 * @param redeployOn when an entry is added or changes, the service is deployed again
 * @param redeployMovedTag whether a tag that names another image than at the last deployment is deployed again
 */
record ServiceInputs(
        @ForcesReplacement("App Runner can't rename a service") @Nullable
        String serviceName,

        @Required @Nullable String image,
        @Nullable String accessRoleArn,
        @Default("8080") @Nullable Integer port,

        @Nullable String startCommand,
        @Nullable Map<String, String> environment,
        @Nullable Map<String, String> environmentSecrets,
        @Nullable String cpu,
        @Nullable String memory,
        @Nullable String instanceRoleArn,
        @Nullable HealthCheck healthCheck,
        @Nullable Scaling scaling,
        @Nullable String autoScalingConfigurationArn,
        @Nullable Network network,
        @Nullable Observability observability,

        @ForcesReplacement("App Runner can't encrypt a service with another key") @Nullable
        String kmsKey,

        @Nullable Boolean autoDeploy,
        @Nullable Boolean paused,
        @Nullable Map<String, String> redeployOn,
        @Default("false") @Nullable Boolean redeployMovedTag,

        @Nullable Map<String, String> tags) {
    /** The same with automatic deployment or without. */
    ServiceInputs with(boolean automatic) {
        return new ServiceInputs(
                serviceName,
                image,
                accessRoleArn,
                port,
                startCommand,
                environment,
                environmentSecrets,
                cpu,
                memory,
                instanceRoleArn,
                healthCheck,
                scaling,
                autoScalingConfigurationArn,
                network,
                observability,
                kmsKey,
                automatic,
                paused,
                redeployOn,
                redeployMovedTag,
                tags);
    }
}
