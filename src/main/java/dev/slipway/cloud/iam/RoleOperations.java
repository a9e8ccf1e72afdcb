package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;

/** Roles and their trust policies. */
final class RoleOperations {
    private static final int DEFAULT_SESSION = 3600;

    private final Directory directory;
    private final Documents documents;
    private final IdentityPolicies<RoleRecord> policies;
    private final ManagedPolicies managed;
    private final Views views;
    private final Questions questions;
    private final UniqueIds ids;
    private final InstantSource clock;

    RoleOperations(
            Directory directory,
            Documents documents,
            IdentityPolicies<RoleRecord> policies,
            ManagedPolicies managed,
            Views views,
            Questions questions,
            UniqueIds ids,
            InstantSource clock) {
        this.directory = directory;
        this.documents = documents;
        this.policies = policies;
        this.managed = managed;
        this.views = views;
        this.questions = questions;
        this.ids = ids;
        this.clock = clock;
    }

    void addTo(Ops ops) {
        addLife(ops);
        addChanges(ops);
    }

    private void addLife(Ops ops) {
        ops.on(
                        CreateRoleRequest.class,
                        CreateRoleResponse.class,
                        (call, op, in) -> questions.create(
                                call,
                                op,
                                "role",
                                in.path(),
                                in.roleName(),
                                in.tags(),
                                Questions.with(Map.of(), "iam:PermissionsBoundary", in.permissionsBoundary())),
                        this::create)
                .on(
                        GetRoleRequest.class,
                        GetRoleResponse.class,
                        (call, op, in) -> questions.about(directory.roles(), call, op, in.roleName()),
                        (call, in) -> GetRoleResponse.builder()
                                .role(views.full(directory.roles().get(call.account(), in.roleName())))
                                .build())
                .on(
                        ListRolesRequest.class,
                        ListRolesResponse.class,
                        (call, op, in) -> questions.under(call, op, "role", in.pathPrefix(), "", Map.of()),
                        this::list)
                .change(
                        DeleteRoleRequest.class,
                        DeleteRoleResponse.class,
                        () -> DeleteRoleResponse.builder().build(),
                        (call, op, in) -> questions.about(directory.roles(), call, op, in.roleName()),
                        this::delete);
    }

    private void addChanges(Ops ops) {
        ops.on(
                        UpdateRoleRequest.class,
                        UpdateRoleResponse.class,
                        (call, op, in) -> questions.about(directory.roles(), call, op, in.roleName()),
                        (call, in) -> {
                            update(call, in.roleName(), in.description(), in.maxSessionDuration());
                            return UpdateRoleResponse.builder().build();
                        })
                .on(
                        UpdateRoleDescriptionRequest.class,
                        UpdateRoleDescriptionResponse.class,
                        (call, op, in) -> questions.about(directory.roles(), call, op, in.roleName()),
                        (call, in) -> UpdateRoleDescriptionResponse.builder()
                                .role(views.described(update(call, in.roleName(), in.description(), null)))
                                .build())
                .change(
                        UpdateAssumeRolePolicyRequest.class,
                        UpdateAssumeRolePolicyResponse.class,
                        () -> UpdateAssumeRolePolicyResponse.builder().build(),
                        (call, op, in) -> questions.about(directory.roles(), call, op, in.roleName()),
                        this::updateTrust);
    }

    private CreateRoleResponse create(Call call, CreateRoleRequest in) {
        if (in.path() != null && in.path().startsWith("/aws-service-role/")) {
            throw Faults.invalid("The path /aws-service-role/ is kept for service-linked roles.");
        }
        if (in.permissionsBoundary() != null) {
            managed.requireBoundary(call.account(), in.permissionsBoundary());
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
        directory.roles().add(role);
        return CreateRoleResponse.builder().role(views.made(role)).build();
    }

    private ListRolesResponse list(Call call, ListRolesRequest in) {
        String prefix = in.pathPrefix() == null ? "/" : in.pathPrefix();
        Page<RoleRecord> page = Pages.of(
                directory.roles().list(call.account()).stream()
                        .filter(role -> role.path().startsWith(prefix))
                        .toList(),
                RoleRecord::name,
                in.marker(),
                in.maxItems());
        return ListRolesResponse.builder()
                .roles(page.items().stream().map(views::listed).toList())
                .isTruncated(page.hasNext())
                .marker(page.next())
                .build();
    }

    private void delete(Call call, DeleteRoleRequest in) {
        RoleRecord role = directory.roles().get(call.account(), in.roleName());
        role.requireOurs();
        boolean inProfile = directory.profiles(call.account()).stream()
                .anyMatch(profile -> role.id().equals(profile.role()));
        if (inProfile) {
            throw Faults.conflict("Cannot delete entity, must remove roles from instance profile first.");
        }
        policies.requireBare(role);
        directory.roles().remove(role);
        directory.uses().forget(role.id());
    }

    private RoleRecord update(Call call, String name, @Nullable String description, @Nullable Integer seconds) {
        return directory.roles().change(call.account(), name, role -> {
            role.requireOurs();
            return role.describedAs(
                    description == null ? role.description() : description,
                    seconds == null ? role.maxSession() : seconds);
        });
    }

    private void updateTrust(Call call, UpdateAssumeRolePolicyRequest in) {
        directory.roles().get(call.account(), in.roleName()).requireOurs();
        RoleRecord.Trust trust = documents.trust(in.policyDocument());
        directory.roles().change(call.account(), in.roleName(), role -> role.withTrust(trust));
    }
}
