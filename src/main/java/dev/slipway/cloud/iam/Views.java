package dev.slipway.cloud.iam;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryAttachmentType;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleLastUsed;
import software.amazon.awssdk.services.iam.model.User;

/** Records as IAM shows them. */
final class Views {
    private final Directory directory;
    private final Documents documents;

    Views(Directory directory, Documents documents) {
        this.directory = directory;
        this.documents = documents;
    }

    /** Everything, as GetUser and CreateUser answer. */
    static User full(UserRecord user) {
        User.Builder full = brief(user).toBuilder()
                .permissionsBoundary(boundary(user.policies().boundary()));
        if (!user.tags().isEmpty()) {
            full.tags(Tags.shown(user.tags()));
        }
        return full.build();
    }

    /** Without tags and boundary, as lists are. */
    static User brief(UserRecord user) {
        return User.builder()
                .path(user.path())
                .userName(user.name())
                .userId(user.id())
                .arn(user.arn())
                .createDate(Instant.ofEpochSecond(user.created()))
                .build();
    }

    Role full(RoleRecord role) {
        Role.Builder full = brief(role).toBuilder()
                .permissionsBoundary(boundary(role.policies().boundary()))
                .roleLastUsed(RoleLastUsed.builder().build());
        if (!role.tags().isEmpty()) {
            full.tags(Tags.shown(role.tags()));
        }
        return full.build();
    }

    Role brief(RoleRecord role) {
        return Role.builder()
                .path(role.path())
                .roleName(role.name())
                .roleId(role.id())
                .arn(role.arn())
                .createDate(Instant.ofEpochSecond(role.created()))
                .assumeRolePolicyDocument(documents.shown(role.trust()))
                .description(role.description())
                .maxSessionDuration(role.maxSession())
                .build();
    }

    Policy policy(String account, ManagedPolicy policy) {
        Instant created = Instant.ofEpochSecond(policy.created());
        return Policy.builder()
                .policyName(policy.name())
                .policyId(policy.id())
                .arn(policy.arn())
                .path(policy.path())
                .defaultVersionId(PolicyOperations.ONLY_VERSION)
                .attachmentCount((int) directory.uses(account, policy.arn()))
                .permissionsBoundaryUsageCount((int) directory.boundaryUses(account, policy.arn()))
                .isAttachable(true)
                .description(policy.description())
                .createDate(created)
                .updateDate(created)
                .build();
    }

    static AttachedPolicy attached(String arn) {
        return AttachedPolicy.builder()
                .policyArn(arn)
                .policyName(arn.substring(arn.lastIndexOf('/') + 1))
                .build();
    }

    private static @Nullable AttachedPermissionsBoundary boundary(@Nullable String arn) {
        return arn == null
                ? null
                : AttachedPermissionsBoundary.builder()
                        .permissionsBoundaryType(PermissionsBoundaryAttachmentType.PERMISSIONS_BOUNDARY_POLICY)
                        .permissionsBoundaryArn(arn)
                        .build();
    }
}
