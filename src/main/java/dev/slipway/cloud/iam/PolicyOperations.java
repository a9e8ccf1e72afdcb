package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

/** Managed policies. A customer's policy has one version, which never changes. */
final class PolicyOperations {
    static final String ONLY_VERSION = "v1";
    private static final int MOST = 6144;

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

    void addTo(AwsService.Builder service) {
        service.on(
                        "CreatePolicy",
                        CreatePolicyRequest.class,
                        CreatePolicyResponse.class,
                        (call, in) -> questions.under(
                                call,
                                "CreatePolicy",
                                "policy",
                                in.path(),
                                in.policyName(),
                                Questions.tagKeys(in.tags())),
                        this::create)
                .on(
                        "DeletePolicy",
                        DeletePolicyRequest.class,
                        DeletePolicyResponse.class,
                        (call, in) -> questions.ask(call, "DeletePolicy", in.policyArn(), Map.of()),
                        this::delete)
                .on(
                        "GetPolicy",
                        GetPolicyRequest.class,
                        GetPolicyResponse.class,
                        (call, in) -> questions.ask(call, "GetPolicy", in.policyArn(), Map.of()),
                        (call, in) -> GetPolicyResponse.builder()
                                .policy(views.policy(call.account(), managed.get(call.account(), in.policyArn())))
                                .build())
                .on(
                        "GetPolicyVersion",
                        GetPolicyVersionRequest.class,
                        GetPolicyVersionResponse.class,
                        (call, in) -> questions.ask(call, "GetPolicyVersion", in.policyArn(), Map.of()),
                        this::getVersion)
                .on(
                        "ListPolicyVersions",
                        ListPolicyVersionsRequest.class,
                        ListPolicyVersionsResponse.class,
                        (call, in) -> questions.ask(call, "ListPolicyVersions", in.policyArn(), Map.of()),
                        (call, in) -> ListPolicyVersionsResponse.builder()
                                .versions(version(managed.get(call.account(), in.policyArn())).toBuilder()
                                        .document(null)
                                        .build())
                                .isTruncated(false)
                                .build())
                .on(
                        "ListPolicies",
                        ListPoliciesRequest.class,
                        ListPoliciesResponse.class,
                        (call, in) -> questions.under(call, "ListPolicies", "policy", in.pathPrefix(), "", Map.of()),
                        this::list);
    }

    private CreatePolicyResponse create(Call call, CreatePolicyRequest in) {
        new Constraints()
                .name("policyName", in.policyName(), 128)
                .path(in.path())
                .check();
        Documents.identity(in.policyDocument());
        if (Documents.size(in.policyDocument()) > MOST) {
            throw Faults.limit("Cannot exceed quota for PolicySize: " + MOST);
        }
        ManagedPolicy policy = new ManagedPolicy(
                call.account(),
                in.policyName(),
                in.path() == null ? "/" : in.path(),
                ids.entity("ANPA"),
                clock.instant().getEpochSecond(),
                in.description(),
                in.policyDocument());
        boolean taken = directory.policies.values().stream()
                .anyMatch(other ->
                        other.owner().equals(policy.owner()) && other.name().equalsIgnoreCase(policy.name()));
        if (taken || !directory.policies.putIfAbsent(policy.arn(), policy)) {
            throw Faults.exists(
                    "A policy called " + policy.name() + " already exists. Duplicate names are not allowed.");
        }
        return CreatePolicyResponse.builder()
                .policy(views.policy(call.account(), policy))
                .build();
    }

    private DeletePolicyResponse delete(Call call, DeletePolicyRequest in) {
        ManagedPolicy policy = managed.get(call.account(), in.policyArn());
        if (policy.madeByAws()) {
            throw Faults.invalid("Policy " + in.policyArn() + " is made by AWS and cannot be deleted.");
        }
        if (directory.uses(call.account(), policy.arn()) + directory.boundaryUses(call.account(), policy.arn()) > 0) {
            throw Faults.conflict("Cannot delete a policy attached to entities.");
        }
        directory.policies.remove(policy.arn());
        return DeletePolicyResponse.builder().build();
    }

    private GetPolicyVersionResponse getVersion(Call call, GetPolicyVersionRequest in) {
        ManagedPolicy policy = managed.get(call.account(), in.policyArn());
        if (!in.versionId().equals(ONLY_VERSION)) {
            throw Faults.noSuch("Policy " + in.policyArn() + " version " + in.versionId()
                    + " does not exist or is not attachable.");
        }
        return GetPolicyVersionResponse.builder().policyVersion(version(policy)).build();
    }

    private static PolicyVersion version(ManagedPolicy policy) {
        return PolicyVersion.builder()
                .document(Documents.encoded(policy.document()))
                .versionId(ONLY_VERSION)
                .isDefaultVersion(true)
                .createDate(Instant.ofEpochSecond(policy.created()))
                .build();
    }

    private ListPoliciesResponse list(Call call, ListPoliciesRequest in) {
        List<ManagedPolicy> all = new ArrayList<>();
        if (in.scope() != PolicyScopeType.LOCAL) {
            all.addAll(AwsManaged.all());
        }
        if (in.scope() != PolicyScopeType.AWS) {
            directory.policies.values().stream()
                    .filter(policy -> policy.owner().equals(call.account()))
                    .forEach(all::add);
        }
        String prefix = in.pathPrefix() == null ? "/" : in.pathPrefix();
        all.removeIf(policy -> !policy.path().startsWith(prefix)
                || (Boolean.TRUE.equals(in.onlyAttached()) && directory.uses(call.account(), policy.arn()) == 0));
        Page<ManagedPolicy> page = Page.of(all, ManagedPolicy::arn, in.marker(), in.maxItems());
        return ListPoliciesResponse.builder()
                .policies(page.items().stream()
                        .map(policy -> views.policy(call.account(), policy))
                        .toList())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build();
    }
}
