package dev.slipway.provider.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.EncryptionConfiguration;
import software.amazon.awssdk.services.ecr.model.ImageScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.Tag;

/** ECR's private repositories of the provider's account and region, with absence as an empty answer instead of an exception. */
final class EcrRepositories {
    private final AwsSession session;

    EcrRepositories(AwsSession session) {
        this.session = session;
    }

    /** Empty when a repository of this name is there already. */
    Optional<Repository> create(String name, RepositoryInputs inputs, Map<String, String> tags) {
        var request = CreateRepositoryRequest.builder().repositoryName(name).tags(sdkTags(tags));
        if (inputs.imageTagMutability() != null) {
            request.imageTagMutability(inputs.imageTagMutability().name());
        }
        if (inputs.imageTagMutabilityExclusionFilters() != null) {
            request.imageTagMutabilityExclusionFilters(filters(inputs));
        }
        if (inputs.scanOnPush() != null) {
            request.imageScanningConfiguration(ImageScanningConfiguration.builder()
                    .scanOnPush(inputs.scanOnPush())
                    .build());
        }
        if (inputs.encryptionType() != null) {
            request.encryptionConfiguration(EncryptionConfiguration.builder()
                    .encryptionType(inputs.encryptionType().name())
                    .kmsKey(inputs.kmsKey())
                    .build());
        }
        try {
            return Optional.of(ecr().createRepository(request.build()).repository());
        } catch (RepositoryAlreadyExistsException e) {
            return Optional.empty();
        }
    }

    Optional<Repository> find(String name) {
        try {
            return ecr().describeRepositories(describe -> describe.repositoryNames(name)).repositories().stream()
                    .findFirst();
        } catch (RepositoryNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Changes what of these inputs is not so yet. */
    void makeSo(Repository actual, RepositoryInputs inputs) {
        String name = actual.repositoryName();
        var mutability = inputs.imageTagMutability();
        if (mutability != null && !mutable(actual, inputs)) {
            ecr().putImageTagMutability(put -> put.repositoryName(name)
                    .imageTagMutability(mutability.name())
                    .imageTagMutabilityExclusionFilters(
                            inputs.imageTagMutabilityExclusionFilters() == null ? null : filters(inputs)));
        }
        Boolean scans = actual.imageScanningConfiguration() == null
                ? null
                : actual.imageScanningConfiguration().scanOnPush();
        if (inputs.scanOnPush() != null && !inputs.scanOnPush().equals(scans)) {
            ecr().putImageScanningConfiguration(put ->
                    put.repositoryName(name).imageScanningConfiguration(scan -> scan.scanOnPush(inputs.scanOnPush())));
        }
    }

    private static boolean mutable(Repository actual, RepositoryInputs inputs) {
        return inputs.imageTagMutability() != null
                && inputs.imageTagMutability().name().equals(actual.imageTagMutabilityAsString())
                && (inputs.imageTagMutabilityExclusionFilters() == null
                        || filters(inputs).equals(actual.imageTagMutabilityExclusionFilters()));
    }

    private static List<ImageTagMutabilityExclusionFilter> filters(RepositoryInputs inputs) {
        return inputs.imageTagMutabilityExclusionFilters() == null
                ? List.of()
                : inputs.imageTagMutabilityExclusionFilters().stream()
                        .map(filter -> ImageTagMutabilityExclusionFilter.builder()
                                .filterType("WILDCARD")
                                .filter(filter)
                                .build())
                        .toList();
    }

    Optional<String> lifecyclePolicy(String name) {
        try {
            return Optional.of(
                    ecr().getLifecyclePolicy(get -> get.repositoryName(name)).lifecyclePolicyText());
        } catch (LifecyclePolicyNotFoundException e) {
            return Optional.empty();
        }
    }

    /** @param policy null for none */
    void putLifecyclePolicy(String name, @Nullable String policy) {
        if (policy != null) {
            ecr().putLifecyclePolicy(put -> put.repositoryName(name).lifecyclePolicyText(policy));
            return;
        }
        try {
            ecr().deleteLifecyclePolicy(delete -> delete.repositoryName(name));
        } catch (LifecyclePolicyNotFoundException e) {
            // gone already: what was wanted
        }
    }

    Map<String, String> tags(String arn) {
        var tags = new TreeMap<String, String>();
        ecr().listTagsForResource(list -> list.resourceArn(arn))
                .tags()
                .forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    void putTags(String arn, @Nullable Map<String, String> olds, Map<String, String> wanted) {
        Map<String, String> actual = tags(arn);
        Map<String, String> set = Tags.toSet(actual, wanted);
        var remove = Tags.toRemove(actual, olds, wanted);
        if (!set.isEmpty()) {
            ecr().tagResource(tag -> tag.resourceArn(arn).tags(sdkTags(set)));
        }
        if (!remove.isEmpty()) {
            ecr().untagResource(untag -> untag.resourceArn(arn).tagKeys(remove));
        }
    }

    void delete(String name, boolean force) {
        try {
            ecr().deleteRepository(delete -> delete.repositoryName(name).force(force));
        } catch (RepositoryNotFoundException e) {
            // gone already: what was wanted
        }
    }

    private EcrClient ecr() {
        return session.clients().ecr(session.settings().region());
    }

    private static List<Tag> sdkTags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
