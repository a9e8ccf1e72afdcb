package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionResponse;

/** The versions of managed policies; one of them counts. */
final class PolicyVersionOperations {
    static final int MOST = 5;

    private final Directory directory;
    private final ManagedPolicies managed;
    private final Questions questions;
    private final InstantSource clock;

    PolicyVersionOperations(Directory directory, ManagedPolicies managed, Questions questions, InstantSource clock) {
        this.directory = directory;
        this.managed = managed;
        this.questions = questions;
        this.clock = clock;
    }

    void addTo(Ops ops) {
        ops.on(
                        CreatePolicyVersionRequest.class,
                        CreatePolicyVersionResponse.class,
                        (call, op, in) -> questions.policy(call, op, in.policyArn(), Map.of()),
                        this::create)
                .on(
                        GetPolicyVersionRequest.class,
                        GetPolicyVersionResponse.class,
                        (call, op, in) -> questions.policy(call, op, in.policyArn(), Map.of()),
                        (call, in) -> {
                            ManagedPolicy policy = holding(call, in.policyArn(), in.versionId());
                            return GetPolicyVersionResponse.builder()
                                    .policyVersion(Views.version(policy, version(policy, in.versionId())))
                                    .build();
                        })
                .on(
                        ListPolicyVersionsRequest.class,
                        ListPolicyVersionsResponse.class,
                        (call, op, in) -> questions.policy(call, op, in.policyArn(), Map.of()),
                        this::list)
                .change(
                        DeletePolicyVersionRequest.class,
                        DeletePolicyVersionResponse.class,
                        () -> DeletePolicyVersionResponse.builder().build(),
                        (call, op, in) -> questions.policy(call, op, in.policyArn(), Map.of()),
                        this::delete)
                .change(
                        SetDefaultPolicyVersionRequest.class,
                        SetDefaultPolicyVersionResponse.class,
                        () -> SetDefaultPolicyVersionResponse.builder().build(),
                        (call, op, in) -> questions.policy(call, op, in.policyArn(), Map.of()),
                        this::setDefault);
    }

    private CreatePolicyVersionResponse create(Call call, CreatePolicyVersionRequest in) {
        PolicyOperations.requireDocument(in.policyDocument());
        ManagedPolicy changed = change(call, in.policyArn(), policy -> {
            if (policy.versions().size() >= MOST) {
                throw Faults.limit("A managed policy can have up to " + MOST
                        + " versions. Before you create a new version, you must delete an existing version.");
            }
            return policy.withVersion(in.policyDocument(), now(), Boolean.TRUE.equals(in.setAsDefault()));
        });
        PolicyVersion made = Views.version(changed, version(changed, "v" + changed.last()));
        return CreatePolicyVersionResponse.builder()
                .policyVersion(made.toBuilder().document(null).build())
                .build();
    }

    private ListPolicyVersionsResponse list(Call call, ListPolicyVersionsRequest in) {
        ManagedPolicy policy = managed.get(call.account(), in.policyArn());
        // Newest first, as AWS lists them; the numbers have no leading zeros.
        Page<ManagedPolicy.Version> page = Pages.of(
                policy.versions(),
                version -> String.format(
                        "%09d", 999_999_999 - Integer.parseInt(version.id().substring(1))),
                in.marker(),
                in.maxItems());
        return ListPolicyVersionsResponse.builder()
                .versions(page.items().stream()
                        .map(version -> Views.version(policy, version).toBuilder()
                                .document(null)
                                .build())
                        .toList())
                .isTruncated(page.hasNext())
                .marker(page.next())
                .build();
    }

    private void delete(Call call, DeletePolicyVersionRequest in) {
        holding(call, in.policyArn(), in.versionId());
        change(call, in.policyArn(), policy -> {
            version(policy, in.versionId());
            if (policy.current().equals(in.versionId())) {
                throw Faults.conflict("Cannot delete the default version of a policy.");
            }
            return policy.withoutVersion(in.versionId(), now());
        });
    }

    private void setDefault(Call call, SetDefaultPolicyVersionRequest in) {
        holding(call, in.policyArn(), in.versionId());
        change(call, in.policyArn(), policy -> {
            version(policy, in.versionId());
            return policy.counting(in.versionId(), now());
        });
    }

    private ManagedPolicy change(Call call, String arn, UnaryOperator<ManagedPolicy> change) {
        PolicyOperations.requireCustomers(managed.get(call.account(), arn));
        return directory.policies().update(arn, change).orElseThrow(() -> Faults.noPolicy(arn));
    }

    /** @throws AwsException {@code NoSuchEntity}, the same for a policy that is not there as for a version */
    private ManagedPolicy holding(Call call, String arn, String version) {
        ManagedPolicy policy = managed.find(call.account(), ManagedPolicies.requireArn(arn))
                .orElseThrow(() -> noVersion(arn, version));
        version(policy, version);
        return policy;
    }

    private static ManagedPolicy.Version version(ManagedPolicy policy, String id) {
        return policy.version(id).orElseThrow(() -> noVersion(policy.arn(), id));
    }

    private static AwsException noVersion(String arn, String id) {
        return Faults.noSuch("Policy " + arn + " version " + id + " does not exist or is not attachable.");
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
