package dev.slipway.provider.aws;

import dev.slipway.protocol.ProviderException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;

/** IAM's roles, with absence as an empty answer instead of an exception. */
final class IamRoles {
    private final Clients clients;

    IamRoles(Clients clients) {
        this.clients = clients;
    }

    /** Makes the role alone, without its policies; empty when a role of this name is there already. */
    Optional<Role> create(RoleWish wish, Map<String, String> tags) {
        try {
            return Optional.of(clients.iam()
                    .createRole(CreateRoleRequest.builder()
                            .roleName(wish.name())
                            .path(wish.path())
                            .description(wish.description())
                            .assumeRolePolicyDocument(wish.trust())
                            .permissionsBoundary(wish.boundary())
                            .tags(sdkTags(tags))
                            .build())
                    .role());
        } catch (EntityAlreadyExistsException e) {
            return Optional.empty();
        }
    }

    Optional<Role> find(String name) {
        try {
            return Optional.of(clients.iam()
                    .getRole(GetRoleRequest.builder().roleName(name).build())
                    .role());
        } catch (NoSuchEntityException e) {
            return Optional.empty();
        }
    }

    /** IAM answers documents percent-encoded. */
    static String trustOf(Role role) {
        return role.assumeRolePolicyDocument() == null ? "" : decoded(role.assumeRolePolicyDocument());
    }

    void putTrust(String name, String trust) {
        clients.iam()
                .updateAssumeRolePolicy(UpdateAssumeRolePolicyRequest.builder()
                        .roleName(name)
                        .policyDocument(trust)
                        .build());
    }

    Optional<String> policy(String name, String policyName) {
        try {
            return Optional.of(decoded(clients.iam()
                    .getRolePolicy(GetRolePolicyRequest.builder()
                            .roleName(name)
                            .policyName(policyName)
                            .build())
                    .policyDocument()));
        } catch (NoSuchEntityException e) {
            return Optional.empty();
        }
    }

    void putPolicy(String name, String policyName, String document) {
        clients.iam()
                .putRolePolicy(PutRolePolicyRequest.builder()
                        .roleName(name)
                        .policyName(policyName)
                        .policyDocument(document)
                        .build());
    }

    void deletePolicy(String name, String policyName) {
        try {
            clients.iam()
                    .deleteRolePolicy(DeleteRolePolicyRequest.builder()
                            .roleName(name)
                            .policyName(policyName)
                            .build());
        } catch (NoSuchEntityException e) {
            // gone already: what was wanted
        }
    }

    void delete(String name) {
        try {
            clients.iam().deleteRole(DeleteRoleRequest.builder().roleName(name).build());
        } catch (NoSuchEntityException e) {
            // gone already: what was wanted
        } catch (DeleteConflictException e) {
            throw new ProviderException(
                    "delete role " + name + ": something that Slipway did not make is attached to it ("
                            + AwsErrors.message(e) + "). Detach it, then run again.",
                    e);
        }
    }

    /** ARNs of the managed policies that are attached, sorted. */
    List<String> attached(String name) {
        return clients
                .iam()
                .listAttachedRolePoliciesPaginator(
                        ListAttachedRolePoliciesRequest.builder().roleName(name).build())
                .attachedPolicies()
                .stream()
                .map(AttachedPolicy::policyArn)
                .sorted()
                .toList();
    }

    void attach(String name, String policyArn) {
        clients.iam()
                .attachRolePolicy(AttachRolePolicyRequest.builder()
                        .roleName(name)
                        .policyArn(policyArn)
                        .build());
    }

    void detach(String name, String policyArn) {
        try {
            clients.iam()
                    .detachRolePolicy(DetachRolePolicyRequest.builder()
                            .roleName(name)
                            .policyArn(policyArn)
                            .build());
        } catch (NoSuchEntityException e) {
            // gone already: what was wanted
        }
    }

    /** @param boundary the ARN of a policy; null for none */
    void putBoundary(String name, @Nullable String boundary) {
        if (boundary == null) {
            clients.iam()
                    .deleteRolePermissionsBoundary(DeleteRolePermissionsBoundaryRequest.builder()
                            .roleName(name)
                            .build());
        } else {
            clients.iam()
                    .putRolePermissionsBoundary(PutRolePermissionsBoundaryRequest.builder()
                            .roleName(name)
                            .permissionsBoundary(boundary)
                            .build());
        }
    }

    static @Nullable String boundaryOf(Role role) {
        return role.permissionsBoundary() == null
                ? null
                : role.permissionsBoundary().permissionsBoundaryArn();
    }

    /** The names of the inline policies. */
    List<String> policyNames(String name) {
        return clients
                .iam()
                .listRolePoliciesPaginator(
                        ListRolePoliciesRequest.builder().roleName(name).build())
                .policyNames()
                .stream()
                .toList();
    }

    /** The document of a managed policy's default version. */
    String managedPolicy(String policyArn) {
        String version = clients.iam()
                .getPolicy(GetPolicyRequest.builder().policyArn(policyArn).build())
                .policy()
                .defaultVersionId();
        return decoded(clients.iam()
                .getPolicyVersion(GetPolicyVersionRequest.builder()
                        .policyArn(policyArn)
                        .versionId(version)
                        .build())
                .policyVersion()
                .document());
    }

    Map<String, String> tags(String name) {
        var tags = new TreeMap<String, String>();
        String marker = null;
        do {
            var page = clients.iam()
                    .listRoleTags(ListRoleTagsRequest.builder()
                            .roleName(name)
                            .marker(marker)
                            .build());
            page.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
            marker = Boolean.TRUE.equals(page.isTruncated()) ? page.marker() : null;
        } while (marker != null);
        return tags;
    }

    void putTags(String name, @Nullable Map<String, String> olds, Map<String, String> wanted) {
        Map<String, String> actual = tags(name);
        Map<String, String> set = Tags.toSet(actual, wanted);
        List<String> remove = Tags.toRemove(actual, olds, wanted);
        if (!set.isEmpty()) {
            clients.iam()
                    .tagRole(TagRoleRequest.builder()
                            .roleName(name)
                            .tags(sdkTags(set))
                            .build());
        }
        if (!remove.isEmpty()) {
            clients.iam()
                    .untagRole(UntagRoleRequest.builder()
                            .roleName(name)
                            .tagKeys(remove)
                            .build());
        }
    }

    private static List<Tag> sdkTags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    private static String decoded(String document) {
        // A plus sign stands for itself in IAM's encoding, unlike in a form.
        return document.startsWith("{")
                ? document
                : URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
