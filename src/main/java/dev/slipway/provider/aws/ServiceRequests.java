package dev.slipway.provider.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.CreateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.EgressConfiguration;
import software.amazon.awssdk.services.apprunner.model.EgressType;
import software.amazon.awssdk.services.apprunner.model.EncryptionConfiguration;
import software.amazon.awssdk.services.apprunner.model.HealthCheckConfiguration;
import software.amazon.awssdk.services.apprunner.model.IngressConfiguration;
import software.amazon.awssdk.services.apprunner.model.InstanceConfiguration;
import software.amazon.awssdk.services.apprunner.model.NetworkConfiguration;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.ServiceObservabilityConfiguration;
import software.amazon.awssdk.services.apprunner.model.SourceConfiguration;
import software.amazon.awssdk.services.apprunner.model.Tag;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;

/** What App Runner is asked for. A group of settings that is sent is sent whole, so that it does not matter how App Runner merges. */
final class ServiceRequests {
    private ServiceRequests() {}

    static CreateServiceRequest create(ServiceInputs inputs, @Nullable String scalingArn, Map<String, String> tags) {
        return CreateServiceRequest.builder()
                .serviceName(inputs.serviceName())
                .sourceConfiguration(SourceRequests.wanted(
                        inputs, null, SourceConfiguration.builder().build()))
                .instanceConfiguration(instance(inputs, null))
                .healthCheckConfiguration(health(inputs, null))
                .autoScalingConfigurationArn(scalingArn)
                .networkConfiguration(network(inputs, null))
                .observabilityConfiguration(observability(inputs, null))
                .encryptionConfiguration(encryption(inputs))
                .tags(tags(tags))
                .build();
    }

    /**
     * @param actual the service as it is now
     * @param olds the inputs of the last run: a map that was set then and is not now is cleared
     * @param scalingArn the auto scaling configuration that the service shall have; null to leave it
     * @param rebuild send the source even when it is the same: what a failed creation needs
     * @return empty when nothing differs: App Runner refuses an empty update
     */
    static Optional<UpdateServiceRequest> update(
            Service actual, ServiceInputs olds, ServiceInputs inputs, @Nullable String scalingArn, boolean rebuild) {
        var changes = new Changes(actual);
        SourceConfiguration source = SourceRequests.wanted(inputs, olds, actual.sourceConfiguration());
        if (rebuild || !SourceRequests.same(source, actual.sourceConfiguration())) {
            changes.request.sourceConfiguration(source);
            changes.any = true;
        }
        changes.ifOther(
                instance(inputs, actual.instanceConfiguration()),
                actual.instanceConfiguration(),
                changes.request::instanceConfiguration);
        changes.ifOther(
                health(inputs, actual.healthCheckConfiguration()),
                actual.healthCheckConfiguration(),
                changes.request::healthCheckConfiguration);
        changes.ifOther(
                network(inputs, actual.networkConfiguration()),
                actual.networkConfiguration(),
                changes.request::networkConfiguration);
        changes.ifOther(
                observability(inputs, actual.observabilityConfiguration()),
                actual.observabilityConfiguration(),
                changes.request::observabilityConfiguration);
        String scaling = actual.autoScalingConfigurationSummary() == null
                ? null
                : actual.autoScalingConfigurationSummary().autoScalingConfigurationArn();
        changes.ifOther(
                ConfigurationArn.names(scalingArn, scaling) ? null : scalingArn,
                scaling,
                changes.request::autoScalingConfigurationArn);
        return changes.any ? Optional.of(changes.request.build()) : Optional.empty();
    }

    /** An update request that grows by what differs. */
    private static final class Changes {
        private final UpdateServiceRequest.Builder request;
        private boolean any;

        Changes(Service actual) {
            this.request = UpdateServiceRequest.builder().serviceArn(actual.serviceArn());
        }

