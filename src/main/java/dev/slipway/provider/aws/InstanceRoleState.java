package dev.slipway.provider.aws;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A role as IAM has it.
 *
 * @param managedPolicyArns those of the program that are attached
 * @param uniqueId IAM's own id ({@code AROA…}), another one when the role is made again under the same name
 * @param policy the inline policy as it is; empty when there is none
 * @param trustPolicy who may assume the role, as it is
 */
record InstanceRoleState(
        @Nullable String roleName,
        @Nullable List<PolicyStatement> statements,
        @Nullable List<String> managedPolicyArns,
        @Nullable String path,
        @Nullable String permissionsBoundary,
        @Nullable Boolean existing,
        @Nullable Map<String, String> tags,
        @Nullable String arn,
        @Nullable String uniqueId,
        @Nullable String policy,
        @Nullable String trustPolicy) {}
