package dev.slipway.cloud.apprunner;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.AuthenticationConfiguration;
import software.amazon.awssdk.services.apprunner.model.AutoScalingConfiguration;
import software.amazon.awssdk.services.apprunner.model.AutoScalingConfigurationSummary;
import software.amazon.awssdk.services.apprunner.model.EgressConfiguration;
import software.amazon.awssdk.services.apprunner.model.HealthCheckConfiguration;
import software.amazon.awssdk.services.apprunner.model.ImageConfiguration;
import software.amazon.awssdk.services.apprunner.model.ImageRepository;
import software.amazon.awssdk.services.apprunner.model.IngressConfiguration;
import software.amazon.awssdk.services.apprunner.model.InstanceConfiguration;
import software.amazon.awssdk.services.apprunner.model.NetworkConfiguration;
import software.amazon.awssdk.services.apprunner.model.OperationSummary;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.ServiceObservabilityConfiguration;
import software.amazon.awssdk.services.apprunner.model.ServiceSummary;
import software.amazon.awssdk.services.apprunner.model.SourceConfiguration;

/** Says what is recorded in the words of the API. */
final class Answers {
    private final Services services;
    private final ScalingConfigurations scaling;

    Answers(Services services, ScalingConfigurations scaling) {
        this.services = services;
        this.scaling = scaling;
    }

    Service service(ServiceRecord service) {
        Configuration configuration = service.configuration();
        ScalingRecord scale = scaling.find(service.account(), service.region(), configuration.autoScalingArn())
                .orElseGet(() -> scaling.standard(service.account(), service.region()));
        return Service.builder()
                .serviceName(service.name())
                .serviceId(service.id())
                .serviceArn(service.arn())
                .serviceUrl(services.url(service))
                .createdAt(time(service.createdAt()))
                .updatedAt(time(service.updatedAt()))
                .deletedAt(time(service.deletedAt()))
                .status(services.shown(service).name())
                .sourceConfiguration(source(configuration.source()))
                .instanceConfiguration(InstanceConfiguration.builder()
                        .cpu(Integer.toString(configuration.size().cpu()))
                        .memory(Integer.toString(configuration.size().memory()))
                        .instanceRoleArn(configuration.size().instanceRoleArn())
                        .build())
                .healthCheckConfiguration(health(configuration.healthCheck()))
                .autoScalingConfigurationSummary(summary(scale))
                .networkConfiguration(NetworkConfiguration.builder()
                        .egressConfiguration(EgressConfiguration.builder()
                                .egressType(configuration.vpcConnectorArn() == null ? "DEFAULT" : "VPC")
                                .vpcConnectorArn(configuration.vpcConnectorArn())
                                .build())
                        .ingressConfiguration(IngressConfiguration.builder()
                                .isPubliclyAccessible(!configuration.privateIngress())
                                .build())
                        .ipAddressType(configuration.ipAddressType())
                        .build())
                .observabilityConfiguration(ServiceObservabilityConfiguration.builder()
                        .observabilityEnabled(configuration.observabilityArn() != null)
                        .observabilityConfigurationArn(configuration.observabilityArn())
                        .build())
                .build();
    }

    ServiceSummary serviceSummary(ServiceRecord service) {
        return ServiceSummary.builder()
                .serviceName(service.name())
                .serviceId(service.id())
                .serviceArn(service.arn())
                .serviceUrl(services.url(service))
                .createdAt(time(service.createdAt()))
                .updatedAt(time(service.updatedAt()))
                .status(services.shown(service).name())
                .build();
    }

    OperationSummary operation(ServiceRecord service, OperationRecord operation) {
        return OperationSummary.builder()
                .id(operation.id())
                .type(operation.type().name())
                .status(operation.status().name())
                .targetArn(service.arn())
                .startedAt(time(operation.startedAt()))
                .endedAt(time(operation.endedAt()))
                .updatedAt(time(operation.updatedAt()))
                .build();
    }

    AutoScalingConfiguration scaling(ScalingRecord record) {
        return AutoScalingConfiguration.builder()
                .autoScalingConfigurationArn(record.arn())
                .autoScalingConfigurationName(record.name())
                .autoScalingConfigurationRevision(record.revision())
                .latest(scaling.isLatest(record))
                .status(status(record))
                .maxConcurrency(record.maxConcurrency())
                .minSize(record.minSize())
                .maxSize(record.maxSize())
                .createdAt(time(record.createdAt()))
                .deletedAt(time(record.deletedAt()))
                .hasAssociatedService(services.usesScaling(record))
                .isDefault(isDefault(record))
                .build();
    }

    AutoScalingConfigurationSummary summary(ScalingRecord record) {
        return AutoScalingConfigurationSummary.builder()
                .autoScalingConfigurationArn(record.arn())
                .autoScalingConfigurationName(record.name())
                .autoScalingConfigurationRevision(record.revision())
                .status(status(record))
                .createdAt(time(record.createdAt()))
                .hasAssociatedService(services.usesScaling(record))
                .isDefault(isDefault(record))
                .build();
    }

    private static SourceConfiguration source(Configuration.Source source) {
        var configuration = ImageConfiguration.builder()
                .port(Integer.toString(source.port()))
                .startCommand(source.startCommand());
        if (!source.variables().isEmpty()) {
            configuration.runtimeEnvironmentVariables(source.variables());
        }
        if (!source.secrets().isEmpty()) {
            configuration.runtimeEnvironmentSecrets(source.secrets());
        }
        var answer = SourceConfiguration.builder()
                .imageRepository(ImageRepository.builder()
                        .imageIdentifier(source.image())
                        .imageRepositoryType(source.repositoryType())
                        .imageConfiguration(configuration.build())
                        .build())
                .autoDeploymentsEnabled(source.autoDeployments());
        if (source.accessRoleArn() != null) {
            answer.authenticationConfiguration(AuthenticationConfiguration.builder()
                    .accessRoleArn(source.accessRoleArn())
                    .build());
        }
        return answer.build();
    }

    private static HealthCheckConfiguration health(Configuration.HealthCheck check) {
        return HealthCheckConfiguration.builder()
                .protocol(check.protocol())
                .path(check.path())
                .interval(check.interval())
                .timeout(check.timeout())
                .healthyThreshold(check.healthyThreshold())
                .unhealthyThreshold(check.unhealthyThreshold())
                .build();
    }

    /** In lower case, as it comes from AWS although the model says otherwise. */
    private static String status(ScalingRecord record) {
        return record.active() ? "active" : "inactive";
    }

    private boolean isDefault(ScalingRecord record) {
        return scaling.defaultOf(record.account(), record.region()).arn().equals(record.arn());
    }

    private static @Nullable Instant time(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
