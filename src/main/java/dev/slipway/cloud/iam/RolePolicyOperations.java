package dev.slipway.cloud.iam;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;

/** IAM's operations on the policies of a role. */
final class RolePolicyOperations {
    private final Register<RoleRecord> roles;
    private final IdentityPolicies<RoleRecord> policies;
    private final Questions questions;

    RolePolicyOperations(Register<RoleRecord> roles, IdentityPolicies<RoleRecord> policies, Questions questions) {
        this.roles = roles;
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
                        PutRolePolicyRequest.class,
                        PutRolePolicyResponse.class,
                        () -> PutRolePolicyResponse.builder().build(),
                        (call, op, in) -> questions.about(roles, call, op, in.roleName()),
                        (call, in) -> policies.put(call, in.roleName(), in.policyName(), in.policyDocument()))
                .on(
                        GetRolePolicyRequest.class,
                        GetRolePolicyResponse.class,
                        (call, op, in) -> questions.about(roles, call, op, in.roleName()),
                        (call, in) -> GetRolePolicyResponse.builder()
                                .roleName(in.roleName())
                                .policyName(in.policyName())
                                .policyDocument(policies.get(call, in.roleName(), in.policyName()))
                                .build())
                .change(
                        DeleteRolePolicyRequest.class,
                        DeleteRolePolicyResponse.class,
                        () -> DeleteRolePolicyResponse.builder().build(),
                        (call, op, in) -> questions.about(roles, call, op, in.roleName()),
                        (call, in) -> policies.delete(call, in.roleName(), in.policyName()))
                .on(
                        ListRolePoliciesRequest.class,
                        ListRolePoliciesResponse.class,
                        (call, op, in) -> questions.about(roles, call, op, in.roleName()),
                        (call, in) -> {
                            var page = policies.inline(call, in.roleName(), in.marker(), in.maxItems());
                            return ListRolePoliciesResponse.builder()
                                    .policyNames(page.items())
                                    .isTruncated(page.hasNext())
                                    .marker(page.next())
                                    .build();
                        });
    }

    private void addAttached(Ops ops) {
        ops.change(
                        AttachRolePolicyRequest.class,
                        AttachRolePolicyResponse.class,
                        () -> AttachRolePolicyResponse.builder().build(),
                        (call, op, in) ->
                                questions.about(roles, call, op, in.roleName(), Questions.policyKey(in.policyArn())),
                        (call, in) -> policies.attach(call, in.roleName(), in.policyArn()))
                .change(
                        DetachRolePolicyRequest.class,
                        DetachRolePolicyResponse.class,
                        () -> DetachRolePolicyResponse.builder().build(),
                        (call, op, in) ->
                                questions.about(roles, call, op, in.roleName(), Questions.policyKey(in.policyArn())),
                        (call, in) -> policies.detach(call, in.roleName(), in.policyArn()))
                .on(
                        ListAttachedRolePoliciesRequest.class,
                        ListAttachedRolePoliciesResponse.class,
                        (call, op, in) -> questions.about(roles, call, op, in.roleName()),
                        (call, in) -> {
                            var page =
                                    policies.attached(call, in.roleName(), in.pathPrefix(), in.marker(), in.maxItems());
                            return ListAttachedRolePoliciesResponse.builder()
                                    .attachedPolicies(page.items())
                                    .isTruncated(page.hasNext())
                                    .marker(page.next())
                                    .build();
                        });
    }

    private void addBoundary(Ops ops) {
        ops.change(
                        PutRolePermissionsBoundaryRequest.class,
                        PutRolePermissionsBoundaryResponse.class,
                        () -> PutRolePermissionsBoundaryResponse.builder().build(),
                        (call, op, in) -> questions.about(
                                roles,
                                call,
                                op,
                                in.roleName(),
                                Map.of("iam:PermissionsBoundary", List.of(in.permissionsBoundary()))),
                        (call, in) -> policies.limit(call, in.roleName(), in.permissionsBoundary()))
                .change(
                        DeleteRolePermissionsBoundaryRequest.class,
                        DeleteRolePermissionsBoundaryResponse.class,
                        () -> DeleteRolePermissionsBoundaryResponse.builder().build(),
                        (call, op, in) -> questions.about(roles, call, op, in.roleName()),
                        (call, in) -> policies.unlimit(call, in.roleName()));
    }
}
