package dev.slipway.provider.aws;

import dev.slipway.protocol.ProviderException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.AutoScalingConfigurationSummary;
import software.amazon.awssdk.services.apprunner.model.EgressConfiguration;
import software.amazon.awssdk.services.apprunner.model.HealthCheckConfiguration;
import software.amazon.awssdk.services.apprunner.model.ImageConfiguration;
import software.amazon.awssdk.services.apprunner.model.ImageRepository;
import software.amazon.awssdk.services.apprunner.model.InstanceConfiguration;
import software.amazon.awssdk.services.apprunner.model.NetworkConfiguration;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.ServiceObservabilityConfiguration;
import software.amazon.awssdk.services.apprunner.model.ServiceStatus;
import software.amazon.awssdk.services.apprunner.model.SourceConfiguration;

/** What App Runner answers, as inputs and outputs. */
final class ServiceReading {
    private ServiceReading() {}

    /** Statuses are compared without case: App Runner has been seen to answer some in lower case. */
    static boolean is(Service service, ServiceStatus status) {
        return status.toString().equalsIgnoreCase(service.statusAsString());
    }

    /** The inputs that would make a service like this one. */
    static ServiceInputs inputs(ServiceView view) {
        ServiceState state = state(view);
        boolean asked = view.asked() != null;
        AutoScalingConfigurationSummary scaling = view.service().autoScalingConfigurationSummary();
        boolean ownScaling = scaling != null
                && ScalingConfigurations.nameFor(view.service().serviceName())
                        .equals(scaling.autoScalingConfigurationName());
        boolean chosenScaling = scaling != null && !ownScaling && !Boolean.TRUE.equals(scaling.isDefault());
        return new ServiceInputs(
                state.serviceName(),
                state.image(),
                state.accessRoleArn(),
                state.port(),
                state.startCommand(),
                state.environment(),
                state.environmentSecrets(),
                state.cpu(),
                state.memory(),
                state.instanceRoleArn(),
                state.healthCheck(),
                asked || ownScaling ? state.scaling() : null,
                asked || chosenScaling ? state.autoScalingConfigurationArn() : null,
                state.network(),
                state.observability(),
                state.kmsKey(),
                state.autoDeploy(),
                asked || Boolean.TRUE.equals(state.paused()) ? state.paused() : null,
                state.redeployOn(),
                state.redeployMovedTag(),
                state.tags());
    }

    static ServiceState state(ServiceView view) {
        Service service = view.service();
        SourceConfiguration source = service.sourceConfiguration();
        ImageRepository repository = source.imageRepository();
        if (repository == null) {
            throw new ProviderException("the service " + service.serviceArn()
                    + " is built from source code; Slipway handles services that run an image");
        }
        ImageConfiguration image = repository.imageConfiguration() == null
                ? ImageConfiguration.builder().build()
                : repository.imageConfiguration();
        InstanceConfiguration instance = service.instanceConfiguration() == null
                ? InstanceConfiguration.builder().build()
                : service.instanceConfiguration();
        ServiceInputs asked = view.asked();
        return new ServiceState(
                service.serviceName(),
                repository.imageIdentifier(),
                source.authenticationConfiguration() == null
                        ? null
                        : source.authenticationConfiguration().accessRoleArn(),
                image.port() == null ? null : Integer.valueOf(image.port()),
                image.startCommand(),
                named(image.runtimeEnvironmentVariables()),
                named(image.runtimeEnvironmentSecrets()),
                instance.cpu() == null ? null : InstanceSize.cpu(instance.cpu()).orElse(instance.cpu()),
                instance.memory() == null
                        ? null
                        : InstanceSize.memory(instance.memory()).orElse(instance.memory()),
                instance.instanceRoleArn(),
                health(service.healthCheckConfiguration()),
                view.scaling(),
                ConfigurationArn.asAsked(
                        asked == null ? null : asked.autoScalingConfigurationArn(),
                        service.autoScalingConfigurationSummary() == null
                                ? null
                                : service.autoScalingConfigurationSummary().autoScalingConfigurationArn()),
                network(service.networkConfiguration()),
                observability(service.observabilityConfiguration(), asked == null ? null : asked.observability()),
                service.encryptionConfiguration() == null
                        ? null
                        : service.encryptionConfiguration().kmsKey(),
                source.autoDeploymentsEnabled(),
                is(service, ServiceStatus.OPERATION_IN_PROGRESS) ? null : is(service, ServiceStatus.PAUSED),
                view.remembered().redeployOn(),
                view.remembered().redeployMovedTag(),
                view.tags(),
                view.remembered().deployedDigest(),
                service.serviceId(),
                service.serviceArn(),
                view.url(),
                service.statusAsString());
    }

    private static @Nullable Map<String, String> named(Map<String, String> values) {
        return values.isEmpty() ? null : new TreeMap<>(values);
    }

    private static @Nullable Network network(@Nullable NetworkConfiguration network) {
        if (network == null) {
            return null;
        }
        EgressConfiguration egress = network.egressConfiguration();
        return new Network(
                egress == null ? null : Words.constant(Network.Egress.values(), egress.egressTypeAsString()),
                egress == null ? null : egress.vpcConnectorArn(),
                network.ingressConfiguration() == null
                        ? null
                        : network.ingressConfiguration().isPubliclyAccessible(),
                Words.constant(Network.Addresses.values(), network.ipAddressTypeAsString()));
    }

    private static @Nullable Observability observability(
            @Nullable ServiceObservabilityConfiguration actual, @Nullable Observability asked) {
        return actual == null
                ? null
                : new Observability(
                        actual.observabilityEnabled(),
                        ConfigurationArn.asAsked(
                                asked == null ? null : asked.configurationArn(),
                                actual.observabilityConfigurationArn()));
    }

    private static @Nullable HealthCheck health(@Nullable HealthCheckConfiguration health) {
        if (health == null) {
            return null;
        }
        return new HealthCheck(
                Words.constant(HealthCheck.Protocol.values(), health.protocolAsString()),
                health.path(),
                health.interval(),
                health.timeout(),
                health.healthyThreshold(),
                health.unhealthyThreshold());
    }
}
