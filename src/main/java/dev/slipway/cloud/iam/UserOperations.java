package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.cloud.wire.Page;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserResponse;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;
import software.amazon.awssdk.services.iam.model.UpdateUserRequest;
import software.amazon.awssdk.services.iam.model.UpdateUserResponse;
import software.amazon.awssdk.services.iam.model.User;

/** Users. */
final class UserOperations {
    private final Directory directory;
    private final IdentityPolicies<UserRecord> policies;
    private final ManagedPolicies managed;
    private final Questions questions;
    private final UniqueIds ids;
    private final InstantSource clock;

    UserOperations(
            Directory directory,
            IdentityPolicies<UserRecord> policies,
            ManagedPolicies managed,
            Questions questions,
            UniqueIds ids,
            InstantSource clock) {
        this.directory = directory;
        this.policies = policies;
        this.managed = managed;
        this.questions = questions;
        this.ids = ids;
        this.clock = clock;
    }

    void addTo(Ops ops) {
        ops.on(
                        CreateUserRequest.class,
                        CreateUserResponse.class,
                        (call, op, in) -> questions.create(
                                call,
                                op,
                                "user",
                                in.path(),
                                in.userName(),
                                in.tags(),
                                Questions.with(Map.of(), "iam:PermissionsBoundary", in.permissionsBoundary())),
                        this::create)
                .on(
                        GetUserRequest.class,
                        GetUserResponse.class,
                        (call, op, in) -> questions.user(call, op, in.userName()),
                        this::get)
                .change(
                        UpdateUserRequest.class,
                        UpdateUserResponse.class,
                        () -> UpdateUserResponse.builder().build(),
                        (call, op, in) -> questions.rename(
                                directory.users(), call, op, in.userName(), in.newPath(), in.newUserName()),
                        this::update)
                .change(
                        DeleteUserRequest.class,
                        DeleteUserResponse.class,
                        () -> DeleteUserResponse.builder().build(),
                        (call, op, in) -> questions.about(directory.users(), call, op, in.userName()),
                        this::delete)
                .on(
                        ListUsersRequest.class,
                        ListUsersResponse.class,
                        (call, op, in) -> questions.under(call, op, "user", in.pathPrefix(), "", Map.of()),
                        this::list);
    }

    /** The user that a request without a name means. */
    static String nameOrSelf(Caller caller, @Nullable String name) {
        if (name != null) {
            return name;
        }
        if (!caller.arn().contains(":user/")) {
            throw Faults.validation("Must specify userName when calling with non-User credentials");
        }
        return caller.arn().substring(caller.arn().lastIndexOf('/') + 1);
    }

    private CreateUserResponse create(Call call, CreateUserRequest in) {
        UserRecord user = new UserRecord(
                call.account(),
                in.userName(),
                in.path() == null ? "/" : in.path(),
                ids.entity("AIDA"),
                clock.instant().getEpochSecond(),
                Tags.merged(Map.of(), in.tags()),
                PolicySet.NONE.withBoundary(in.permissionsBoundary()),
                List.of());
        if (in.permissionsBoundary() != null) {
            managed.requireBoundary(call.account(), in.permissionsBoundary());
        }
        directory.users().add(user);
        return CreateUserResponse.builder().user(Views.full(user)).build();
    }

    private GetUserResponse get(Call call, GetUserRequest in) {
        if (in.userName() == null && call.caller().isRoot()) {
            return GetUserResponse.builder()
                    .user(User.builder()
                            .path("/")
                            .userId(call.account())
                            .arn(call.caller().arn())
                            .createDate(clock.instant())
                            .build())
                    .build();
        }
        UserRecord user = directory.users().get(call.account(), nameOrSelf(call.caller(), in.userName()));
        return GetUserResponse.builder().user(Views.full(user)).build();
    }

    private void update(Call call, UpdateUserRequest in) {
        UserRecord user = directory.users().get(call.account(), in.userName());
        UserRecord renamed = user.named(
                in.newUserName() == null ? user.name() : in.newUserName(),
                in.newPath() == null ? user.path() : in.newPath());
        directory.users().rename(user, renamed);
        directory.keysOf(user).forEach(key -> directory.keys().update(key.id(), old -> old.of(renamed.name())));
    }

    private void delete(Call call, DeleteUserRequest in) {
        UserRecord user = directory.users().get(call.account(), in.userName());
        if (!directory.keysOf(user).isEmpty()) {
            throw Faults.conflict("Cannot delete entity, must delete access keys first.");
        }
        if (!directory.groupsOf(user).isEmpty()) {
            throw Faults.conflict("Cannot delete entity, must remove users from group first.");
        }
        policies.requireBare(user);
        directory.users().remove(user);
    }

    private ListUsersResponse list(Call call, ListUsersRequest in) {
        String prefix = in.pathPrefix() == null ? "/" : in.pathPrefix();
        Page<UserRecord> page = Pages.of(
                directory.users().list(call.account()).stream()
                        .filter(user -> user.path().startsWith(prefix))
                        .toList(),
                UserRecord::name,
                in.marker(),
                in.maxItems());
        return ListUsersResponse.builder()
                .users(page.items().stream().map(Views::brief).toList())
                .isTruncated(page.hasNext())
                .marker(page.next())
                .build();
    }
}
