package dev.slipway.provider.aws;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service as App Runner has it.
 *
 * @param paused null while an operation is under way
 * @param redeployOn what the last deployment was made on; App Runner doesn't know it
 * @param deployedDigest what the image's name stood for when Slipway last deployed it; null where the registry did not tell
 * @param url where it answers, with scheme; null for a private service that nothing leads to yet
 * @param status App Runner's word: {@code RUNNING}, {@code CREATE_FAILED} and so on
 */
record ServiceState(
        @Nullable String serviceName,
        @Nullable String image,
        @Nullable String accessRoleArn,
        @Nullable Integer port,
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
        @Nullable String kmsKey,
        @Nullable Boolean autoDeploy,
        @Nullable Boolean paused,
        @Nullable Map<String, String> redeployOn,
        @Nullable Boolean redeployMovedTag,
        @Nullable Map<String, String> tags,
        @Nullable String deployedDigest,
        @Nullable String serviceId,
        @Nullable String arn,
        @Nullable String url,
        @Nullable String status) {}
