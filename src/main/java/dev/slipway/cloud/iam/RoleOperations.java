package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleResponse;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;

/** Roles, their trust policies and tags. */
final class RoleOperations {
    private static final int DEFAULT_SESSION = 3600;

    private final Directory directory;
    private final Documents documents;
    private final PolicyBook book;
    private final ManagedPolicies managed;
    private final Views views;
    private final Questions questions;
    private final UniqueIds ids;
    private final InstantSource clock;

    RoleOperations(
            Directory directory,
            Documents documents,
            PolicyBook book,
            ManagedPolicies managed,
            Views views,
            Questions questions,
            UniqueIds ids,
            InstantSource clock) {
        this.directory = directory;
        this.documents = documents;
        this.book = book;
        this.managed = managed;
        this.views = views;
        this.questions = questions;
        this.ids = ids;
        this.clock = clock;
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code UnmodifiableEntity} for a service's own role */
    static void requireOurs(RoleRecord role) {
        if (role.serviceLinked()) {
            throw Faults.unmodifiable("Cannot perform the operation on the protected role '" + role.name()
                    + "' - this role is only modifiable by AWS");
        }
    }

    void addTo(AwsService.Builder service) {
        addLife(service);
        addChanges(service);
        addTags(service);
    }

    private void addLife(AwsService.Builder service) {
        service.on(
                        "CreateRole",
                        CreateRoleRequest.class,
                        CreateRoleResponse.class,
                        (call, in) -> questions.under(
                                call,
                                "CreateRole",
                                "role",
                                in.path(),
                                in.roleName(),
                                Questions.with(
                                        Questions.tagKeys(in.tags()),
                                        "iam:PermissionsBoundary",
                                        in.permissionsBoundary())),
                        this::create)
                .on(
                        "CreateServiceLinkedRole",
                        CreateServiceLinkedRoleRequest.class,
                        CreateServiceLinkedRoleResponse.class,
                        (call, in) -> questions.under(
                                call,
                                "CreateServiceLinkedRole",
                                "role",
                                ServiceLinkedRoles.path(in.awsServiceName()),
                                ServiceLinkedRoles.name(in.awsServiceName()),
                                Map.of("iam:AWSServiceName", List.of(in.awsServiceName()))),
                        this::createServiceLinked)
                .on(
                        "GetRole",
                        GetRoleRequest.class,
                        GetRoleResponse.class,
                        (call, in) -> questions.role(call, "GetRole", in.roleName()),
                        (call, in) -> GetRoleResponse.builder()
                                .role(views.full(directory.role(call.account(), in.roleName())))
                                .build())
                .on(
                        "ListRoles",
                        ListRolesRequest.class,
                        ListRolesResponse.class,
                        (call, in) -> questions.under(call, "ListRoles", "role", in.pathPrefix(), "", Map.of()),
                        this::list)
                .on(
                        "DeleteRole",
                        DeleteRoleRequest.class,
                        DeleteRoleResponse.class,
                        (call, in) -> questions.role(call, "DeleteRole", in.roleName()),
                        this::delete)
                .on(
                        "ListInstanceProfilesForRole",
                        ListInstanceProfilesForRoleRequest.class,
                        ListInstanceProfilesForRoleResponse.class,
                        (call, in) -> questions.role(call, "ListInstanceProfilesForRole", in.roleName()),
                        this::listInstanceProfiles);
    }

    private void addChanges(AwsService.Builder service) {
        service.on(
                        "UpdateRole",
                        UpdateRoleRequest.class,
                        UpdateRoleResponse.class,
                        (call, in) -> questions.role(call, "UpdateRole", in.roleName()),
                        this::update)
                .on(
                        "UpdateAssumeRolePolicy",
                        UpdateAssumeRolePolicyRequest.class,
                        UpdateAssumeRolePolicyResponse.class,
                        (call, in) -> questions.role(call, "UpdateAssumeRolePolicy", in.roleName()),
                        this::updateTrust);
    }

    private void addTags(AwsService.Builder service) {
        service.on(
                        "TagRole",
                        TagRoleRequest.class,
                        TagRoleResponse.class,
                        (call, in) -> questions.role(call, "TagRole", in.roleName(), Questions.tagKeys(in.tags())),
                        (call, in) -> {
                            changeTags(call, in.roleName(), role -> Tags.merged(role.tags(), in.tags()));
                            return TagRoleResponse.builder().build();
                        })
                .on(
                        "UntagRole",
                        UntagRoleRequest.class,
                        UntagRoleResponse.class,
                        (call, in) ->
                                questions.role(call, "UntagRole", in.roleName(), Map.of("aws:TagKeys", in.tagKeys())),
                        (call, in) -> {
                            changeTags(call, in.roleName(), role -> Tags.without(role.tags(), in.tagKeys()));
                            return UntagRoleResponse.builder().build();
                        })
                .on(
                        "ListRoleTags",
                        ListRoleTagsRequest.class,
                        ListRoleTagsResponse.class,
                        (call, in) -> questions.role(call, "ListRoleTags", in.roleName()),
                        this::listTags);
    }

