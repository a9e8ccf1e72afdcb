package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsRequest;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.GroupDetail;
import software.amazon.awssdk.services.iam.model.ManagedPolicyDetail;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.services.iam.model.UserDetail;

/** Everything of an account in one answer: users, groups, roles and managed policies, with their documents. */
final class AuthorizationDetails {
    private final Directory directory;
    private final ManagedPolicies managed;
    private final Documents documents;
    private final Views views;
    private final Questions questions;

    AuthorizationDetails(
            Directory directory, ManagedPolicies managed, Documents documents, Views views, Questions questions) {
        this.directory = directory;
        this.managed = managed;
        this.documents = documents;
        this.views = views;
        this.questions = questions;
    }

    void addTo(Ops ops) {
        ops.on(
                GetAccountAuthorizationDetailsRequest.class,
                GetAccountAuthorizationDetailsResponse.class,
                (call, op, in) -> questions.account(call, op),
                this::handle);
    }

    /** What is shown, by kind; filled from one page of all. */
    private static final class Shown {
        final List<UserDetail> users = new ArrayList<>();
        final List<GroupDetail> groups = new ArrayList<>();
        final List<RoleDetail> roles = new ArrayList<>();
        final List<ManagedPolicyDetail> policies = new ArrayList<>();
    }

    private GetAccountAuthorizationDetailsResponse handle(Call call, GetAccountAuthorizationDetailsRequest in) {
        Set<EntityType> wanted = in.hasFilter() && !in.filter().isEmpty()
                ? EnumSet.copyOf(in.filter())
                : EnumSet.complementOf(EnumSet.of(EntityType.UNKNOWN_TO_SDK_VERSION));
        Map<String, Consumer<Shown>> all = all(call.account(), wanted);
        Page<String> page = Pages.of(List.copyOf(all.keySet()), key -> key, in.marker(), in.maxItems());
        Shown shown = new Shown();
        for (String key : page.items()) {
            Consumer<Shown> each = all.get(key);
            if (each != null) {
                each.accept(shown);
            }
        }
        return GetAccountAuthorizationDetailsResponse.builder()
                .userDetailList(shown.users)
                .groupDetailList(shown.groups)
                .roleDetailList(shown.roles)
                .policies(shown.policies)
                .isTruncated(page.hasNext())
                .marker(page.next())
                .build();
    }

    private Map<String, Consumer<Shown>> all(String account, Set<EntityType> wanted) {
        Map<String, Consumer<Shown>> all = new TreeMap<>();
        if (wanted.contains(EntityType.USER)) {
            directory.users().list(account).forEach(user -> all.put("1/" + user.name(), to -> to.users.add(of(user))));
        }
        if (wanted.contains(EntityType.GROUP)) {
            directory
                    .groups()
                    .list(account)
                    .forEach(group -> all.put("2/" + group.name(), to -> to.groups.add(of(group))));
        }
        if (wanted.contains(EntityType.ROLE)) {
            directory.roles().list(account).forEach(role -> all.put("3/" + role.name(), to -> to.roles.add(of(role))));
        }
        if (wanted.contains(EntityType.LOCAL_MANAGED_POLICY)) {
            directory
                    .policies(account)
                    .forEach(policy -> all.put("4/" + policy.arn(), to -> to.policies.add(of(account, policy))));
        }
        if (wanted.contains(EntityType.AWS_MANAGED_POLICY)) {
            // Of AWS's own policies only those that the account uses, as on AWS.
            AwsManaged.all().stream()
                    .filter(policy -> directory.uses(account, policy.arn()) > 0)
                    .forEach(policy -> all.put("5/" + policy.arn(), to -> to.policies.add(of(account, policy))));
        }
        return all;
    }

    private UserDetail of(UserRecord user) {
        return UserDetail.builder()
                .path(user.path())
                .userName(user.name())
                .userId(user.id())
                .arn(user.arn())
                .createDate(Instant.ofEpochSecond(user.created()))
                .userPolicyList(inline(user))
                .groupList(
                        directory.groupsOf(user).stream().map(GroupRecord::name).toList())
                .attachedManagedPolicies(attached(user))
                .permissionsBoundary(Views.boundary(user.policies().boundary()))
                .tags(Tags.shown(user.tags()))
                .build();
    }

    private GroupDetail of(GroupRecord group) {
        return GroupDetail.builder()
                .path(group.path())
                .groupName(group.name())
                .groupId(group.id())
                .arn(group.arn())
                .createDate(Instant.ofEpochSecond(group.created()))
                .groupPolicyList(inline(group))
                .attachedManagedPolicies(attached(group))
                .build();
    }

    private RoleDetail of(RoleRecord role) {
        return RoleDetail.builder()
                .path(role.path())
                .roleName(role.name())
                .roleId(role.id())
                .arn(role.arn())
                .createDate(Instant.ofEpochSecond(role.created()))
                .assumeRolePolicyDocument(documents.shown(role.trust()))
                .instanceProfileList(directory.profiles(role.account()).stream()
                        .filter(profile -> role.id().equals(profile.role()))
                        .map(views::listed)
                        .toList())
                .rolePolicyList(inline(role))
                .attachedManagedPolicies(attached(role))
                .permissionsBoundary(Views.boundary(role.policies().boundary()))
                .tags(Tags.shown(role.tags()))
                .roleLastUsed(views.lastUsed(role))
                .build();
    }

    private ManagedPolicyDetail of(String account, ManagedPolicy policy) {
        Policy listed = views.listed(account, policy);
        return ManagedPolicyDetail.builder()
                .policyName(listed.policyName())
                .policyId(listed.policyId())
                .arn(listed.arn())
                .path(listed.path())
                .defaultVersionId(listed.defaultVersionId())
                .attachmentCount(listed.attachmentCount())
                .permissionsBoundaryUsageCount(listed.permissionsBoundaryUsageCount())
                .isAttachable(listed.isAttachable())
                .description(policy.description())
                .createDate(listed.createDate())
                .updateDate(listed.updateDate())
                .policyVersionList(policy.versions().stream()
                        .map(version -> Views.version(policy, version))
                        .toList())
                .build();
    }

    private static List<PolicyDetail> inline(Identity<?> identity) {
        return identity.policies().inline().entrySet().stream()
                .map(policy -> PolicyDetail.builder()
                        .policyName(policy.getKey())
                        .policyDocument(Documents.encoded(policy.getValue()))
                        .build())
                .toList();
    }

    private List<AttachedPolicy> attached(Identity<?> identity) {
        return identity.policies().attached().stream()
                .flatMap(arn -> managed.find(identity.account(), arn).stream())
                .map(policy -> AttachedPolicy.builder()
                        .policyArn(policy.arn())
                        .policyName(policy.name())
                        .build())
                .toList();
    }
}
