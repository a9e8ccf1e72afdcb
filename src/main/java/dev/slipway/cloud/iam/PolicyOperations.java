package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyResponse;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.PolicyGroup;
import software.amazon.awssdk.services.iam.model.PolicyRole;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.PolicyUser;

/** Managed policies. */
final class PolicyOperations {
    static final int MOST_PER_ACCOUNT = 1500;
    static final int MOST_CHARACTERS = 6144;

    private final Directory directory;
    private final ManagedPolicies managed;
    private final Views views;
    private final Questions questions;
    private final UniqueIds ids;
    private final InstantSource clock;

    PolicyOperations(
            Directory directory,
            ManagedPolicies managed,
            Views views,
            Questions questions,
            UniqueIds ids,
            InstantSource clock) {
        this.directory = directory;
        this.managed = managed;
        this.views = views;
        this.questions = questions;
        this.ids = ids;
        this.clock = clock;
    }

    /** @throws AwsException {@code AccessDenied} for a policy made by AWS, which nobody else changes */
    static ManagedPolicy requireCustomers(ManagedPolicy policy) {
        if (policy.madeByAws()) {
            throw Faults.denied("Policy is outside your own account.");
        }
        return policy;
    }

    /** @throws AwsException {@code MalformedPolicyDocument}, {@code LimitExceeded} */
    static void requireDocument(String text) {
        Documents.managed(text);
        if (Documents.size(text) > MOST_CHARACTERS) {
            throw Faults.limit("Cannot exceed quota for PolicySize: " + MOST_CHARACTERS);
        }
    }

    void addTo(Ops ops) {
        ops.on(
                        CreatePolicyRequest.class,
                        CreatePolicyResponse.class,
                        (call, op, in) -> questions.create(call, op, "policy", in.path(), in.policyName(), in.tags()),
                        this::create)
                .on(
                        GetPolicyRequest.class,
                        GetPolicyResponse.class,
                        (call, op, in) -> questions.policy(call, op, in.policyArn(), Map.of()),
                        (call, in) -> GetPolicyResponse.builder()
                                .policy(views.full(call.account(), managed.get(call.account(), in.policyArn())))
                                .build())
                .change(
                        DeletePolicyRequest.class,
                        DeletePolicyResponse.class,
                        () -> DeletePolicyResponse.builder().build(),
                        (call, op, in) -> questions.policy(call, op, in.policyArn(), Map.of()),
                        this::delete)
                .on(
                        ListPoliciesRequest.class,
                        ListPoliciesResponse.class,
                        (call, op, in) -> questions.under(call, op, "policy", in.pathPrefix(), "", Map.of()),
                        this::list)
                .on(
                        ListEntitiesForPolicyRequest.class,
                        ListEntitiesForPolicyResponse.class,
                        (call, op, in) -> questions.policy(call, op, in.policyArn(), Map.of()),
                        this::entities);
    }

    private synchronized CreatePolicyResponse create(Call call, CreatePolicyRequest in) {
        requireDocument(in.policyDocument());
        List<ManagedPolicy> others = directory.policies(call.account());
        if (others.stream().anyMatch(other -> other.name().equalsIgnoreCase(in.policyName()))) {
            throw Faults.exists(
                    "A policy called " + in.policyName() + " already exists. Duplicate names are not allowed.");
        }
        if (others.size() >= MOST_PER_ACCOUNT) {
            throw Faults.limit("Cannot exceed quota for PoliciesPerAccount: " + MOST_PER_ACCOUNT);
        }
        ManagedPolicy policy = ManagedPolicy.first(
                        call.account(),
                        in.policyName(),
                        in.path() == null ? "/" : in.path(),
                        ids.entity("ANPA"),
                        clock.instant().getEpochSecond(),
                        in.description(),
                        in.policyDocument())
                .withTags(Tags.mergedByCase(Map.of(), in.tags()));
        directory.policies().put(policy.arn(), policy);
        return CreatePolicyResponse.builder()
                .policy(views.made(call.account(), policy))
                .build();
    }

