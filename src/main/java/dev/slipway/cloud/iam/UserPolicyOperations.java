package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
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

/** The policies of a user: inline, attached, and the boundary. */
final class UserPolicyOperations {
    private final Directory directory;
    private final PolicyBook book;
    private final Questions questions;

    UserPolicyOperations(Directory directory, PolicyBook book, Questions questions) {
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
                        "PutUserPolicy",
                        PutUserPolicyRequest.class,
                        PutUserPolicyResponse.class,
                        (call, in) -> questions.user(call, "PutUserPolicy", in.userName()),
                        (call, in) -> {
                            directory.changeUser(
                                    call.account(), in.userName(), book.put(in.policyName(), in.policyDocument()));
                            return PutUserPolicyResponse.builder().build();
                        })
                .on(
                        "GetUserPolicy",
                        GetUserPolicyRequest.class,
                        GetUserPolicyResponse.class,
                        (call, in) -> questions.user(call, "GetUserPolicy", in.userName()),
                        (call, in) -> GetUserPolicyResponse.builder()
                                .userName(in.userName())
                                .policyName(in.policyName())
                                .policyDocument(Documents.encoded(
                                        book.get(directory.user(call.account(), in.userName()), in.policyName())))
                                .build())
                .on(
                        "DeleteUserPolicy",
                        DeleteUserPolicyRequest.class,
                        DeleteUserPolicyResponse.class,
                        (call, in) -> questions.user(call, "DeleteUserPolicy", in.userName()),
                        (call, in) -> {
                            directory.changeUser(call.account(), in.userName(), book.delete(in.policyName()));
                            return DeleteUserPolicyResponse.builder().build();
                        })
                .on(
                        "ListUserPolicies",
                        ListUserPoliciesRequest.class,
                        ListUserPoliciesResponse.class,
                        (call, in) -> questions.user(call, "ListUserPolicies", in.userName()),
                        this::listInline);
    }

    private void addAttached(AwsService.Builder service) {
        service.on(
                        "AttachUserPolicy",
                        AttachUserPolicyRequest.class,
                        AttachUserPolicyResponse.class,
                        (call, in) ->
                                questions.user(call, "AttachUserPolicy", in.userName(), policyKey(in.policyArn())),
                        (call, in) -> {
                            directory.changeUser(call.account(), in.userName(), book.attach(in.policyArn()));
                            return AttachUserPolicyResponse.builder().build();
                        })
                .on(
                        "DetachUserPolicy",
                        DetachUserPolicyRequest.class,
                        DetachUserPolicyResponse.class,
                        (call, in) ->
                                questions.user(call, "DetachUserPolicy", in.userName(), policyKey(in.policyArn())),
                        (call, in) -> {
                            directory.changeUser(call.account(), in.userName(), book.detach(in.policyArn()));
                            return DetachUserPolicyResponse.builder().build();
                        })
                .on(
                        "ListAttachedUserPolicies",
                        ListAttachedUserPoliciesRequest.class,
                        ListAttachedUserPoliciesResponse.class,
                        (call, in) -> questions.user(call, "ListAttachedUserPolicies", in.userName()),
                        this::listAttached);
    }

    private void addBoundary(AwsService.Builder service) {
        service.on(
                        "PutUserPermissionsBoundary",
                        PutUserPermissionsBoundaryRequest.class,
                        PutUserPermissionsBoundaryResponse.class,
                        (call, in) -> questions.user(
                                call,
                                "PutUserPermissionsBoundary",
                                in.userName(),
                                Map.of("iam:PermissionsBoundary", List.of(in.permissionsBoundary()))),
                        (call, in) -> {
                            directory.changeUser(call.account(), in.userName(), book.limit(in.permissionsBoundary()));
                            return PutUserPermissionsBoundaryResponse.builder().build();
                        })
                .on(
                        "DeleteUserPermissionsBoundary",
                        DeleteUserPermissionsBoundaryRequest.class,
                        DeleteUserPermissionsBoundaryResponse.class,
                        (call, in) -> questions.user(call, "DeleteUserPermissionsBoundary", in.userName()),
                        (call, in) -> {
                            directory.changeUser(call.account(), in.userName(), book.unlimit());
                            return DeleteUserPermissionsBoundaryResponse.builder()
                                    .build();
                        });
    }

    private ListUserPoliciesResponse listInline(Call call, ListUserPoliciesRequest in) {
        PolicySet policies = directory.user(call.account(), in.userName()).policies();
        Page<String> page = Page.of(List.copyOf(policies.inline().keySet()), name -> name, in.marker(), in.maxItems());
        return ListUserPoliciesResponse.builder()
                .policyNames(page.items())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build();
    }

    private ListAttachedUserPoliciesResponse listAttached(Call call, ListAttachedUserPoliciesRequest in) {
        PolicySet policies = directory.user(call.account(), in.userName()).policies();
        Page<String> page = Page.of(policies.attached(), arn -> arn, in.marker(), in.maxItems());
        return ListAttachedUserPoliciesResponse.builder()
                .attachedPolicies(page.items().stream().map(Views::attached).toList())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build();
    }

    private static Map<String, List<String>> policyKey(String arn) {
        return Map.of("iam:PolicyARN", List.of(arn));
    }
}
