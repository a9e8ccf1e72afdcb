package dev.slipway.provider.aws;

import dev.slipway.property.Urn;
import dev.slipway.protocol.OutcomeUnknown;
import dev.slipway.protocol.ProviderException;
import dev.slipway.provider.Unhealthy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apprunner.model.CreateServiceResponse;
import software.amazon.awssdk.services.apprunner.model.InvalidRequestException;
import software.amazon.awssdk.services.apprunner.model.InvalidStateException;
import software.amazon.awssdk.services.apprunner.model.OperationStatus;
import software.amazon.awssdk.services.apprunner.model.OperationSummary;
import software.amazon.awssdk.services.apprunner.model.ResourceNotFoundException;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.ServiceStatus;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceResponse;

/** Makes one service what its inputs say, once: asks App Runner, follows the operation, and finds the words when it fails. */
final class ServiceDeployment {
    private final AwsSession session;
    private final ServiceOperations operations;
    private final ServiceLogs logs;
    private final ServiceLookup lookup;
    private final ScalingConfigurations scalings;
    private final RoleCalls roles;
    private final ServiceImages images;
    private final Urn urn;
    private final ServiceInputs inputs;
    private final Duration limit;
    private final Instant began;

    /** What is true of the service at this moment, should something go wrong now. */
    private Remembered inForce = Remembered.NOTHING;

    private boolean oldInputsInForce;

    /** Whether App Runner has taken a call of ours, or may have: before, a refusal leaves everything as it was. */
    private boolean begun;

    ServiceDeployment(AwsSession session, Urn urn, ServiceInputs inputs, Duration limit) {
        this.session = session;
        this.logs = new ServiceLogs(session.clients());
        this.operations = new ServiceOperations(session, logs);
        this.lookup = new ServiceLookup(session.clients());
        this.scalings = new ScalingConfigurations(session.clients());
        this.roles = new RoleCalls(session, urn, inputs);
        this.images = session.images();
        this.urn = urn;
        this.inputs = inputs;
        this.limit = limit;
        this.began = session.waiting().now();
    }

    ServiceState create() {
        refuseWhatWillFail("create");
        Optional<String> digest = images.digest(inputs.image());
        CreateServiceResponse answer;
        try {
            answer = roles.call(() -> session.clients()
                    .appRunner()
                    .createService(ServiceRequests.create(inputs, scalingArn(), Tags.owned(inputs.tags(), urn))));
        } catch (InvalidRequestException e) {
            if (!AwsErrors.message(e).contains("already exists")) {
                forgetScaling();
                throw e;
            }
            return adopt(e);
        }
        inForce = Remembered.deployed(inputs, digest);
        begun = true;
        return recorded(
                answer.service(),
                () -> roles.deploy(
                        () -> finished(pausedAsWanted(carryOut(answer.service(), answer.operationId())), false),
                        () -> update(ServiceArn.parse(answer.service().serviceArn()), inputs, inForce)));
    }

    /** A refused service leaves no configuration behind that was made for it. */
    private void forgetScaling() {
        if (inputs.scaling() != null) {
            scalings.deleteUnused(ScalingConfigurations.nameFor(Given.of(inputs.serviceName(), "serviceName")));
        }
    }

    /** The name is taken: by our own earlier request whose answer was lost, or by someone else. */
    private ServiceState adopt(InvalidRequestException taken) {
        Service found;
        try {
            found = ours(taken);
        } catch (InvalidRequestException e) {
            throw e;
        } catch (SdkException e) {
            throw new OutcomeUnknown(
                    "create Service " + urn.name() + ": a service of its name is there, but whose it is can't be seen: "
                            + AwsErrors.words(e, session.settings().where()),
                    e);
        }
        inForce = Remembered.deployed(inputs, ServiceImages.named(inputs.image()));
        begun = true;
        return recorded(found, () -> update(ServiceArn.parse(found.serviceArn()), inputs, inForce));
    }

    private Service ours(InvalidRequestException taken) {
        String name = Given.of(inputs.serviceName(), "serviceName");
        ServiceArn arn = lookup.byName(name).orElseThrow(() -> taken);
        if (!OwnershipTag.isOf(lookup.tags(arn), urn)) {
            throw new ProviderException(
                    "create Service " + urn.name() + ": a service named " + name + " exists already (" + arn.text()
                            + ") and was not made by this stack; choose another serviceName, or import that service");
        }
        return operations.describe(arn);
    }

