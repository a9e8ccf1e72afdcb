package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.Call;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.DeletionTaskFailureReasonType;
import software.amazon.awssdk.services.iam.model.DeletionTaskStatusType;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusRequest;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusResponse;
import software.amazon.awssdk.services.iam.model.RoleUsageType;

/** The roles of services. */
final class ServiceLinkedRoleOperations {
    private final Directory directory;
    private final ServiceLinkedRoles linked;
    private final LinkedRoleUses uses;
    private final Views views;
    private final Questions questions;
    private final UniqueIds ids;

    ServiceLinkedRoleOperations(
            Directory directory,
            ServiceLinkedRoles linked,
            LinkedRoleUses uses,
            Views views,
            Questions questions,
            UniqueIds ids) {
        this.directory = directory;
        this.linked = linked;
        this.uses = uses;
        this.views = views;
        this.questions = questions;
        this.ids = ids;
    }

    void addTo(Ops ops) {
        ops.on(
                        CreateServiceLinkedRoleRequest.class,
                        CreateServiceLinkedRoleResponse.class,
                        (call, op, in) -> questions.under(
                                call,
                                op,
                                "role",
                                ServiceLinkedRoles.path(in.awsServiceName()),
                                ServiceLinkedRoles.name(in.awsServiceName()),
                                Map.of("iam:AWSServiceName", List.of(in.awsServiceName()))),
                        this::create)
                .on(
                        DeleteServiceLinkedRoleRequest.class,
                        DeleteServiceLinkedRoleResponse.class,
                        (call, op, in) -> questions.about(directory.roles(), call, op, in.roleName()),
                        this::delete)
                .on(
                        GetServiceLinkedRoleDeletionStatusRequest.class,
                        GetServiceLinkedRoleDeletionStatusResponse.class,
                        (call, op, in) -> questions.account(call, op),
                        this::status);
    }

    private CreateServiceLinkedRoleResponse create(Call call, CreateServiceLinkedRoleRequest in) {
        String service = in.awsServiceName();
        ServiceLinkedRoles.name(service);
        if (in.customSuffix() != null) {
            throw Faults.invalid("Custom suffix is not allowed for " + service);
        }
        RoleRecord role = linked.make(call.account(), service, in.description());
        return CreateServiceLinkedRoleResponse.builder().role(views.made(role)).build();
    }

    /** The task is done, one way or the other, when it is given out. */
    private DeleteServiceLinkedRoleResponse delete(Call call, DeleteServiceLinkedRoleRequest in) {
        RoleRecord role = directory.roles().get(call.account(), in.roleName());
        if (!role.serviceLinked()) {
            throw Faults.invalid("The role " + role.name() + " is not a service-linked role.");
        }
        String task = "task" + role.path() + role.name() + "/"
                + UUID.nameUUIDFromBytes(ids.secret().getBytes(StandardCharsets.UTF_8));
        List<String> usedBy = uses.of(call.account(), ServiceLinkedRoles.service(role));
        if (usedBy.isEmpty()) {
            directory.roles().remove(role);
        }
        directory.deletions().put(task, new Deletion(call.account(), task, usedBy));
        return DeleteServiceLinkedRoleResponse.builder().deletionTaskId(task).build();
    }

    private GetServiceLinkedRoleDeletionStatusResponse status(Call call, GetServiceLinkedRoleDeletionStatusRequest in) {
        Deletion deletion = directory
                .deletions()
                .get(in.deletionTaskId())
                .filter(found -> found.account().equals(call.account()))
                .orElseThrow(
                        () -> Faults.noSuch("The deletion task with id " + in.deletionTaskId() + " cannot be found."));
        return deletion.usedBy().isEmpty()
                ? GetServiceLinkedRoleDeletionStatusResponse.builder()
                        .status(DeletionTaskStatusType.SUCCEEDED)
                        .build()
                : GetServiceLinkedRoleDeletionStatusResponse.builder()
                        .status(DeletionTaskStatusType.FAILED)
                        .reason(reason(deletion.usedBy()))
                        .build();
    }

    private static DeletionTaskFailureReasonType reason(List<String> usedBy) {
        Map<String, List<String>> byRegion = usedBy.stream()
                .collect(Collectors.groupingBy(arn -> arn.split(":", 6)[3], TreeMap::new, Collectors.toList()));
        return DeletionTaskFailureReasonType.builder()
                .reason("The role is needed by resources of the service: delete these first.")
                .roleUsageList(byRegion.entrySet().stream()
                        .map(region -> RoleUsageType.builder()
                                .region(region.getKey())
                                .resources(region.getValue())
                                .build())
                        .toList())
                .build();
    }
}