        <T> void ifOther(@Nullable T wanted, @Nullable T actual, Consumer<T> send) {
            if (wanted != null && !wanted.equals(actual)) {
                send.accept(wanted);
                any = true;
            }
        }
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /** Null when there is nothing to say. */
    private static @Nullable InstanceConfiguration instance(
            ServiceInputs inputs, @Nullable InstanceConfiguration actual) {
        if (inputs.cpu() == null && inputs.memory() == null && inputs.instanceRoleArn() == null) {
            return actual;
        }
        InstanceConfiguration.Builder instance = actual == null ? InstanceConfiguration.builder() : actual.toBuilder();
        if (inputs.cpu() != null) {
            instance.cpu(inputs.cpu());
        }
        if (inputs.memory() != null) {
            instance.memory(inputs.memory());
        }
        if (inputs.instanceRoleArn() != null) {
            instance.instanceRoleArn(inputs.instanceRoleArn());
        }
        return instance.build();
    }

    /** Null when there is nothing to say. */
    private static @Nullable HealthCheckConfiguration health(
            ServiceInputs inputs, @Nullable HealthCheckConfiguration actual) {
        HealthCheck wanted = inputs.healthCheck();
        if (wanted == null) {
            return actual;
        }
        HealthCheckConfiguration.Builder health =
                actual == null ? HealthCheckConfiguration.builder() : actual.toBuilder();
        Optional.ofNullable(wanted.protocol()).map(Enum::name).ifPresent(health::protocol);
        Optional.ofNullable(wanted.path()).ifPresent(health::path);
        Optional.ofNullable(wanted.interval()).ifPresent(health::interval);
        Optional.ofNullable(wanted.timeout()).ifPresent(health::timeout);
        Optional.ofNullable(wanted.healthyThreshold()).ifPresent(health::healthyThreshold);
        Optional.ofNullable(wanted.unhealthyThreshold()).ifPresent(health::unhealthyThreshold);
        return health.build();
    }

    /** Null when there is nothing to say. */
    private static @Nullable NetworkConfiguration network(ServiceInputs inputs, @Nullable NetworkConfiguration actual) {
        Network wanted = inputs.network();
        if (wanted == null) {
            return actual;
        }
        NetworkConfiguration.Builder network = actual == null ? NetworkConfiguration.builder() : actual.toBuilder();
        if (wanted.egressType() == Network.Egress.DEFAULT) {
            network.egressConfiguration(
                    EgressConfiguration.builder().egressType(EgressType.DEFAULT).build());
        } else if (wanted.vpcConnectorArn() != null) {
            network.egressConfiguration(EgressConfiguration.builder()
                    .egressType(EgressType.VPC)
                    .vpcConnectorArn(wanted.vpcConnectorArn())
                    .build());
        }
        if (wanted.isPubliclyAccessible() != null) {
            network.ingressConfiguration(IngressConfiguration.builder()
                    .isPubliclyAccessible(wanted.isPubliclyAccessible())
                    .build());
        }
        Optional.ofNullable(wanted.ipAddressType()).map(Enum::name).ifPresent(network::ipAddressType);
        return network.build();
    }

    /** Null when there is nothing to say. */
    private static @Nullable ServiceObservabilityConfiguration observability(
            ServiceInputs inputs, @Nullable ServiceObservabilityConfiguration actual) {
        Observability wanted = inputs.observability();
        if (wanted == null) {
            return actual;
        }
        String arn = actual == null
                ? wanted.configurationArn()
                : ConfigurationArn.names(wanted.configurationArn(), actual.observabilityConfigurationArn())
                                || wanted.configurationArn() == null
                        ? actual.observabilityConfigurationArn()
                        : wanted.configurationArn();
        return ServiceObservabilityConfiguration.builder()
                .observabilityEnabled(wanted.on())
                .observabilityConfigurationArn(wanted.on() ? arn : null)
                .build();
    }

    private static @Nullable EncryptionConfiguration encryption(ServiceInputs inputs) {
        return inputs.kmsKey() == null
                ? null
                : EncryptionConfiguration.builder().kmsKey(inputs.kmsKey()).build();
    }
}