    /**
     * @param olds the inputs of the last run
     * @param before what the last deployment was
     */
    ServiceState update(ServiceArn arn, ServiceInputs olds, Remembered before) {
        inForce = before;
        Service actual = idle(arn);
        boolean rebuild = ServiceReading.is(actual, ServiceStatus.CREATE_FAILED);
        Optional<UpdateServiceRequest> request = ServiceRequests.update(actual, olds, inputs, scalingArn(), rebuild);
        boolean pulls =
                request.filter(one -> deploysImage(one, actual) || rebuild).isPresent();
        boolean triggered = before.triggered(inputs);
        Optional<String> digest = pulls || triggered || Boolean.TRUE.equals(inputs.redeployMovedTag())
                ? images.digest(inputs.image())
                : Optional.empty();
        boolean redeploy = !pulls && (triggered || movedTag(before, digest));
        boolean running = request.isPresent() || redeploy || Boolean.FALSE.equals(inputs.paused());
        refusePaused(actual, request.isPresent() || redeploy);
        boolean otherRoles = !Objects.equals(inputs.accessRoleArn(), olds.accessRoleArn())
                || !Objects.equals(inputs.instanceRoleArn(), olds.instanceRoleArn());
        if (pulls || redeploy || otherRoles) {
            refuseWhatWillFail("update");
        }
        putTags(arn, olds);
        oldInputsInForce = !rebuild;
        return recorded(actual, () -> {
            Service service = running ? resumed(actual) : actual;
            if (request.isPresent()) {
                UpdateServiceResponse answer = whenIdle(
                        arn,
                        () -> roles.call(() -> session.clients().appRunner().updateService(request.get())));
                service = carryOut(answer.service(), answer.operationId());
            }
            if (redeploy) {
                oldInputsInForce = request.isEmpty();
                service = redeployed(arn);
            }
            oldInputsInForce = false;
            inForce = pulls || redeploy ? Remembered.deployed(inputs, digest) : before.with(inputs);
            return finished(pausedAsWanted(service), olds.scaling() != null);
        });
    }

    /** What is certain to fail is refused while everything is still as it was; App Runner would take minutes to find out. */
    private void refuseWhatWillFail(String doing) {
        List<String> certain = DeploymentPreflight.of(session, inputs).stream()
                .filter(Finding::certain)
                .map(Finding::message)
                .toList();
        if (!certain.isEmpty()) {
            throw new ProviderException(doing + " Service " + urn.name() + ": the deployment would fail: "
                    + String.join("; ", certain) + ". Nothing was changed.");
        }
    }

    /** Whether App Runner pulls an image for this update. Where only other settings change, it may keep the copy that it has. */
    private static boolean deploysImage(UpdateServiceRequest request, Service actual) {
        return request.sourceConfiguration() != null
                && actual.sourceConfiguration().imageRepository() != null
                && !request.sourceConfiguration()
                        .imageRepository()
                        .imageIdentifier()
                        .equals(actual.sourceConfiguration().imageRepository().imageIdentifier());
    }

    private boolean movedTag(Remembered before, Optional<String> digest) {
        return Boolean.TRUE.equals(inputs.redeployMovedTag())
                && !Boolean.TRUE.equals(inputs.autoDeploy())
                && before.deployedDigest() != null
                && digest.filter(now -> !now.equals(before.deployedDigest())).isPresent();
    }

    /** Nobody said what shall become of a service that someone has paused, and App Runner changes only running ones. */
    private void refusePaused(Service actual, boolean work) {
        if (work && inputs.paused() == null && ServiceReading.is(actual, ServiceStatus.PAUSED)) {
            throw new ProviderException("update Service " + urn.name() + ": the service " + actual.serviceName()
                    + " is paused, and App Runner changes only running ones. Set paused to false to run it again, or to"
                    + " true to have it resumed, changed and paused again.");
        }
    }

    private Service resumed(Service actual) {
        if (!ServiceReading.is(actual, ServiceStatus.PAUSED)) {
            return actual;
        }
        ServiceArn arn = ServiceArn.parse(actual.serviceArn());
        var answer = whenIdle(
                arn, () -> session.clients().appRunner().resumeService(resume -> resume.serviceArn(arn.text())));
        return carryOut(answer.service(), answer.operationId());
    }

    private Service redeployed(ServiceArn arn) {
        String operation = whenIdle(arn, () -> session.clients()
                        .appRunner()
                        .startDeployment(deployment -> deployment.serviceArn(arn.text())))
                .operationId();
        return carryOut(operations.describe(arn), operation);
    }

    private Service pausedAsWanted(Service service) {
        if (!Boolean.TRUE.equals(inputs.paused()) || ServiceReading.is(service, ServiceStatus.PAUSED)) {
            return service;
        }
        ServiceArn arn = ServiceArn.parse(service.serviceArn());
        var answer =
                whenIdle(arn, () -> session.clients().appRunner().pauseService(pause -> pause.serviceArn(arn.text())));
        return carryOut(answer.service(), answer.operationId());
    }

    private Service idle(ServiceArn arn) {
        Service actual;
        try {
            actual = operations.awaitIdle(arn, urn, limit);
        } catch (ResourceNotFoundException e) {
            throw gone(arn);
        }
        if (ServiceReading.is(actual, ServiceStatus.DELETED)) {
            throw gone(arn);
        }
        return actual;
    }

