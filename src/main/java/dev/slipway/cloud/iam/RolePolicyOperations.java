package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
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

/** The policies of a role: inline, attached, and the boundary. */
final class RolePolicyOperations {
    private final Directory directory;
    private final PolicyBook book;
    private final Questions questions;

    RolePolicyOperations(Directory directory, PolicyBook book, Questions questions) {
        this.directory = directory;
        this.book = book;
        this.questions = questions;
    }

    void addTo(AwsService.Builder service) {
        addInline(service);
        addAttached(service);
        addBoundary(service);
    }

    private void addInline(AwsService.Builder service) {
        service.on(
                        "PutRolePolicy",
                        PutRolePolicyRequest.class,
                        PutRolePolicyResponse.class,
                        (call, in) -> questions.role(call, "PutRolePolicy", in.roleName()),
                        (call, in) -> {
                            change(call.account(), in.roleName(), book.put(in.policyName(), in.policyDocument()));
                            return PutRolePolicyResponse.builder().build();
                        })
                .on(
                        "GetRolePolicy",
                        GetRolePolicyRequest.class,
                        GetRolePolicyResponse.class,
                        (call, in) -> questions.role(call, "GetRolePolicy", in.roleName()),
                        (call, in) -> GetRolePolicyResponse.builder()
                                .roleName(in.roleName())
                                .policyName(in.policyName())
                                .policyDocument(Documents.encoded(
                                        book.get(directory.role(call.account(), in.roleName()), in.policyName())))
                                .build())
                .on(
                        "DeleteRolePolicy",
                        DeleteRolePolicyRequest.class,
                        DeleteRolePolicyResponse.class,
                        (call, in) -> questions.role(call, "DeleteRolePolicy", in.roleName()),
                        (call, in) -> {
                            change(call.account(), in.roleName(), book.delete(in.policyName()));
                            return DeleteRolePolicyResponse.builder().build();
                        })
                .on(
                        "ListRolePolicies",
                        ListRolePoliciesRequest.class,
                        ListRolePoliciesResponse.class,
                        (call, in) -> questions.role(call, "ListRolePolicies", in.roleName()),
                        this::listInline);
    }

    private void addAttached(AwsService.Builder service) {
        service.on(
                        "AttachRolePolicy",
                        AttachRolePolicyRequest.class,
                        AttachRolePolicyResponse.class,
                        (call, in) ->
                                questions.role(call, "AttachRolePolicy", in.roleName(), policyKey(in.policyArn())),
                        (call, in) -> {
                            change(call.account(), in.roleName(), book.attach(in.policyArn()));
                            return AttachRolePolicyResponse.builder().build();
                        })
                .on(
                        "DetachRolePolicy",
                        DetachRolePolicyRequest.class,
                        DetachRolePolicyResponse.class,
                        (call, in) ->
                                questions.role(call, "DetachRolePolicy", in.roleName(), policyKey(in.policyArn())),
                        (call, in) -> {
                            change(call.account(), in.roleName(), book.detach(in.policyArn()));
                            return DetachRolePolicyResponse.builder().build();
                        })
                .on(
                        "ListAttachedRolePolicies",
                        ListAttachedRolePoliciesRequest.class,
                        ListAttachedRolePoliciesResponse.class,
                        (call, in) -> questions.role(call, "ListAttachedRolePolicies", in.roleName()),
                        this::listAttached);
    }

    private void addBoundary(AwsService.Builder service) {
        service.on(
                        "PutRolePermissionsBoundary",
                        PutRolePermissionsBoundaryRequest.class,
                        PutRolePermissionsBoundaryResponse.class,
                        (call, in) -> questions.role(
                                call,
                                "PutRolePermissionsBoundary",
                                in.roleName(),
                                Map.of("iam:PermissionsBoundary", List.of(in.permissionsBoundary()))),
                        (call, in) -> {
                            change(call.account(), in.roleName(), book.limit(in.permissionsBoundary()));
                            return PutRolePermissionsBoundaryResponse.builder().build();
                        })
                .on(
                        "DeleteRolePermissionsBoundary",
                        DeleteRolePermissionsBoundaryRequest.class,
                        DeleteRolePermissionsBoundaryResponse.class,
                        (call, in) -> questions.role(call, "DeleteRolePermissionsBoundary", in.roleName()),
                        (call, in) -> {
                            change(call.account(), in.roleName(), book.unlimit());
                            return DeleteRolePermissionsBoundaryResponse.builder()
                                    .build();
                        });
    }

    private void change(String account, String name, UnaryOperator<RoleRecord> change) {
        directory.changeRole(account, name, role -> {
            RoleOperations.requireOurs(role);
            return change.apply(role);
        });
    }

    private ListRolePoliciesResponse listInline(Call call, ListRolePoliciesRequest in) {
        PolicySet policies = directory.role(call.account(), in.roleName()).policies();
        Page<String> page = Page.of(List.copyOf(policies.inline().keySet()), name -> name, in.marker(), in.maxItems());
        return ListRolePoliciesResponse.builder()
                .policyNames(page.items())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build();
    }

    private ListAttachedRolePoliciesResponse listAttached(Call call, ListAttachedRolePoliciesRequest in) {
        PolicySet policies = directory.role(call.account(), in.roleName()).policies();
        Page<String> page = Page.of(policies.attached(), arn -> arn, in.marker(), in.maxItems());
        return ListAttachedRolePoliciesResponse.builder()
                .attachedPolicies(page.items().stream().map(Views::attached).toList())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build();
    }

    private static Map<String, List<String>> policyKey(String arn) {
        return Map.of("iam:PolicyARN", List.of(arn));
    }
}
