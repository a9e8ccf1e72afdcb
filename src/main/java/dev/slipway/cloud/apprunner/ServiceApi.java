package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.CreateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.CreateServiceResponse;
import software.amazon.awssdk.services.apprunner.model.DeleteServiceRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteServiceResponse;
import software.amazon.awssdk.services.apprunner.model.DescribeServiceRequest;
import software.amazon.awssdk.services.apprunner.model.DescribeServiceResponse;
import software.amazon.awssdk.services.apprunner.model.ListOperationsRequest;
import software.amazon.awssdk.services.apprunner.model.ListOperationsResponse;
import software.amazon.awssdk.services.apprunner.model.ListServicesRequest;
import software.amazon.awssdk.services.apprunner.model.ListServicesResponse;
import software.amazon.awssdk.services.apprunner.model.PauseServiceRequest;
import software.amazon.awssdk.services.apprunner.model.PauseServiceResponse;
import software.amazon.awssdk.services.apprunner.model.ResumeServiceRequest;
import software.amazon.awssdk.services.apprunner.model.ResumeServiceResponse;
import software.amazon.awssdk.services.apprunner.model.StartDeploymentRequest;
import software.amazon.awssdk.services.apprunner.model.StartDeploymentResponse;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceResponse;

/** The operations on services. */
final class ServiceApi {
    static final String BUILD_PRINCIPAL = "build.apprunner.amazonaws.com";
    static final String TASKS_PRINCIPAL = "tasks.apprunner.amazonaws.com";

    private static final int PAGE = 20;
    private static final Set<ServiceStatus> UPDATABLE = EnumSet.of(ServiceStatus.RUNNING, ServiceStatus.CREATE_FAILED);
    private static final Set<ServiceStatus> RUNNING = EnumSet.of(ServiceStatus.RUNNING);
    private static final Set<ServiceStatus> PAUSED = EnumSet.of(ServiceStatus.PAUSED);
    private static final Set<ServiceStatus> DELETABLE = EnumSet.of(
            ServiceStatus.RUNNING, ServiceStatus.PAUSED, ServiceStatus.CREATE_FAILED, ServiceStatus.DELETE_FAILED);

    private final Services services;
    private final Known known;
    private final RoleAssumer roles;
    private final SecretReader secrets;
    private final Answers answers;

    ServiceApi(Services services, Known known, RoleAssumer roles, SecretReader secrets, Answers answers) {
        this.services = services;
        this.known = known;
        this.roles = roles;
        this.secrets = secrets;
        this.answers = answers;
    }

    CreateServiceResponse create(Call call, CreateServiceRequest request) {
        Configuration wanted =
                new ConfigurationRules(known, secrets::isReference, call.account(), call.region()).create(request);
        // The id comes first, because trust policies may ask for the service's ARN.
        String id = services.newId();
        checkRoles(
                call.account(),
                ServiceRecord.arn(call.account(), call.region(), request.serviceName(), id),
                wanted,
                null);
        roles.makeLinkedRole(call.account(), Permissions.APP_RUNNER);
        ServiceRecord service = services.create(
                        call.account(), call.region(), id, request.serviceName(), wanted, Tags.map(request.tags()))
                .record();
        return CreateServiceResponse.builder()
                .service(answers.service(service))
                .operationId(service.operations().get(0).id())
                .build();
    }

    DescribeServiceResponse describe(Call call, DescribeServiceRequest request) {
        return DescribeServiceResponse.builder()
                .service(answers.service(services.require(call, request.serviceArn())))
                .build();
    }

    UpdateServiceResponse update(Call call, UpdateServiceRequest request) {
        ServiceController controller = services.controller(call, request.serviceArn());
        ServiceRecord before = controller.record();
        if (ConfigurationRules.isEmpty(request) && before.status() != ServiceStatus.CREATE_FAILED) {
            throw Errors.invalid("No configurations provided in the UpdateService request.");
        }
        OperationRecord operation = controller.begin(
                OperationType.UPDATE_SERVICE,
                request.sourceConfiguration() != null || before.status() == ServiceStatus.CREATE_FAILED,
                UPDATABLE,
                current -> {
                    Configuration wanted = new ConfigurationRules(
                                    known, secrets::isReference, before.account(), before.region())
                            .update(request, current);
                    checkRoles(
                            before.account(),
                            before.arn(),
                            wanted,
                            before.status() == ServiceStatus.CREATE_FAILED ? null : current);
                    return wanted;
                });
        return UpdateServiceResponse.builder()
                .service(answers.service(controller.record()))
                .operationId(operation.id())
                .build();
    }

