package dev.slipway.cloud.ecr;

import dev.slipway.cloud.ecr.RegistrySettings.Destination;
import dev.slipway.cloud.ecr.RegistrySettings.ReplicationRule;
import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.registry.StoredManifest;
import java.util.List;
import software.amazon.awssdk.services.ecr.model.DescribeImageReplicationStatusRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImageReplicationStatusResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRegistryRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRegistryResponse;
import software.amazon.awssdk.services.ecr.model.ImageReplicationStatus;
import software.amazon.awssdk.services.ecr.model.PutReplicationConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.PutReplicationConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.ReplicationConfiguration;
import software.amazon.awssdk.services.ecr.model.ReplicationDestination;
import software.amazon.awssdk.services.ecr.model.RepositoryFilter;

/** Replication as it is configured. Nothing is copied here, and the status of every image that should be says so: FAILED, with the reason. */
final class ReplicationOperations {
    private static final String NOT_BUILT = "NotBuiltInSlipwaysLocalCloud";
    private static final int MOST_RULES = 25;

    private final RegistrySettings settings;
    private final Repositories repositories;
    private final Images images;

    ReplicationOperations(RegistrySettings settings, Repositories repositories, RegistryContent content) {
        this.settings = settings;
        this.repositories = repositories;
        this.images = new Images(content);
    }

    void addTo(Operations on) {
        on.registry(
                "PutReplicationConfiguration",
                PutReplicationConfigurationRequest.class,
                PutReplicationConfigurationResponse.class,
                (registry, request) -> PutReplicationConfigurationResponse.builder()
                        .replicationConfiguration(shown(settings.change(
                                registry, row -> row.withReplication(rules(request.replicationConfiguration())))))
                        .build());
        on.registry(
                "DescribeRegistry",
                DescribeRegistryRequest.class,
                DescribeRegistryResponse.class,
                (registry, request) -> DescribeRegistryResponse.builder()
                        .registryId(registry.account())
                        .replicationConfiguration(shown(settings.of(registry)))
                        .build());
        on.about(
                "DescribeImageReplicationStatus",
                DescribeImageReplicationStatusRequest.class,
                DescribeImageReplicationStatusResponse.class,
                DescribeImageReplicationStatusRequest::registryId,
                DescribeImageReplicationStatusRequest::repositoryName,
                this::status);
    }

    private DescribeImageReplicationStatusResponse status(
            RepositoryId id, DescribeImageReplicationStatusRequest request) {
        repositories.require(id);
        StoredManifest image = images.require(id, request.imageId());
        return DescribeImageReplicationStatusResponse.builder()
                .repositoryName(id.name())
                .imageId(Images.identifier(image.digest(), request.imageId().imageTag()))
                .replicationStatuses(settings.of(RegistryId.of(id)).replication().stream()
                        .filter(rule -> isAbout(rule, id.name()))
                        .flatMap(rule -> rule.destinations().stream())
                        .map(to -> ImageReplicationStatus.builder()
                                .region(to.region())
                                .registryId(to.account())
                                .status("FAILED")
                                .failureCode(NOT_BUILT)
                                .build())
                        .toList())
                .build();
    }

    private static boolean isAbout(ReplicationRule rule, String name) {
        return rule.prefixes().isEmpty() || rule.prefixes().stream().anyMatch(name::startsWith);
    }

    private static List<ReplicationRule> rules(ReplicationConfiguration configuration) {
        if (configuration.rules().size() > MOST_RULES) {
            throw Errors.invalidParameter("rules", "must not be more than " + MOST_RULES);
        }
        return configuration.rules().stream()
                .map(rule -> new ReplicationRule(
                        rule.destinations().stream()
                                .map(to -> new Destination(to.region(), to.registryId()))
                                .toList(),
                        rule.repositoryFilters().stream()
                                .map(RepositoryFilter::filter)
                                .toList()))
                .toList();
    }

    private static ReplicationConfiguration shown(RegistrySettings.Row row) {
        return ReplicationConfiguration.builder()
                .rules(row.replication().stream()
                        .map(ReplicationOperations::shown)
                        .toList())
                .build();
    }

    private static software.amazon.awssdk.services.ecr.model.ReplicationRule shown(ReplicationRule rule) {
        return software.amazon.awssdk.services.ecr.model.ReplicationRule.builder()
                .destinations(rule.destinations().stream()
                        .map(to -> ReplicationDestination.builder()
                                .region(to.region())
                                .registryId(to.account())
                                .build())
                        .toList())
                .repositoryFilters(
                        rule.prefixes().isEmpty()
                                ? null
                                : rule.prefixes().stream()
                                        .map(prefix -> RepositoryFilter.builder()
                                                .filter(prefix)
                                                .filterType("PREFIX_MATCH")
                                                .build())
                                        .toList())
                .build();
    }
}
