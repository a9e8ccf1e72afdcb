package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Caller;
import java.time.InstantSource;
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
import software.amazon.awssdk.services.iam.model.User;

/** Users. */
final class UserOperations {
    private final Directory directory;
    private final PolicyBook book;
    private final ManagedPolicies managed;
    private final Questions questions;
    private final UniqueIds ids;
    private final InstantSource clock;

    UserOperations(
            Directory directory,
            PolicyBook book,
            ManagedPolicies managed,
            Questions questions,
            UniqueIds ids,
            InstantSource clock) {
        this.directory = directory;
        this.book = book;
        this.managed = managed;
        this.questions = questions;
        this.ids = ids;
        this.clock = clock;
    }

    void addTo(AwsService.Builder service) {
        service.on(
                        "CreateUser",
                        CreateUserRequest.class,
                        CreateUserResponse.class,
                        (call, in) -> questions.under(
                                call,
                                "CreateUser",
                                "user",
                                in.path(),
                                in.userName(),
                                Questions.with(
                                        Questions.tagKeys(in.tags()),
                                        "iam:PermissionsBoundary",
                                        in.permissionsBoundary())),
                        this::create)
                .on(
                        "GetUser",
                        GetUserRequest.class,
                        GetUserResponse.class,
                        (call, in) -> questions.user(call, "GetUser", in.userName()),
                        this::get)
                .on(
                        "DeleteUser",
                        DeleteUserRequest.class,
                        DeleteUserResponse.class,
                        (call, in) -> questions.user(call, "DeleteUser", in.userName()),
                        this::delete)
                .on(
                        "ListUsers",
                        ListUsersRequest.class,
                        ListUsersResponse.class,
                        (call, in) -> questions.under(call, "ListUsers", "user", in.pathPrefix(), "", Map.of()),
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
        new Constraints().name("userName", in.userName(), 64).path(in.path()).check();
        UserRecord user = new UserRecord(
                call.account(),
                in.userName(),
                in.path() == null ? "/" : in.path(),
                ids.entity("AIDA"),
                clock.instant().getEpochSecond(),
                Tags.merged(Map.of(), in.tags()),
                PolicySet.NONE.withBoundary(in.permissionsBoundary()));
        if (in.permissionsBoundary() != null) {
            managed.requireAttachable(call.account(), in.permissionsBoundary());
        }
        if (!directory.add(user)) {
            throw Faults.exists("User with name " + in.userName() + " already exists.");
        }
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
        UserRecord user = directory.user(call.account(), nameOrSelf(call.caller(), in.userName()));
        return GetUserResponse.builder().user(Views.full(user)).build();
    }

    private DeleteUserResponse delete(Call call, DeleteUserRequest in) {
        UserRecord user = directory.user(call.account(), in.userName());
        if (!directory.keysOf(user).isEmpty()) {
            throw Faults.conflict("Cannot delete entity, must delete access keys first.");
        }
        book.requireBare(user);
        directory.remove(user);
        return DeleteUserResponse.builder().build();
    }

    private ListUsersResponse list(Call call, ListUsersRequest in) {
        String prefix = in.pathPrefix() == null ? "/" : in.pathPrefix();
        Page<UserRecord> page = Page.of(
                directory.users(call.account()).stream()
                        .filter(user -> user.path().startsWith(prefix))
                        .toList(),
                UserRecord::name,
                in.marker(),
                in.maxItems());
        return ListUsersResponse.builder()
                .users(page.items().stream().map(Views::brief).toList())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build();
    }
}
