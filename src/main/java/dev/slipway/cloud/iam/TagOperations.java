package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.ListInstanceProfileTagsRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfileTagsResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsResponse;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.ListUserTagsRequest;
import software.amazon.awssdk.services.iam.model.ListUserTagsResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.TagInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.TagPolicyResponse;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.TagUserRequest;
import software.amazon.awssdk.services.iam.model.TagUserResponse;
import software.amazon.awssdk.services.iam.model.UntagInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.UntagInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.UntagPolicyRequest;
import software.amazon.awssdk.services.iam.model.UntagPolicyResponse;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleResponse;
import software.amazon.awssdk.services.iam.model.UntagUserRequest;
import software.amazon.awssdk.services.iam.model.UntagUserResponse;

/** Tags of users, roles, managed policies and instance profiles. */
final class TagOperations {
    private final Directory directory;
    private final ManagedPolicies managed;
    private final Questions questions;

    TagOperations(Directory directory, ManagedPolicies managed, Questions questions) {
        this.directory = directory;
        this.managed = managed;
        this.questions = questions;
    }

    void addTo(Ops ops) {
        addUser(ops);
        addRole(ops);
        addPolicy(ops);
        addInstanceProfile(ops);
    }

    private void addUser(Ops ops) {
        ops.change(
                        TagUserRequest.class,
                        TagUserResponse.class,
                        () -> TagUserResponse.builder().build(),
                        (call, op, in) -> questions.about(
                                directory.users(), call, op, in.userName(), Questions.tagKeys(in.tags())),
                        (call, in) -> user(call, in.userName(), tags -> Tags.merged(tags, in.tags())))
                .change(
                        UntagUserRequest.class,
                        UntagUserResponse.class,
                        () -> UntagUserResponse.builder().build(),
                        (call, op, in) -> questions.about(
                                directory.users(), call, op, in.userName(), Map.of("aws:TagKeys", in.tagKeys())),
                        (call, in) -> user(call, in.userName(), tags -> Tags.without(tags, in.tagKeys())))
                .on(
                        ListUserTagsRequest.class,
                        ListUserTagsResponse.class,
                        (call, op, in) -> questions.about(directory.users(), call, op, in.userName(), Map.of()),
                        (call, in) -> {
                            Page<Tag> page = page(
                                    directory.users().get(call.account(), in.userName()), in.marker(), in.maxItems());
                            return ListUserTagsResponse.builder()
                                    .tags(page.items())
                                    .isTruncated(page.hasNext())
                                    .marker(page.next())
                                    .build();
                        });
    }

    private void addRole(Ops ops) {
        ops.change(
                        TagRoleRequest.class,
                        TagRoleResponse.class,
                        () -> TagRoleResponse.builder().build(),
                        (call, op, in) -> questions.about(
                                directory.roles(), call, op, in.roleName(), Questions.tagKeys(in.tags())),
                        (call, in) -> role(call, in.roleName(), tags -> Tags.merged(tags, in.tags())))
                .change(
                        UntagRoleRequest.class,
                        UntagRoleResponse.class,
                        () -> UntagRoleResponse.builder().build(),
                        (call, op, in) -> questions.about(
                                directory.roles(), call, op, in.roleName(), Map.of("aws:TagKeys", in.tagKeys())),
                        (call, in) -> role(call, in.roleName(), tags -> Tags.without(tags, in.tagKeys())))
                .on(
                        ListRoleTagsRequest.class,
                        ListRoleTagsResponse.class,
                        (call, op, in) -> questions.about(directory.roles(), call, op, in.roleName(), Map.of()),
                        (call, in) -> {
                            Page<Tag> page = page(
                                    directory.roles().get(call.account(), in.roleName()), in.marker(), in.maxItems());
                            return ListRoleTagsResponse.builder()
                                    .tags(page.items())
                                    .isTruncated(page.hasNext())
                                    .marker(page.next())
                                    .build();
                        });
    }

