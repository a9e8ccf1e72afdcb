package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesResponse;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileResponse;

/** Instance profiles. Nothing here runs machines, but tools list and clear them before they delete a role. */
final class InstanceProfileOperations {
    private static final int MOST = 1000;

    private final Directory directory;
    private final Views views;
    private final Questions questions;
    private final UniqueIds ids;
    private final InstantSource clock;

    InstanceProfileOperations(
            Directory directory, Views views, Questions questions, UniqueIds ids, InstantSource clock) {
        this.directory = directory;
        this.views = views;
        this.questions = questions;
        this.ids = ids;
        this.clock = clock;
    }

    static String key(String account, String name) {
        return account + "/" + name.toLowerCase(Locale.ROOT);
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code NoSuchEntity} */
    static ProfileRecord get(Directory directory, Call call, String name) {
        return directory
                .profiles()
                .get(key(call.account(), name))
                .filter(profile -> profile.name().equals(name))
                .orElseThrow(() -> Faults.noSuch("Instance Profile " + name + " cannot be found."));
    }

    void addTo(Ops ops) {
        ops.on(
                        CreateInstanceProfileRequest.class,
                        CreateInstanceProfileResponse.class,
                        (call, op, in) -> questions.create(
                                call, op, "instance-profile", in.path(), in.instanceProfileName(), in.tags()),
                        this::create)
                .on(
                        GetInstanceProfileRequest.class,
                        GetInstanceProfileResponse.class,
                        (call, op, in) -> questions.profile(call, op, in.instanceProfileName(), Map.of()),
                        (call, in) -> GetInstanceProfileResponse.builder()
                                .instanceProfile(views.full(get(directory, call, in.instanceProfileName())))
                                .build())
                .change(
                        DeleteInstanceProfileRequest.class,
                        DeleteInstanceProfileResponse.class,
                        () -> DeleteInstanceProfileResponse.builder().build(),
                        (call, op, in) -> questions.profile(call, op, in.instanceProfileName(), Map.of()),
                        this::delete)
                .on(
                        ListInstanceProfilesRequest.class,
                        ListInstanceProfilesResponse.class,
                        (call, op, in) -> questions.under(call, op, "instance-profile", in.pathPrefix(), "", Map.of()),
                        this::list)
                .on(
                        ListInstanceProfilesForRoleRequest.class,
                        ListInstanceProfilesForRoleResponse.class,
                        (call, op, in) -> questions.about(directory.roles(), call, op, in.roleName()),
                        this::listForRole)
                .change(
                        AddRoleToInstanceProfileRequest.class,
                        AddRoleToInstanceProfileResponse.class,
                        () -> AddRoleToInstanceProfileResponse.builder().build(),
                        this::askToAdd,
                        this::addRole)
                .change(
                        RemoveRoleFromInstanceProfileRequest.class,
                        RemoveRoleFromInstanceProfileResponse.class,
                        () -> RemoveRoleFromInstanceProfileResponse.builder().build(),
                        (call, op, in) -> questions.profile(call, op, in.instanceProfileName(), Map.of()),
                        this::removeRole);
    }

    /** Whoever puts a role on a machine hands its rights over. */
    private List<Question> askToAdd(Call call, String op, AddRoleToInstanceProfileRequest in) {
        List<Question> asked = new ArrayList<>(questions.profile(call, op, in.instanceProfileName(), Map.of()));
        asked.addAll(questions.about(
                directory.roles(),
                call,
                "PassRole",
                in.roleName(),
                Map.of("iam:PassedToService", List.of("ec2.amazonaws.com"))));
        return asked;
    }

    private synchronized CreateInstanceProfileResponse create(Call call, CreateInstanceProfileRequest in) {
        if (directory.profiles(call.account()).size() >= MOST) {
            throw Faults.limit("Cannot exceed quota for InstanceProfilesPerAccount: " + MOST);
        }
        ProfileRecord profile = new ProfileRecord(
                call.account(),
                in.instanceProfileName(),
                in.path() == null ? "/" : in.path(),
                ids.entity("AIPA"),
                clock.instant().getEpochSecond(),
                null,
                Tags.mergedByCase(Map.of(), in.tags()));
        if (!directory.profiles().putIfAbsent(key(profile.account(), profile.name()), profile)) {
            throw Faults.exists("Instance Profile " + profile.name() + " already exists.");
        }
        return CreateInstanceProfileResponse.builder()
                .instanceProfile(views.made(profile))
                .build();
    }

    private void delete(Call call, DeleteInstanceProfileRequest in) {
        ProfileRecord profile = get(directory, call, in.instanceProfileName());
        if (profile.role() != null) {
            throw Faults.conflict("Cannot delete entity, must remove roles from instance profile first.");
        }
        directory.profiles().remove(key(call.account(), profile.name()));
    }

    private ListInstanceProfilesResponse list(Call call, ListInstanceProfilesRequest in) {
        String prefix = in.pathPrefix() == null ? "/" : in.pathPrefix();
        Page<ProfileRecord> page = Pages.of(
                directory.profiles(call.account()).stream()
                        .filter(profile -> profile.path().startsWith(prefix))
                        .toList(),
                ProfileRecord::name,
                in.marker(),
                in.maxItems());
        return ListInstanceProfilesResponse.builder()
                .instanceProfiles(page.items().stream().map(views::listed).toList())
                .isTruncated(page.hasNext())
                .marker(page.next())
                .build();
    }

    private ListInstanceProfilesForRoleResponse listForRole(Call call, ListInstanceProfilesForRoleRequest in) {
        RoleRecord role = directory.roles().get(call.account(), in.roleName());
        Page<ProfileRecord> page = Pages.of(
                directory.profiles(call.account()).stream()
                        .filter(profile -> role.id().equals(profile.role()))
                        .toList(),
                ProfileRecord::name,
                in.marker(),
                in.maxItems());
        return ListInstanceProfilesForRoleResponse.builder()
                .instanceProfiles(page.items().stream().map(views::listed).toList())
                .isTruncated(page.hasNext())
                .marker(page.next())
                .build();
    }

    private void addRole(Call call, AddRoleToInstanceProfileRequest in) {
        ProfileRecord profile = get(directory, call, in.instanceProfileName());
        RoleRecord role = directory.roles().get(call.account(), in.roleName());
        directory.profiles().update(key(call.account(), profile.name()), current -> {
            if (current.role() != null) {
                throw Faults.limit("Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
            }
            return current.holding(role.id());
        });
    }

    private void removeRole(Call call, RemoveRoleFromInstanceProfileRequest in) {
        ProfileRecord profile = get(directory, call, in.instanceProfileName());
        RoleRecord role = directory.roles().get(call.account(), in.roleName());
        directory.profiles().update(key(call.account(), profile.name()), current -> {
            if (!role.id().equals(current.role())) {
                throw Faults.noSuch("The role with name " + role.name() + " is not in the instance profile "
                        + profile.name() + ".");
            }
            return current.holding(null);
        });
    }
}
