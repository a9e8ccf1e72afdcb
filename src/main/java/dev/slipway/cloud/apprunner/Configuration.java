package dev.slipway.cloud.apprunner;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a service is wanted, complete and normalised: every default is filled in. Stored.
 *
 * @param vpcConnectorArn absent: egress is {@code DEFAULT}
 * @param privateIngress reached through VPC ingress connections only
 * @param observabilityArn absent: observability is off
 */
record Configuration(
        Source source,
        Size size,
        HealthCheck healthCheck,
        String autoScalingArn,
        String ipAddressType,
        @Nullable String vpcConnectorArn,
        boolean privateIngress,
        @Nullable String observabilityArn) {

    /**
     * @param repositoryType {@code ECR} or {@code ECR_PUBLIC}
     * @param variables environment variables; their values are secret to logs and messages
     * @param secrets environment variables whose values are read when a version is deployed: what each of them names
     */
    record Source(
            String image,
            String repositoryType,
            int port,
            @Nullable String startCommand,
            Map<String, String> variables,
            Map<String, String> secrets,
            @Nullable String accessRoleArn,
            boolean autoDeployments) {
        Source {
            variables = Collections.unmodifiableMap(new TreeMap<>(variables));
            // Records of before there were secrets have none.
            secrets = secrets == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(secrets));
        }

        @Override
        public String toString() {
            return "Source[" + image + "]";
        }
    }

    /**
     * @param cpu 1024 is one virtual CPU
     * @param memory in megabytes
     */
    record Size(int cpu, int memory, @Nullable String instanceRoleArn) {}

    /**
     * @param protocol {@code TCP} or {@code HTTP}
     * @param interval in seconds, as is {@code timeout}
     */
    record HealthCheck(
            String protocol, String path, int interval, int timeout, int healthyThreshold, int unhealthyThreshold) {
        static final HealthCheck DEFAULT = new HealthCheck("TCP", "/", 5, 2, 1, 5);

        boolean http() {
            return protocol.equals("HTTP");
        }
    }
}