    private void addPolicy(Ops ops) {
        ops.change(
                        TagPolicyRequest.class,
                        TagPolicyResponse.class,
                        () -> TagPolicyResponse.builder().build(),
                        (call, op, in) -> questions.policy(call, op, in.policyArn(), Questions.tagKeys(in.tags())),
                        (call, in) -> policy(call, in.policyArn(), tags -> Tags.mergedByCase(tags, in.tags())))
                .change(
                        UntagPolicyRequest.class,
                        UntagPolicyResponse.class,
                        () -> UntagPolicyResponse.builder().build(),
                        (call, op, in) ->
                                questions.policy(call, op, in.policyArn(), Map.of("aws:TagKeys", in.tagKeys())),
                        (call, in) -> policy(call, in.policyArn(), tags -> Tags.withoutByCase(tags, in.tagKeys())))
                .on(
                        ListPolicyTagsRequest.class,
                        ListPolicyTagsResponse.class,
                        (call, op, in) -> questions.policy(call, op, in.policyArn(), Map.of()),
                        (call, in) -> {
                            Page<Tag> page =
                                    page(managed.get(call.account(), in.policyArn()), in.marker(), in.maxItems());
                            return ListPolicyTagsResponse.builder()
                                    .tags(page.items())
                                    .isTruncated(page.hasNext())
                                    .marker(page.next())
                                    .build();
                        });
    }

    private void addInstanceProfile(Ops ops) {
        ops.change(
                        TagInstanceProfileRequest.class,
                        TagInstanceProfileResponse.class,
                        () -> TagInstanceProfileResponse.builder().build(),
                        (call, op, in) ->
                                questions.profile(call, op, in.instanceProfileName(), Questions.tagKeys(in.tags())),
                        (call, in) ->
                                profile(call, in.instanceProfileName(), tags -> Tags.mergedByCase(tags, in.tags())))
                .change(
                        UntagInstanceProfileRequest.class,
                        UntagInstanceProfileResponse.class,
                        () -> UntagInstanceProfileResponse.builder().build(),
                        (call, op, in) -> questions.profile(
                                call, op, in.instanceProfileName(), Map.of("aws:TagKeys", in.tagKeys())),
                        (call, in) ->
                                profile(call, in.instanceProfileName(), tags -> Tags.withoutByCase(tags, in.tagKeys())))
                .on(
                        ListInstanceProfileTagsRequest.class,
                        ListInstanceProfileTagsResponse.class,
                        (call, op, in) -> questions.profile(call, op, in.instanceProfileName(), Map.of()),
                        (call, in) -> {
                            Page<Tag> page = page(
                                    InstanceProfileOperations.get(directory, call, in.instanceProfileName()),
                                    in.marker(),
                                    in.maxItems());
                            return ListInstanceProfileTagsResponse.builder()
                                    .tags(page.items())
                                    .isTruncated(page.hasNext())
                                    .marker(page.next())
                                    .build();
                        });
    }

    private void user(Call call, String name, UnaryOperator<Map<String, String>> change) {
        directory.users().change(call.account(), name, user -> user.withTags(change.apply(user.tags())));
    }

    private void role(Call call, String name, UnaryOperator<Map<String, String>> change) {
        directory.roles().change(call.account(), name, role -> {
            role.requireOurs();
            return role.withTags(change.apply(role.tags()));
        });
    }

    private void policy(Call call, String arn, UnaryOperator<Map<String, String>> change) {
        PolicyOperations.requireCustomers(managed.get(call.account(), arn));
        directory.policies().update(arn, policy -> policy.withTags(change.apply(policy.tags())));
    }

    private void profile(Call call, String name, UnaryOperator<Map<String, String>> change) {
        InstanceProfileOperations.get(directory, call, name);
        directory
                .profiles()
                .update(
                        InstanceProfileOperations.key(call.account(), name),
                        profile -> profile.withTags(change.apply(profile.tags())));
    }

    private static Page<Tag> page(Tagged<?> tagged, @Nullable String marker, @Nullable Integer most) {
        List<Tag> tags = Tags.shown(tagged.tags());
        return Pages.of(tags, Tag::key, marker, most);
    }
}
