package dev.slipway.provider.aws;

import dev.slipway.oci.ImageReference;
import dev.slipway.oci.ImageSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.AuthenticationConfiguration;
import software.amazon.awssdk.services.apprunner.model.CreateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.HealthCheckConfiguration;
import software.amazon.awssdk.services.apprunner.model.ImageConfiguration;
import software.amazon.awssdk.services.apprunner.model.ImageRepository;
import software.amazon.awssdk.services.apprunner.model.ImageRepositoryType;
import software.amazon.awssdk.services.apprunner.model.InstanceConfiguration;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.SourceConfiguration;
import software.amazon.awssdk.services.apprunner.model.Tag;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;

/** What App Runner is asked for. A group of settings that is sent is sent whole, so that it does not matter how App Runner merges. */
final class ServiceRequests {
    private ServiceRequests() {}

    static CreateServiceRequest create(ServiceInputs inputs, @Nullable String scalingArn, Map<String, String> tags) {
        return CreateServiceRequest.builder()
                .serviceName(inputs.serviceName())
                .sourceConfiguration(
                        source(inputs, null, SourceConfiguration.builder().build()))
                .instanceConfiguration(instance(inputs, null))
                .healthCheckConfiguration(health(inputs, null))
                .autoScalingConfigurationArn(scalingArn)
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
        SourceConfiguration source = source(inputs, olds, actual.sourceConfiguration());
        InstanceConfiguration instance = instance(inputs, actual.instanceConfiguration());
        HealthCheckConfiguration health = health(inputs, actual.healthCheckConfiguration());
        UpdateServiceRequest.Builder request = UpdateServiceRequest.builder().serviceArn(actual.serviceArn());
        boolean changed = rebuild;
        if (rebuild || !sameSource(source, actual.sourceConfiguration())) {
            request.sourceConfiguration(source);
            changed = true;
        }
        if (!Objects.equals(instance, actual.instanceConfiguration())) {
            request.instanceConfiguration(instance);
            changed = true;
        }
        if (!Objects.equals(health, actual.healthCheckConfiguration())) {
            request.healthCheckConfiguration(health);
            changed = true;
        }
        if (scalingArn != null
                && !scalingArn.equals(
                        actual.autoScalingConfigurationSummary() == null
                                ? null
                                : actual.autoScalingConfigurationSummary().autoScalingConfigurationArn())) {
            request.autoScalingConfigurationArn(scalingArn);
            changed = true;
        }
        return changed ? Optional.of(request.build()) : Optional.empty();
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    private static SourceConfiguration source(
            ServiceInputs inputs, @Nullable ServiceInputs olds, SourceConfiguration actual) {
        String identifier = Given.of(inputs.image(), "image");
        boolean open = ImageReference.parse(identifier).source() == ImageSource.ECR_PUBLIC;
        ImageRepository.Builder repository = ImageRepository.builder()
                .imageIdentifier(identifier)
                .imageRepositoryType(open ? ImageRepositoryType.ECR_PUBLIC : ImageRepositoryType.ECR)
                .imageConfiguration(image(inputs, olds, actual.imageRepository()));
        SourceConfiguration.Builder source = SourceConfiguration.builder()
                .imageRepository(repository.build())
                .autoDeploymentsEnabled(
                        inputs.autoDeploy() == null ? actual.autoDeploymentsEnabled() : inputs.autoDeploy());
        if (inputs.accessRoleArn() != null) {
            source.authenticationConfiguration(AuthenticationConfiguration.builder()
                    .accessRoleArn(inputs.accessRoleArn())
                    .build());
        }
        return source.build();
    }

    private static ImageConfiguration image(
            ServiceInputs inputs, @Nullable ServiceInputs olds, @Nullable ImageRepository actual) {
        ImageConfiguration old = actual == null || actual.imageConfiguration() == null
                ? ImageConfiguration.builder().build()
                : actual.imageConfiguration();
        ImageConfiguration.Builder image = old.toBuilder();
        if (inputs.port() != null) {
            image.port(inputs.port().toString());
        }
        if (inputs.startCommand() != null) {
            image.startCommand(inputs.startCommand());
        }
        if (inputs.environment() != null) {
            image.runtimeEnvironmentVariables(inputs.environment());
        } else if (olds != null && olds.environment() != null) {
            image.runtimeEnvironmentVariables(Map.of());
        }
        return image.build();
    }

    private static boolean sameSource(SourceConfiguration wanted, SourceConfiguration actual) {
        ImageRepository left = wanted.imageRepository();
        ImageRepository right = actual.imageRepository();
        boolean sameRole = wanted.authenticationConfiguration() == null
                || wanted.authenticationConfiguration().equals(actual.authenticationConfiguration());
        return right != null
                && sameRole
                && Objects.equals(left.imageIdentifier(), right.imageIdentifier())
                && Objects.equals(left.imageRepositoryType(), right.imageRepositoryType())
                && Objects.equals(wanted.autoDeploymentsEnabled(), actual.autoDeploymentsEnabled())
                && sameImage(left.imageConfiguration(), right.imageConfiguration());
    }

    private static boolean sameImage(ImageConfiguration left, @Nullable ImageConfiguration right) {
        return right != null
                && Objects.equals(left.port(), right.port())
                && Objects.equals(left.startCommand(), right.startCommand())
                && left.runtimeEnvironmentVariables().equals(right.runtimeEnvironmentVariables())
                && left.runtimeEnvironmentSecrets().equals(right.runtimeEnvironmentSecrets());
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
}