    DeleteServiceResponse delete(Call call, DeleteServiceRequest request) {
        ServiceController controller = services.controller(call, request.serviceArn());
        String arn = controller.record().arn();
        known.ingress().all(controller.record().account(), call.region()).stream()
                .filter(each -> each.serviceArn().equals(arn))
                .findFirst()
                .ifPresent(each -> {
                    throw Errors.invalid(
                            "The service has the VPC ingress connection " + each.arn() + "; delete that first");
                });
        OperationRecord operation = controller.begin(OperationType.DELETE_SERVICE, false, DELETABLE, same -> same);
        return DeleteServiceResponse.builder()
                .service(answers.service(controller.record()))
                .operationId(operation.id())
                .build();
    }

    PauseServiceResponse pause(Call call, PauseServiceRequest request) {
        ServiceController controller = services.controller(call, request.serviceArn());
        OperationRecord operation = controller.begin(OperationType.PAUSE_SERVICE, false, RUNNING, same -> same);
        return PauseServiceResponse.builder()
                .service(answers.service(controller.record()))
                .operationId(operation.id())
                .build();
    }

    ResumeServiceResponse resume(Call call, ResumeServiceRequest request) {
        ServiceController controller = services.controller(call, request.serviceArn());
        OperationRecord operation = controller.begin(OperationType.RESUME_SERVICE, false, PAUSED, same -> same);
        return ResumeServiceResponse.builder()
                .service(answers.service(controller.record()))
                .operationId(operation.id())
                .build();
    }

    /** App Runner's model has no InvalidState for this one. */
    StartDeploymentResponse startDeployment(Call call, StartDeploymentRequest request) {
        ServiceController controller = services.controller(call, request.serviceArn());
        try {
            OperationRecord operation = controller.begin(OperationType.START_DEPLOYMENT, true, RUNNING, same -> same);
            return StartDeploymentResponse.builder().operationId(operation.id()).build();
        } catch (AwsException e) {
            throw Errors.invalid(String.valueOf(e.getMessage()));
        }
    }

    ListServicesResponse list(Call call, ListServicesRequest request) {
        Page<ServiceRecord> page = Pages.of(
                services.list(call.account(), call.region()),
                ServiceRecord::place,
                request.maxResults(),
                PAGE,
                request.nextToken());
        return ListServicesResponse.builder()
                .serviceSummaryList(
                        page.items().stream().map(answers::serviceSummary).toList())
                .nextToken(page.next())
                .build();
    }

    ListOperationsResponse listOperations(Call call, ListOperationsRequest request) {
        ServiceRecord service = services.require(call, request.serviceArn());
        List<OperationRecord> all = service.operations();
        Page<OperationRecord> page =
                Pages.of(all, OperationRecord::place, request.maxResults(), PAGE, request.nextToken());
        return ListOperationsResponse.builder()
                .operationSummaryList(page.items().stream()
                        .map(operation -> answers.operation(service, operation))
                        .toList())
                .nextToken(page.next())
                .build();
    }

    /** App Runner assumes the roles that a request brings at once, so that a wrong trust policy is told right away. */
    private void checkRoles(String account, String serviceArn, Configuration wanted, @Nullable Configuration current) {
        String access = wanted.source().accessRoleArn();
        if (access != null
                && (current == null || !access.equals(current.source().accessRoleArn()))) {
            check(account, serviceArn, BUILD_PRINCIPAL, access, "access");
        }
        String instance = wanted.size().instanceRoleArn();
        if (instance != null
                && (current == null || !instance.equals(current.size().instanceRoleArn()))) {
            check(account, serviceArn, TASKS_PRINCIPAL, instance, "instance");
        }
    }

    private void check(String account, String serviceArn, String principal, String role, String kind) {
        if (!role.startsWith("arn:aws:iam::" + account + ":")) {
            throw Errors.invalid("Cross-account pass role is not allowed: the " + kind + " role " + role
                    + " must be in the service's account " + account);
        }
        try {
            roles.assume(principal, role, serviceArn);
        } catch (AwsException e) {
            throw Errors.invalid("Error in assuming " + kind + " role " + role + ": " + e.getMessage());
        }
    }
}
