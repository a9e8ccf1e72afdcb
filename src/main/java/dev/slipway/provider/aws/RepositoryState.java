package dev.slipway.provider.aws;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A repository as ECR has it.
 *
 * @param repositoryUri what an image's name begins with: {@code ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME}
 */
record RepositoryState(
        @Nullable String repositoryName,
        RepositoryInputs.@Nullable Mutability imageTagMutability,
        @Nullable List<String> imageTagMutabilityExclusionFilters,
        @Nullable Boolean scanOnPush,
        @Nullable String lifecyclePolicy,
        RepositoryInputs.@Nullable Encryption encryptionType,
        @Nullable String kmsKey,
        @Nullable Boolean forceDelete,
        @Nullable Map<String, String> tags,
        @Nullable String arn,
        @Nullable String registryId,
        @Nullable String repositoryUri) {}
