package dev.slipway.provider.aws;

import dev.slipway.property.Urn;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.apprunner.model.AutoScalingConfiguration;
import software.amazon.awssdk.services.apprunner.model.AutoScalingConfigurationSummary;
import software.amazon.awssdk.services.apprunner.model.CreateAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.DescribeAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.InvalidRequestException;
import software.amazon.awssdk.services.apprunner.model.ListAutoScalingConfigurationsRequest;
import software.amazon.awssdk.services.apprunner.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.apprunner.model.ResourceNotFoundException;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.ServiceQuotaExceededException;

/**
 * The auto scaling configuration of a service: App Runner keeps it as a resource of its own with at most five unchangeable revisions. It is
 * named after the service, and revisions that nothing uses are deleted.
 */
final class ScalingConfigurations {
    private static final int LONGEST_NAME = 32;

    private final Clients clients;

    ScalingConfigurations(Clients clients) {
        this.clients = clients;
    }

    /** The service's name, or its beginning and a digest when it is longer than a configuration's may be. */
    static String nameFor(String serviceName) {
        if (serviceName.length() <= LONGEST_NAME) {
            return serviceName;
        }
        String digest = UUID.nameUUIDFromBytes(serviceName.getBytes(StandardCharsets.UTF_8))
                .toString();
        return serviceName.substring(0, LONGEST_NAME - 9) + "-" + digest.substring(0, 8);
    }

    /** The ARN of a revision that says this, an existing one when there is one. */
    String ensure(String serviceName, Scaling scaling, Urn urn) {
        String name = nameFor(serviceName);
        Scaling wanted = scaling.complete();
        Optional<String> latest = revisions(name).stream()
                .max(Comparator.comparing(AutoScalingConfigurationSummary::autoScalingConfigurationRevision))
                .map(AutoScalingConfigurationSummary::autoScalingConfigurationArn)
                .filter(arn -> wanted.equals(read(arn)));
        return latest.orElseGet(() -> create(name, wanted, urn));
    }

    private String create(String name, Scaling scaling, Urn urn) {
        var request = CreateAutoScalingConfigurationRequest.builder()
                .autoScalingConfigurationName(name)
                .minSize(scaling.minSize())
                .maxSize(scaling.maxSize())
                .maxConcurrency(scaling.maxConcurrency())
                .tags(ServiceRequests.tags(Map.of(OwnershipTag.KEY, OwnershipTag.valueOf(urn))))
                .build();
        try {
            return client().createAutoScalingConfiguration(request)
                    .autoScalingConfiguration()
                    .autoScalingConfigurationArn();
        } catch (ServiceQuotaExceededException e) {
            if (deleteUnused(name) == 0) {
                throw e;
            }
            return client().createAutoScalingConfiguration(request)
                    .autoScalingConfiguration()
                    .autoScalingConfigurationArn();
        }
    }

    /** What a service scales by; null when it can't be read. */
    @Nullable
    Scaling of(Service service) {
        AutoScalingConfigurationSummary summary = service.autoScalingConfigurationSummary();
        if (summary == null || summary.autoScalingConfigurationArn() == null) {
            return null;
        }
        try {
            return read(summary.autoScalingConfigurationArn());
        } catch (SdkException e) {
            // A person may be allowed to read services but not this; the output is then unknown, nothing else.
            return null;
        }
    }

    /**
     * Deletes the revisions of a configuration that nothing uses; leaves what Slipway didn't make and what can't be deleted. Answers how many
     * went.
     */
    int deleteUnused(String name) {
        int deleted = 0;
        for (AutoScalingConfigurationSummary revision : revisions(name)) {
            boolean used =
                    Boolean.TRUE.equals(revision.hasAssociatedService()) || Boolean.TRUE.equals(revision.isDefault());
            if (!used
                    && madeHere(revision.autoScalingConfigurationArn())
                    && delete(revision.autoScalingConfigurationArn())) {
                deleted++;
            }
        }
        return deleted;
    }

    private boolean madeHere(String arn) {
        try {
            return client()
                    .listTagsForResource(ListTagsForResourceRequest.builder()
                            .resourceArn(arn)
                            .build())
                    .tags()
                    .stream()
                    .anyMatch(tag -> OwnershipTag.KEY.equals(tag.key()));
        } catch (ResourceNotFoundException e) {
            return false;
        }
    }

    private boolean delete(String arn) {
        try {
            client().deleteAutoScalingConfiguration(DeleteAutoScalingConfigurationRequest.builder()
                    .autoScalingConfigurationArn(arn)
                    .build());
            return true;
        } catch (ResourceNotFoundException | InvalidRequestException e) {
            // Gone already, or taken into use meanwhile: both leave nothing to do.
            return false;
        }
    }

    private Scaling read(String arn) {
        AutoScalingConfiguration found = client().describeAutoScalingConfiguration(
                        DescribeAutoScalingConfigurationRequest.builder()
                                .autoScalingConfigurationArn(arn)
                                .build())
                .autoScalingConfiguration();
        return new Scaling(found.minSize(), found.maxSize(), found.maxConcurrency());
    }

    private List<AutoScalingConfigurationSummary> revisions(String name) {
        try {
            return client()
                    .listAutoScalingConfigurationsPaginator(ListAutoScalingConfigurationsRequest.builder()
                            .autoScalingConfigurationName(name)
                            .build())
                    .stream()
                    .flatMap(page -> page.autoScalingConfigurationSummaryList().stream())
                    .filter(revision -> name.equals(revision.autoScalingConfigurationName()))
                    .filter(revision -> !"INACTIVE".equalsIgnoreCase(revision.statusAsString()))
                    .toList();
        } catch (ResourceNotFoundException e) {
            return List.of();
        }
    }

    private AppRunnerClient client() {
        return clients.appRunner();
    }
}
