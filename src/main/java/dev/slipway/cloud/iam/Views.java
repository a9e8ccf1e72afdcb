package dev.slipway.cloud.iam;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleLastUsed;
import software.amazon.awssdk.services.iam.model.User;

/** Records as IAM shows them. */
final class Views {
    /** What IAM answers; its model calls it {@code PermissionsBoundaryPolicy}. */
    private static final String BOUNDARY_TYPE = "Policy";

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

    /** Everything, as GetRole answers. */
    Role full(RoleRecord role) {
        return made(role).toBuilder()
                .description(role.description())
                .maxSessionDuration(role.maxSession())
                .roleLastUsed(lastUsed(role))
                .build();
    }

    /** As CreateRole answers. */
    Role made(RoleRecord role) {
        Role.Builder made =
                core(role).permissionsBoundary(boundary(role.policies().boundary()));
        if (!role.tags().isEmpty()) {
            made.tags(Tags.shown(role.tags()));
        }
        return made.build();
    }

    /** As lists of roles are. */
    Role listed(RoleRecord role) {
        return core(role)
                .description(role.description())
                .maxSessionDuration(role.maxSession())
                .build();
    }

    /** As UpdateRoleDescription answers. */
    Role described(RoleRecord role) {
        return core(role).description(role.description()).build();
    }

    private Role.Builder core(RoleRecord role) {
        return Role.builder()
                .path(role.path())
                .roleName(role.name())
                .roleId(role.id())
                .arn(role.arn())
                .createDate(Instant.ofEpochSecond(role.created()))
                .assumeRolePolicyDocument(documents.shown(role.trust()));
    }

    RoleLastUsed lastUsed(RoleRecord role) {
        RoleLastUsed.Builder last = RoleLastUsed.builder();
        directory.uses().of(role.id()).ifPresent(use -> last.lastUsedDate(Instant.ofEpochSecond(use.at()))
                .region(use.region()));
        return last.build();
    }

    static Group group(GroupRecord group) {
        return Group.builder()
                .path(group.path())
                .groupName(group.name())
                .groupId(group.id())
                .arn(group.arn())
                .createDate(Instant.ofEpochSecond(group.created()))
                .build();
    }

    /** As GetInstanceProfile answers: with tags, also with none. */
    InstanceProfile full(ProfileRecord profile) {
        return listed(profile).toBuilder().tags(Tags.shown(profile.tags())).build();
    }

    /** As CreateInstanceProfile answers. */
    InstanceProfile made(ProfileRecord profile) {
        return profile.tags().isEmpty() ? listed(profile) : full(profile);
    }

    /** Without tags, as lists are. */
    InstanceProfile listed(ProfileRecord profile) {
        return InstanceProfile.builder()
                .path(profile.path())
                .instanceProfileName(profile.name())
                .instanceProfileId(profile.id())
                .arn(profile.arn())
                .createDate(Instant.ofEpochSecond(profile.created()))
                .roles(Optional.ofNullable(profile.role())
                        .flatMap(directory.roles()::byId)
                        .map(role -> List.of(core(role).build()))
                        .orElse(List.of()))
                .build();
    }

    /** Everything but the document, as GetPolicy answers: with tags, also with none. */
    Policy full(String account, ManagedPolicy policy) {
        return listed(account, policy).toBuilder()
                .description(policy.description())
                .tags(Tags.shown(policy.tags()))
                .build();
    }

    /** As CreatePolicy answers. */
    Policy made(String account, ManagedPolicy policy) {
        Policy made = listed(account, policy);
        return policy.tags().isEmpty()
                ? made
                : made.toBuilder().tags(Tags.shown(policy.tags())).build();
    }

    /** Without description and tags, as lists are. */
    Policy listed(String account, ManagedPolicy policy) {
        return Policy.builder()
                .policyName(policy.name())
                .policyId(policy.id())
                .arn(policy.arn())
                .path(policy.path())
                .defaultVersionId(policy.current())
                .attachmentCount((int) directory.uses(account, policy.arn()))
                .permissionsBoundaryUsageCount((int) directory.boundaryUses(account, policy.arn()))
                .isAttachable(true)
                .createDate(Instant.ofEpochSecond(policy.created()))
                .updateDate(Instant.ofEpochSecond(policy.updated()))
                .build();
    }

    static PolicyVersion version(ManagedPolicy policy, ManagedPolicy.Version version) {
        return PolicyVersion.builder()
                .document(Documents.encoded(version.document()))
                .versionId(version.id())
                .isDefaultVersion(version.id().equals(policy.current()))
                .createDate(Instant.ofEpochSecond(version.created()))
                .build();
    }

    static @Nullable AttachedPermissionsBoundary boundary(@Nullable String arn) {
        return arn == null
                ? null
                : AttachedPermissionsBoundary.builder()
                        .permissionsBoundaryType(BOUNDARY_TYPE)
                        .permissionsBoundaryArn(arn)
                        .build();
    }
}
