package dev.slipway.cloud.iam;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.DetachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.PutUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutUserPolicyResponse;

/** IAM's operations on the policies of a user. */
final class UserPolicyOperations {
    private final Register<UserRecord> users;
    private final IdentityPolicies<UserRecord> policies;
    private final Questions questions;

    UserPolicyOperations(Register<UserRecord> users, IdentityPolicies<UserRecord> policies, Questions questions) {
        this.users = users;
        this.policies = policies;
        this.questions = questions;
    }

    void addTo(Ops ops) {
        addInline(ops);
        addAttached(ops);
        addBoundary(ops);
    }

    private void addInline(Ops ops) {
        ops.change(
                        PutUserPolicyRequest.class,
                        PutUserPolicyResponse.class,
                        () -> PutUserPolicyResponse.builder().build(),
                        (call, op, in) -> questions.about(users, call, op, in.userName()),
                        (call, in) -> policies.put(call, in.userName(), in.policyName(), in.policyDocument()))
                .on(
                        GetUserPolicyRequest.class,
                        GetUserPolicyResponse.class,
                        (call, op, in) -> questions.about(users, call, op, in.userName()),
                        (call, in) -> GetUserPolicyResponse.builder()
                                .userName(in.userName())
                                .policyName(in.policyName())
                                .policyDocument(policies.get(call, in.userName(), in.policyName()))
                                .build())
                .change(
                        DeleteUserPolicyRequest.class,
                        DeleteUserPolicyResponse.class,
                        () -> DeleteUserPolicyResponse.builder().build(),
                        (call, op, in) -> questions.about(users, call, op, in.userName()),
                        (call, in) -> policies.delete(call, in.userName(), in.policyName()))
                .on(
                        ListUserPoliciesRequest.class,
                        ListUserPoliciesResponse.class,
                        (call, op, in) -> questions.about(users, call, op, in.userName()),
                        (call, in) -> {
                            var page = policies.inline(call, in.userName(), in.marker(), in.maxItems());
                            return ListUserPoliciesResponse.builder()
                                    .policyNames(page.items())
                                    .isTruncated(page.hasNext())
                                    .marker(page.next())
                                    .build();
                        });
    }

    private void addAttached(Ops ops) {
        ops.change(
                        AttachUserPolicyRequest.class,
                        AttachUserPolicyResponse.class,
                        () -> AttachUserPolicyResponse.builder().build(),
                        (call, op, in) ->
                                questions.about(users, call, op, in.userName(), Questions.policyKey(in.policyArn())),
                        (call, in) -> policies.attach(call, in.userName(), in.policyArn()))
                .change(
                        DetachUserPolicyRequest.class,
                        DetachUserPolicyResponse.class,
                        () -> DetachUserPolicyResponse.builder().build(),
                        (call, op, in) ->
                                questions.about(users, call, op, in.userName(), Questions.policyKey(in.policyArn())),
                        (call, in) -> policies.detach(call, in.userName(), in.policyArn()))
                .on(
                        ListAttachedUserPoliciesRequest.class,
                        ListAttachedUserPoliciesResponse.class,
                        (call, op, in) -> questions.about(users, call, op, in.userName()),
                        (call, in) -> {
                            var page =
                                    policies.attached(call, in.userName(), in.pathPrefix(), in.marker(), in.maxItems());
                            return ListAttachedUserPoliciesResponse.builder()
                                    .attachedPolicies(page.items())
                                    .isTruncated(page.hasNext())
                                    .marker(page.next())
                                    .build();
                        });
    }

    private void addBoundary(Ops ops) {
        ops.change(
                        PutUserPermissionsBoundaryRequest.class,
                        PutUserPermissionsBoundaryResponse.class,
                        () -> PutUserPermissionsBoundaryResponse.builder().build(),
                        (call, op, in) -> questions.about(
                                users,
                                call,
                                op,
                                in.userName(),
                                Map.of("iam:PermissionsBoundary", List.of(in.permissionsBoundary()))),
                        (call, in) -> policies.limit(call, in.userName(), in.permissionsBoundary()))
                .change(
                        DeleteUserPermissionsBoundaryRequest.class,
                        DeleteUserPermissionsBoundaryResponse.class,
                        () -> DeleteUserPermissionsBoundaryResponse.builder().build(),
                        (call, op, in) -> questions.about(users, call, op, in.userName()),
                        (call, in) -> policies.unlimit(call, in.userName()));
    }
}