    private ProviderException gone(ServiceArn arn) {
        return new ProviderException("update Service " + urn.name() + ": the service " + arn.text()
                + " is gone; refresh the stack, then run again");
    }

    private @Nullable String scalingArn() {
        return inputs.scaling() == null
                ? inputs.autoScalingConfigurationArn()
                : scalings.ensure(Given.of(inputs.serviceName(), "serviceName"), inputs.scaling(), urn);
    }

    /** Another operation may begin between our look and our call; then wait for its end and call again. */
    private <T> T whenIdle(ServiceArn arn, Supplier<T> call) {
        return session.waiting().until(limit, () -> {
            try {
                return Optional.of(call.get());
            } catch (InvalidStateException e) {
                Service service = operations.describe(arn);
                if (!ServiceReading.is(service, ServiceStatus.OPERATION_IN_PROGRESS)) {
                    throw e;
                }
                operations.awaitIdle(arn, urn, limit);
                return Optional.empty();
            }
        });
    }

    /** From here on the service exists, or is no longer as it was: whatever goes wrong, it is recorded. */
    private ServiceState recorded(Service service, Supplier<ServiceState> rest) {
        try {
            return rest.get();
        } catch (Waiting.Ended e) {
            throw unhealthy(
                    service,
                    List.of("the operation on " + service.serviceName() + " still goes on: " + e.getMessage()
                            + ". Run again to wait for its end."));
        } catch (SdkException e) {
            if (!begun) {
                throw e;
            }
            throw unhealthy(
                    service,
                    List.of("the operation on " + service.serviceName()
                            + " was begun, but its end is not known: "
                            + AwsErrors.sentence(
                                    AwsErrors.words(e, session.settings().where()))
                            + " Run again to find out."));
        }
    }

    private Unhealthy unhealthy(Service service, List<String> reasons) {
        String id = service.serviceArn();
        ServiceState state = state(service, null);
        return oldInputsInForce
                ? Unhealthy.rolledBack(id, state, reasons)
                : Unhealthy.withNewInputs(id, state, reasons);
    }

    /** Waits for the end of an operation and answers the service; throws when it failed, with what is known of the cause. */
    private Service carryOut(Service before, @Nullable String operationId) {
        ServiceArn arn = ServiceArn.parse(before.serviceArn());
        begun = true;
        if (operationId == null) {
            // App Runner may leave it out where it pauses or resumes.
            return operations.awaitIdle(arn, urn, limit);
        }
        OperationSummary operation = operations.await(arn, operationId, urn, limit);
        Service service = operations.describe(arn);
        boolean failedCreation = ServiceReading.is(service, ServiceStatus.CREATE_FAILED);
        if (ServiceOperations.succeeded(operation) && !failedCreation) {
            return service;
        }
        String summary = failedCreation
                ? "App Runner could not start the service " + service.serviceName() + " (CREATE_FAILED)"
                : failed(operation, service);
        List<String> reasons =
                new FailureReport(session, logs).reasons(arn, service, FailureReport.start(operation, began), summary);
        ServiceState state = state(service, scalings.of(service));
        throw failedCreation || !oldInputsInForce
                ? Unhealthy.withNewInputs(arn.text(), state, reasons)
                : Unhealthy.rolledBack(arn.text(), state, reasons);
    }

    private static String failed(OperationSummary operation, Service service) {
        String name = " the service " + service.serviceName() + " (" + operation.statusAsString() + "); ";
        String status = "its status is " + service.statusAsString();
        String before = operation.status() == OperationStatus.ROLLBACK_FAILED
                ? "nor could it go back to the previous version; " + status
                : "the previous version still serves";
        return "App Runner could not "
                + switch (operation.type()) {
                    case PAUSE_SERVICE -> "pause" + name + status;
                    case RESUME_SERVICE -> "resume" + name + status;
                    case START_DEPLOYMENT -> "deploy" + name + before;
                    default -> "update" + name + before;
                };
    }

    /** @param scaled whether the service had an auto scaling configuration of ours before */
    private ServiceState finished(Service service, boolean scaled) {
        if (scaled || inputs.scaling() != null) {
            scalings.deleteUnused(ScalingConfigurations.nameFor(service.serviceName()));
        }
        return state(service, scalings.of(service));
    }

    private ServiceState state(Service service, @Nullable Scaling scaling) {
        String url = lookup.url(service, session.settings().urlScheme());
        return ServiceReading.state(new ServiceView(service, inputs, scaling, inputs.tags(), inForce, url));
    }

    private void putTags(ServiceArn arn, ServiceInputs olds) {
        Map<String, String> before = olds.tags() == null ? Map.of() : olds.tags();
        if (!before.isEmpty() || inputs.tags() != null) {
            lookup.putTags(arn, before, Tags.owned(inputs.tags(), urn));
        }
    }
}