    private void delete(Call call, DeletePolicyRequest in) {
        ManagedPolicy policy = requireCustomers(managed.get(call.account(), in.policyArn()));
        if (directory.uses(call.account(), policy.arn()) + directory.boundaryUses(call.account(), policy.arn()) > 0) {
            throw Faults.conflict("Cannot delete a policy attached to entities.");
        }
        if (policy.versions().size() > 1) {
            throw Faults.conflict(
                    "This policy has more than one version. Before you delete a policy, you must delete the"
                            + " policy's versions. The default version is deleted with the policy.");
        }
        directory.policies().remove(policy.arn());
    }

    private ListPoliciesResponse list(Call call, ListPoliciesRequest in) {
        List<ManagedPolicy> all = new ArrayList<>();
        if (in.scope() != PolicyScopeType.LOCAL) {
            all.addAll(AwsManaged.all());
        }
        if (in.scope() != PolicyScopeType.AWS) {
            all.addAll(directory.policies(call.account()));
        }
        String prefix = in.pathPrefix() == null ? "/" : in.pathPrefix();
        // Whoever asks for boundaries means policies that are some, also without OnlyAttached.
        boolean onlyUsed = Boolean.TRUE.equals(in.onlyAttached())
                || in.policyUsageFilter() == PolicyUsageType.PERMISSIONS_BOUNDARY;
        all.removeIf(policy -> !policy.path().startsWith(prefix) || (onlyUsed && !isUsed(call, in, policy)));
        Page<ManagedPolicy> page = Pages.of(all, ManagedPolicy::arn, in.marker(), in.maxItems());
        return ListPoliciesResponse.builder()
                .policies(page.items().stream()
                        .map(policy -> views.listed(call.account(), policy))
                        .toList())
                .isTruncated(page.hasNext())
                .marker(page.next())
                .build();
    }

    private boolean isUsed(Call call, ListPoliciesRequest in, ManagedPolicy policy) {
        return in.policyUsageFilter() == PolicyUsageType.PERMISSIONS_BOUNDARY
                ? directory.boundaryUses(call.account(), policy.arn()) > 0
                : directory.uses(call.account(), policy.arn()) > 0;
    }

    private ListEntitiesForPolicyResponse entities(Call call, ListEntitiesForPolicyRequest in) {
        String arn = managed.get(call.account(), in.policyArn()).arn();
        String prefix = in.pathPrefix() == null ? "/" : in.pathPrefix();
        List<Identity<?>> holders = directory
                .identities(call.account())
                .filter(identity -> identity.path().startsWith(prefix))
                .filter(identity -> uses(identity, arn, in.policyUsageFilter()))
                .filter(identity -> isOf(identity.kind(), in.entityFilter()))
                .toList();
        Page<Identity<?>> page = Pages.of(
                holders, identity -> identity.kind().word() + "/" + identity.name(), in.marker(), in.maxItems());
        return ListEntitiesForPolicyResponse.builder()
                .policyGroups(page.items().stream()
                        .filter(GroupRecord.class::isInstance)
                        .map(group -> PolicyGroup.builder()
                                .groupName(group.name())
                                .groupId(group.id())
                                .build())
                        .toList())
                .policyUsers(page.items().stream()
                        .filter(UserRecord.class::isInstance)
                        .map(user -> PolicyUser.builder()
                                .userName(user.name())
                                .userId(user.id())
                                .build())
                        .toList())
                .policyRoles(page.items().stream()
                        .filter(RoleRecord.class::isInstance)
                        .map(role -> PolicyRole.builder()
                                .roleName(role.name())
                                .roleId(role.id())
                                .build())
                        .toList())
                .isTruncated(page.hasNext())
                .marker(page.next())
                .build();
    }

    private static boolean uses(Identity<?> identity, String arn, @Nullable PolicyUsageType usage) {
        boolean attached = identity.policies().attached().contains(arn);
        boolean caps = arn.equals(identity.policies().boundary());
        if (usage == PolicyUsageType.PERMISSIONS_POLICY) {
            return attached;
        }
        return usage == PolicyUsageType.PERMISSIONS_BOUNDARY ? caps : attached || caps;
    }

    private static boolean isOf(Kind kind, @Nullable EntityType wanted) {
        if (wanted == null) {
            return true;
        }
        return switch (kind) {
            case USER -> wanted == EntityType.USER;
            case ROLE -> wanted == EntityType.ROLE;
            case GROUP -> wanted == EntityType.GROUP;
        };
    }
}
