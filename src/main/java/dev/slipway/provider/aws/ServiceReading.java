package dev.slipway.provider.aws;

import dev.slipway.protocol.ProviderException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.HealthCheckConfiguration;
import software.amazon.awssdk.services.apprunner.model.ImageConfiguration;
import software.amazon.awssdk.services.apprunner.model.ImageRepository;
import software.amazon.awssdk.services.apprunner.model.InstanceConfiguration;
import software.amazon.awssdk.services.apprunner.model.Service;
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
    static ServiceInputs inputs(Service service, @Nullable Scaling scaling, @Nullable Map<String, String> tags) {
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
        return new ServiceInputs(
                service.serviceName(),
                repository.imageIdentifier(),
                source.authenticationConfiguration() == null
                        ? null
                        : source.authenticationConfiguration().accessRoleArn(),
                image.port() == null ? null : Integer.valueOf(image.port()),
                image.startCommand(),
                image.runtimeEnvironmentVariables().isEmpty()
                        ? null
                        : new TreeMap<>(image.runtimeEnvironmentVariables()),
                instance.cpu() == null ? null : InstanceSize.cpu(instance.cpu()).orElse(instance.cpu()),
                instance.memory() == null
                        ? null
                        : InstanceSize.memory(instance.memory()).orElse(instance.memory()),
                instance.instanceRoleArn(),
                health(service.healthCheckConfiguration()),
                scaling,
                source.autoDeploymentsEnabled(),
                tags);
    }

    static ServiceState state(
            Service service, @Nullable Scaling scaling, @Nullable Map<String, String> tags, String urlScheme) {
        ServiceInputs inputs = inputs(service, scaling, tags);
        boolean open = service.serviceUrl() != null && !service.serviceUrl().isEmpty();
        return new ServiceState(
                inputs.serviceName(),
                inputs.image(),
                inputs.accessRoleArn(),
                inputs.port(),
                inputs.startCommand(),
                inputs.environment(),
                inputs.cpu(),
                inputs.memory(),
                inputs.instanceRoleArn(),
                inputs.healthCheck(),
                inputs.scaling(),
                inputs.autoDeploy(),
                inputs.tags(),
                service.serviceId(),
                service.serviceArn(),
                open ? urlScheme + "://" + service.serviceUrl() : null,
                service.statusAsString());
    }

    private static @Nullable HealthCheck health(@Nullable HealthCheckConfiguration health) {
        if (health == null) {
            return null;
        }
        HealthCheck.Protocol protocol = null;
        for (HealthCheck.Protocol known : HealthCheck.Protocol.values()) {
            if (known.name().equalsIgnoreCase(health.protocolAsString())) {
                protocol = known;
            }
        }
        return new HealthCheck(
                protocol,
                health.path(),
                health.interval(),
                health.timeout(),
                health.healthyThreshold(),
                health.unhealthyThreshold());
    }
}
