package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.AddUserToGroupResponse;
import software.amazon.awssdk.services.iam.model.CreateGroupRequest;
import software.amazon.awssdk.services.iam.model.CreateGroupResponse;
import software.amazon.awssdk.services.iam.model.DeleteGroupRequest;
import software.amazon.awssdk.services.iam.model.DeleteGroupResponse;
import software.amazon.awssdk.services.iam.model.GetGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsResponse;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupRequest;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupResponse;
import software.amazon.awssdk.services.iam.model.UpdateGroupRequest;
import software.amazon.awssdk.services.iam.model.UpdateGroupResponse;

/** Groups and who is in them. */
final class GroupOperations {
    static final int MOST_PER_USER = 10;

    private final Directory directory;
    private final IdentityPolicies<GroupRecord> policies;
    private final Questions questions;
    private final UniqueIds ids;
    private final InstantSource clock;

    GroupOperations(
            Directory directory,
            IdentityPolicies<GroupRecord> policies,
            Questions questions,
            UniqueIds ids,
            InstantSource clock) {
        this.directory = directory;
        this.policies = policies;
        this.questions = questions;
        this.ids = ids;
        this.clock = clock;
    }

    void addTo(Ops ops) {
        ops.on(
                        CreateGroupRequest.class,
                        CreateGroupResponse.class,
                        (call, op, in) -> questions.under(call, op, "group", in.path(), in.groupName(), Map.of()),
                        this::create)
                .on(
                        GetGroupRequest.class,
                        GetGroupResponse.class,
                        (call, op, in) -> questions.about(directory.groups(), call, op, in.groupName()),
                        this::get)
                .change(
                        UpdateGroupRequest.class,
                        UpdateGroupResponse.class,
                        () -> UpdateGroupResponse.builder().build(),
                        (call, op, in) -> questions.rename(
                                directory.groups(), call, op, in.groupName(), in.newPath(), in.newGroupName()),
                        this::update)
                .change(
                        DeleteGroupRequest.class,
                        DeleteGroupResponse.class,
                        () -> DeleteGroupResponse.builder().build(),
                        (call, op, in) -> questions.about(directory.groups(), call, op, in.groupName()),
                        this::delete)
                .on(
                        ListGroupsRequest.class,
                        ListGroupsResponse.class,
                        (call, op, in) -> questions.under(call, op, "group", in.pathPrefix(), "", Map.of()),
                        this::list);
        addMembers(ops);
    }

    private void addMembers(Ops ops) {
        ops.change(
                        AddUserToGroupRequest.class,
                        AddUserToGroupResponse.class,
                        () -> AddUserToGroupResponse.builder().build(),
                        (call, op, in) -> questions.about(directory.groups(), call, op, in.groupName()),
                        this::addUser)
                .change(
                        RemoveUserFromGroupRequest.class,
                        RemoveUserFromGroupResponse.class,
                        () -> RemoveUserFromGroupResponse.builder().build(),
                        (call, op, in) -> questions.about(directory.groups(), call, op, in.groupName()),
                        this::removeUser)
                .on(
                        ListGroupsForUserRequest.class,
                        ListGroupsForUserResponse.class,
                        (call, op, in) -> questions.about(directory.users(), call, op, in.userName()),
                        this::listForUser);
    }

    private CreateGroupResponse create(Call call, CreateGroupRequest in) {
        GroupRecord group = new GroupRecord(
                call.account(),
                in.groupName(),
                in.path() == null ? "/" : in.path(),
                ids.entity("AGPA"),
                clock.instant().getEpochSecond(),
                PolicySet.NONE);
        directory.groups().add(group);
        return CreateGroupResponse.builder().group(Views.group(group)).build();
    }

    private GetGroupResponse get(Call call, GetGroupRequest in) {
        GroupRecord group = directory.groups().get(call.account(), in.groupName());
        Page<UserRecord> page = Pages.of(directory.members(group), UserRecord::name, in.marker(), in.maxItems());
        return GetGroupResponse.builder()
                .group(Views.group(group))
                .users(page.items().stream().map(Views::brief).toList())
                .isTruncated(page.hasNext())
                .marker(page.next())
                .build();
    }

    private void update(Call call, UpdateGroupRequest in) {
        GroupRecord group = directory.groups().get(call.account(), in.groupName());
        directory
                .groups()
                .rename(
                        group,
                        group.named(
                                in.newGroupName() == null ? group.name() : in.newGroupName(),
                                in.newPath() == null ? group.path() : in.newPath()));
    }

    private void delete(Call call, DeleteGroupRequest in) {
        GroupRecord group = directory.groups().get(call.account(), in.groupName());
        if (!directory.members(group).isEmpty()) {
            throw Faults.conflict("Cannot delete entity, must remove users from group first.");
        }
        policies.requireBare(group);
        directory.groups().remove(group);
    }

    private ListGroupsResponse list(Call call, ListGroupsRequest in) {
        String prefix = in.pathPrefix() == null ? "/" : in.pathPrefix();
        Page<GroupRecord> page = Pages.of(
                directory.groups().list(call.account()).stream()
                        .filter(group -> group.path().startsWith(prefix))
                        .toList(),
                GroupRecord::name,
                in.marker(),
                in.maxItems());
        return ListGroupsResponse.builder()
                .groups(page.items().stream().map(Views::group).toList())
                .isTruncated(page.hasNext())
                .marker(page.next())
                .build();
    }

    private void addUser(Call call, AddUserToGroupRequest in) {
        directory.users().get(call.account(), in.userName());
        GroupRecord group = directory.groups().get(call.account(), in.groupName());
        directory.users().change(call.account(), in.userName(), user -> {
            UserRecord changed = user.in(group);
            if (changed.groups().size() > MOST_PER_USER) {
                throw Faults.limit("Cannot exceed quota for GroupsPerUser: " + MOST_PER_USER);
            }
            return changed;
        });
    }

    /** Also when he is not in it. */
    private void removeUser(Call call, RemoveUserFromGroupRequest in) {
        directory.users().get(call.account(), in.userName());
        GroupRecord group = directory.groups().get(call.account(), in.groupName());
        directory.users().change(call.account(), in.userName(), user -> user.notIn(group));
    }

    private ListGroupsForUserResponse listForUser(Call call, ListGroupsForUserRequest in) {
        UserRecord user = directory.users().get(call.account(), in.userName());
        Page<GroupRecord> page = Pages.of(directory.groupsOf(user), GroupRecord::name, in.marker(), in.maxItems());
        return ListGroupsForUserResponse.builder()
                .groups(page.items().stream().map(Views::group).toList())
                .isTruncated(page.hasNext())
                .marker(page.next())
                .build();
    }
}
