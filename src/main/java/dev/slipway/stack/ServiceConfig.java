package dev.slipway.stack;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the configuration says of the service itself. Values that only the cloud can judge (the cpu and memory pair, ranges) are passed on
 * as they are: the provider checks them before anything is touched.
 */
record ServiceConfig(
        Optional<ConfigValue<String>> name,
        Optional<ConfigValue<Integer>> port,
        Optional<ConfigValue<String>> startCommand,
        ConfigValue<Map<String, String>> environment,
        ConfigValue<Map<String, String>> environmentSecrets,
        Optional<ConfigValue<String>> accessRoleArn,
        Optional<ConfigValue<String>> instanceRoleArn,
        Optional<ConfigValue<String>> cpu,
        Optional<ConfigValue<String>> memory,
        Optional<HealthCheck> healthCheck,
        Optional<Scaling> scaling,
        Optional<ConfigValue<String>> autoScalingConfigurationArn,
        Optional<Network> network,
        Optional<Observability> observability,
        Optional<ConfigValue<String>> kmsKey,
        Optional<ConfigValue<Boolean>> autoDeploy,
        Optional<ConfigValue<Boolean>> paused,
        ConfigValue<Map<String, String>> redeployOn,
        Optional<ConfigValue<Boolean>> redeployMovedTag,
        ConfigValue<Map<String, String>> tags) {

    record HealthCheck(
            Optional<ConfigValue<String>> protocol,
            Optional<ConfigValue<String>> path,
            Optional<ConfigValue<Integer>> interval,
            Optional<ConfigValue<Integer>> timeout,
            Optional<ConfigValue<Integer>> healthyThreshold,
            Optional<ConfigValue<Integer>> unhealthyThreshold) {
        static final List<String> KEYS =
                List.of("protocol", "path", "interval", "timeout", "healthyThreshold", "unhealthyThreshold");

        static HealthCheck read(ConfigObject config) {
            return new HealthCheck(
                    config.text("protocol"),
                    config.text("path"),
                    config.number("interval"),
                    config.number("timeout"),
                    config.number("healthyThreshold"),
                    config.number("unhealthyThreshold"));
        }
    }

    record Scaling(
            Optional<ConfigValue<Integer>> minSize,
            Optional<ConfigValue<Integer>> maxSize,
            Optional<ConfigValue<Integer>> maxConcurrency) {
        static final List<String> KEYS = List.of("minSize", "maxSize", "maxConcurrency");

        static Scaling read(ConfigObject config) {
            return new Scaling(config.number("minSize"), config.number("maxSize"), config.number("maxConcurrency"));
        }
    }

    record Network(
            Optional<ConfigValue<String>> egressType,
            Optional<ConfigValue<String>> vpcConnectorArn,
            Optional<ConfigValue<Boolean>> isPubliclyAccessible,
            Optional<ConfigValue<String>> ipAddressType) {
        static final List<String> KEYS =
                List.of("egressType", "vpcConnectorArn", "isPubliclyAccessible", "ipAddressType");

        static Network read(ConfigObject config) {
            return new Network(
                    config.text("egressType"),
                    config.text("vpcConnectorArn"),
                    config.truth("isPubliclyAccessible"),
                    config.text("ipAddressType"));
        }
    }

    record Observability(Optional<ConfigValue<Boolean>> enabled, Optional<ConfigValue<String>> configurationArn) {
        static final List<String> KEYS = List.of("enabled", "configurationArn");

        static Observability read(ConfigObject config) {
            return new Observability(config.truth("enabled"), config.text("configurationArn"));
        }
    }

    /** Reads every key and notes in {@code config} what is wrong, each under its path; a value that is wrong counts as not given. */
    static ServiceConfig read(ConfigObject config) {
        return new ServiceConfig(
                config.text("name"),
                config.number("port"),
                config.text("startCommand"),
                config.texts("environment"),
                config.texts("environmentSecrets"),
                config.text("accessRoleArn"),
                config.text("instanceRoleArn"),
                config.text("cpu"),
                config.text("memory"),
                config.object("healthCheck", HealthCheck.KEYS).map(HealthCheck::read),
                config.object("scaling", Scaling.KEYS).map(Scaling::read),
                config.text("autoScalingConfigurationArn"),
                config.object("network", Network.KEYS).map(Network::read),
                config.object("observability", Observability.KEYS).map(Observability::read),
                config.text("kmsKey"),
                config.truth("autoDeploy"),
                config.truth("paused"),
                config.texts("redeployOn"),
                config.truth("redeployMovedTag"),
                config.texts("tags"));
    }
}
