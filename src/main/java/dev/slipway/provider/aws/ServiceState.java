package dev.slipway.provider.aws;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service as App Runner has it.
 *
 * @param url where it answers, with scheme; null for a private service
 * @param status App Runner's word: {@code RUNNING}, {@code CREATE_FAILED} and so on
 */
record ServiceState(
        @Nullable String serviceName,
        @Nullable String image,
        @Nullable String accessRoleArn,
        @Nullable Integer port,
        @Nullable String startCommand,
        @Nullable Map<String, String> environment,
        @Nullable String cpu,
        @Nullable String memory,
        @Nullable String instanceRoleArn,
        @Nullable HealthCheck healthCheck,
        @Nullable Scaling scaling,
        @Nullable Boolean autoDeploy,
        @Nullable Map<String, String> tags,
        @Nullable String serviceId,
        @Nullable String arn,
        @Nullable String url,
        @Nullable String status) {}
