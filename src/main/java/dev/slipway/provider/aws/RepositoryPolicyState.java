package dev.slipway.provider.aws;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement as ECR has it.
 *
 * @param principals as ECR shows them: a role that was deleted shows as its unique id
 * @param policyText the whole policy, strangers' statements included
 */
record RepositoryPolicyState(
        @Nullable String repository,
        @Nullable String sid,
        @Nullable List<String> principals,
        @Nullable String repositoryArn,
        @Nullable String policyText) {}
