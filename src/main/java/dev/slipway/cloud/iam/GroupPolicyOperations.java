package dev.slipway.cloud.iam;

import software.amazon.awssdk.services.iam.model.AttachGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.DetachGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutGroupPolicyResponse;

/** IAM's operations on the policies of a group. */
final class GroupPolicyOperations {
    private final Register<GroupRecord> groups;
    private final IdentityPolicies<GroupRecord> policies;
    private final Questions questions;

    GroupPolicyOperations(Register<GroupRecord> groups, IdentityPolicies<GroupRecord> policies, Questions questions) {
        this.groups = groups;
        this.policies = policies;
        this.questions = questions;
    }

    void addTo(Ops ops) {
        addInline(ops);
        addAttached(ops);
    }

    private void addInline(Ops ops) {
        ops.change(
                        PutGroupPolicyRequest.class,
                        PutGroupPolicyResponse.class,
                        () -> PutGroupPolicyResponse.builder().build(),
                        (call, op, in) -> questions.about(groups, call, op, in.groupName()),
                        (call, in) -> policies.put(call, in.groupName(), in.policyName(), in.policyDocument()))
                .on(
                        GetGroupPolicyRequest.class,
                        GetGroupPolicyResponse.class,
                        (call, op, in) -> questions.about(groups, call, op, in.groupName()),
                        (call, in) -> GetGroupPolicyResponse.builder()
                                .groupName(in.groupName())
                                .policyName(in.policyName())
                                .policyDocument(policies.get(call, in.groupName(), in.policyName()))
                                .build())
                .change(
                        DeleteGroupPolicyRequest.class,
                        DeleteGroupPolicyResponse.class,
                        () -> DeleteGroupPolicyResponse.builder().build(),
                        (call, op, in) -> questions.about(groups, call, op, in.groupName()),
                        (call, in) -> policies.delete(call, in.groupName(), in.policyName()))
                .on(
                        ListGroupPoliciesRequest.class,
                        ListGroupPoliciesResponse.class,
                        (call, op, in) -> questions.about(groups, call, op, in.groupName()),
                        (call, in) -> {
                            var page = policies.inline(call, in.groupName(), in.marker(), in.maxItems());
                            return ListGroupPoliciesResponse.builder()
                                    .policyNames(page.items())
                                    .isTruncated(page.hasNext())
                                    .marker(page.next())
                                    .build();
                        });
    }

    private void addAttached(Ops ops) {
        ops.change(
                        AttachGroupPolicyRequest.class,
                        AttachGroupPolicyResponse.class,
                        () -> AttachGroupPolicyResponse.builder().build(),
                        (call, op, in) ->
                                questions.about(groups, call, op, in.groupName(), Questions.policyKey(in.policyArn())),
                        (call, in) -> policies.attach(call, in.groupName(), in.policyArn()))
                .change(
                        DetachGroupPolicyRequest.class,
                        DetachGroupPolicyResponse.class,
                        () -> DetachGroupPolicyResponse.builder().build(),
                        (call, op, in) ->
                                questions.about(groups, call, op, in.groupName(), Questions.policyKey(in.policyArn())),
                        (call, in) -> policies.detach(call, in.groupName(), in.policyArn()))
                .on(
                        ListAttachedGroupPoliciesRequest.class,
                        ListAttachedGroupPoliciesResponse.class,
                        (call, op, in) -> questions.about(groups, call, op, in.groupName()),
                        (call, in) -> {
                            var page = policies.attached(
                                    call, in.groupName(), in.pathPrefix(), in.marker(), in.maxItems());
                            return ListAttachedGroupPoliciesResponse.builder()
                                    .attachedPolicies(page.items())
                                    .isTruncated(page.hasNext())
                                    .marker(page.next())
                                    .build();
                        });
    }
}