    private CreateRoleResponse create(Call call, CreateRoleRequest in) {
        new Constraints()
                .name("roleName", in.roleName(), 64)
                .path(in.path())
                .text("description", in.description(), 0, 1000, "[\\t\\n\\r -~\\xA1-\\xFF]*")
                .range("maxSessionDuration", in.maxSessionDuration(), DEFAULT_SESSION, 43_200)
                .check();
        if (in.path() != null && in.path().startsWith("/aws-service-role/")) {
            throw Faults.invalid("The path /aws-service-role/ is kept for service-linked roles.");
        }
        RoleRecord role = new RoleRecord(
                call.account(),
                in.roleName(),
                in.path() == null ? "/" : in.path(),
                ids.entity("AROA"),
                clock.instant().getEpochSecond(),
                in.description(),
                in.maxSessionDuration() == null ? DEFAULT_SESSION : in.maxSessionDuration(),
                documents.trust(in.assumeRolePolicyDocument()),
                Tags.merged(Map.of(), in.tags()),
                PolicySet.NONE.withBoundary(in.permissionsBoundary()));
        if (in.permissionsBoundary() != null) {
            managed.requireAttachable(call.account(), in.permissionsBoundary());
        }
        if (!directory.add(role)) {
            throw Faults.exists("Role with name " + in.roleName() + " already exists.");
        }
        return CreateRoleResponse.builder().role(views.full(role)).build();
    }

    private CreateServiceLinkedRoleResponse createServiceLinked(Call call, CreateServiceLinkedRoleRequest in) {
        String name = ServiceLinkedRoles.name(in.awsServiceName());
        RoleRecord role = new RoleRecord(
                call.account(),
                name,
                ServiceLinkedRoles.path(in.awsServiceName()),
                ids.entity("AROA"),
                clock.instant().getEpochSecond(),
                in.description(),
                DEFAULT_SESSION,
                documents.trust(ServiceLinkedRoles.trust(in.awsServiceName())),
                Map.of(),
                PolicySet.NONE);
        if (!directory.add(role)) {
            throw Faults.invalid(
                    "Service role name " + name + " has been taken in this account, please try a different suffix.");
        }
        return CreateServiceLinkedRoleResponse.builder().role(views.full(role)).build();
    }

    private ListRolesResponse list(Call call, ListRolesRequest in) {
        String prefix = in.pathPrefix() == null ? "/" : in.pathPrefix();
        Page<RoleRecord> page = Page.of(
                directory.roles(call.account()).stream()
                        .filter(role -> role.path().startsWith(prefix))
                        .toList(),
                RoleRecord::name,
                in.marker(),
                in.maxItems());
        return ListRolesResponse.builder()
                .roles(page.items().stream().map(views::brief).toList())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build();
    }

    private DeleteRoleResponse delete(Call call, DeleteRoleRequest in) {
        RoleRecord role = directory.role(call.account(), in.roleName());
        requireOurs(role);
        book.requireBare(role);
        directory.remove(role);
        return DeleteRoleResponse.builder().build();
    }

    private ListInstanceProfilesForRoleResponse listInstanceProfiles(Call call, ListInstanceProfilesForRoleRequest in) {
        directory.role(call.account(), in.roleName());
        return ListInstanceProfilesForRoleResponse.builder()
                .instanceProfiles(List.of())
                .isTruncated(false)
                .build();
    }

    private UpdateRoleResponse update(Call call, UpdateRoleRequest in) {
        new Constraints()
                .text("description", in.description(), 0, 1000, "[\\t\\n\\r -~\\xA1-\\xFF]*")
                .range("maxSessionDuration", in.maxSessionDuration(), DEFAULT_SESSION, 43_200)
                .check();
        directory.changeRole(call.account(), in.roleName(), role -> {
            requireOurs(role);
            return role.describedAs(
                    orElse(in.description(), role.description()),
                    in.maxSessionDuration() == null ? role.maxSession() : in.maxSessionDuration());
        });
        return UpdateRoleResponse.builder().build();
    }

    private UpdateAssumeRolePolicyResponse updateTrust(Call call, UpdateAssumeRolePolicyRequest in) {
        requireOurs(directory.role(call.account(), in.roleName()));
        RoleRecord.Trust trust = documents.trust(in.policyDocument());
        directory.changeRole(call.account(), in.roleName(), role -> role.withTrust(trust));
        return UpdateAssumeRolePolicyResponse.builder().build();
    }

    private void changeTags(Call call, String name, Function<RoleRecord, Map<String, String>> change) {
        directory.changeRole(call.account(), name, role -> {
            requireOurs(role);
            return role.withTags(change.apply(role));
        });
    }

    private ListRoleTagsResponse listTags(Call call, ListRoleTagsRequest in) {
        RoleRecord role = directory.role(call.account(), in.roleName());
        Page<Tag> page = Page.of(Tags.shown(role.tags()), Tag::key, in.marker(), in.maxItems());
        return ListRoleTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build();
    }

    private static @Nullable String orElse(@Nullable String value, @Nullable String fallback) {
        return value == null ? fallback : value;
    }
}
