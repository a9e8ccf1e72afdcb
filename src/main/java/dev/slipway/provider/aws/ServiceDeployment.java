package dev.slipway.provider.aws;

import dev.slipway.property.Urn;
import dev.slipway.protocol.OutcomeUnknown;
import dev.slipway.protocol.ProviderException;
import dev.slipway.provider.Unhealthy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apprunner.model.CreateServiceResponse;
import software.amazon.awssdk.services.apprunner.model.InvalidRequestException;
import software.amazon.awssdk.services.apprunner.model.InvalidStateException;
import software.amazon.awssdk.services.apprunner.model.OperationSummary;
import software.amazon.awssdk.services.apprunner.model.OperationType;
import software.amazon.awssdk.services.apprunner.model.ResourceNotFoundException;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.ServiceStatus;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceResponse;

/** Makes one service what its inputs say, once: asks App Runner, follows the operation, and finds the words when it fails. */
final class ServiceDeployment {
    /** IAM shows a new role everywhere within seconds; two minutes is what others found to be always enough. */
    private static final Duration ROLE_PROPAGATION = Duration.ofMinutes(2);

    private final AwsSession session;
    private final ServiceOperations operations;
    private final ServiceLogs logs;
    private final ServiceLookup lookup;
    private final ScalingConfigurations scalings;
    private final Urn urn;
    private final ServiceInputs inputs;
    private final Duration limit;
    private final Instant began;

    ServiceDeployment(AwsSession session, Urn urn, ServiceInputs inputs, Duration limit) {
        this.session = session;
        this.logs = new ServiceLogs(session.clients());
        this.operations = new ServiceOperations(session, logs);
        this.lookup = new ServiceLookup(session.clients());
        this.scalings = new ScalingConfigurations(session.clients());
        this.urn = urn;
        this.inputs = inputs;
        this.limit = limit;
        this.began = session.waiting().now();
    }

    ServiceState create() {
        CreateServiceResponse answer;
        try {
            answer = withRoles(() -> session.clients()
                    .appRunner()
                    .createService(ServiceRequests.create(inputs, scalingArn(), Tags.owned(inputs.tags(), urn))));
        } catch (InvalidRequestException e) {
            if (!AwsErrors.message(e).contains("already exists")) {
                forgetScaling();
                throw e;
            }
            return adopt(e);
        }
        return follow(answer.service(), answer.operationId(), Optional.empty(), () -> {});
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
        return recorded(found, Optional.empty(), () -> update(ServiceArn.parse(found.serviceArn()), inputs));
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

    /** @param olds the inputs of the last run */
    ServiceState update(ServiceArn arn, ServiceInputs olds) {
        Service actual = idle(arn);
        boolean rebuild = ServiceReading.is(actual, ServiceStatus.CREATE_FAILED);
        Optional<UpdateServiceRequest> request = ServiceRequests.update(actual, olds, inputs, scalingArn(), rebuild);
        if (request.isPresent()) {
            UpdateServiceResponse answer = whenIdle(
                    arn, () -> withRoles(() -> session.clients().appRunner().updateService(request.get())));
            return follow(answer.service(), answer.operationId(), Optional.of(rebuild), () -> putTags(arn, olds));
        }
        putTags(arn, olds);
        return finished(operations.describe(arn));
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
        if (ServiceReading.is(actual, ServiceStatus.PAUSED)) {
            throw new ProviderException("update Service " + urn.name() + ": the service " + actual.serviceName()
                    + " is paused, and App Runner updates only running ones; resume it, then run again");
        }
        return actual;
    }

    private ProviderException gone(ServiceArn arn) {
        return new ProviderException("update Service " + urn.name() + ": the service " + arn.text()
                + " is gone; refresh the stack, then run again");
    }

    private @Nullable String scalingArn() {
        return inputs.scaling() == null
                ? null
                : scalings.ensure(Given.of(inputs.serviceName(), "serviceName"), inputs.scaling(), urn);
    }

    /** Calls again while App Runner doesn't yet see a role that this very run has made. */
    private <T> T withRoles(Supplier<T> call) {
        boolean fresh = session.touchedAny(inputs.accessRoleArn(), inputs.instanceRoleArn());
        try {
            return fresh ? session.waiting().retry(ROLE_PROPAGATION, ServiceDeployment::roleNotSeen, call) : call.get();
        } catch (InvalidRequestException e) {
            throw roleNotSeen(e) ? roleFailure(e) : e;
        }
    }

    private static boolean roleNotSeen(RuntimeException failure) {
        return failure instanceof InvalidRequestException e
                && (AwsErrors.message(e).contains("Error in assuming access role")
                        || AwsErrors.message(e).contains("Error in assuming instance role"));
    }

    private ProviderException roleFailure(InvalidRequestException e) {
        boolean access = AwsErrors.message(e).contains("access role");
        String role = String.valueOf(access ? inputs.accessRoleArn() : inputs.instanceRoleArn());
        String principal = access ? "build.apprunner.amazonaws.com" : "tasks.apprunner.amazonaws.com";
        return new ProviderException(
                "deploy Service " + urn.name() + ": App Runner can't assume the role " + role + ": "
                        + AwsErrors.message(e)
                        + ". The role must exist, and its trust policy must allow sts:AssumeRole to " + principal + ".",
                e);
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

    /**
     * Waits for the end of the operation and finds out what came of it.
     *
     * @param rebuild empty for a creation; whether an update is to repair a failed one
     * @param after what else there is to do before the service is as it should be
     */
    private ServiceState follow(Service service, String operationId, Optional<Boolean> rebuild, Runnable after) {
        ServiceArn arn = ServiceArn.parse(service.serviceArn());
        return recorded(service, rebuild, () -> {
            OperationSummary operation = operations.await(arn, operationId, urn, limit);
            after.run();
            return settled(arn, operation);
        });
    }

    /** From here on the service exists: whatever goes wrong, it is recorded. */
    private ServiceState recorded(Service service, Optional<Boolean> rebuild, Supplier<ServiceState> rest) {
        ServiceArn arn = ServiceArn.parse(service.serviceArn());
        try {
            return rest.get();
        } catch (Waiting.Ended e) {
            throw unhealthy(
                    arn,
                    service,
                    rebuild,
                    List.of("the operation on " + service.serviceName() + " still goes on: " + e.getMessage()
                            + ". Run again to wait for its end."));
        } catch (SdkException e) {
            throw unhealthy(
                    arn,
                    service,
                    rebuild,
                    List.of("the operation on " + service.serviceName()
                            + " was begun, but its end is not known: "
                            + AwsErrors.sentence(
                                    AwsErrors.words(e, session.settings().where()))
                            + " Run again to find out."));
        }
    }

    private Unhealthy unhealthy(ServiceArn arn, Service service, Optional<Boolean> rebuild, List<String> reasons) {
        ServiceState state = state(service, null);
        return rebuild.orElse(true)
                ? Unhealthy.withNewInputs(arn.text(), state, reasons)
                : Unhealthy.rolledBack(arn.text(), state, reasons);
    }

    private ServiceState settled(ServiceArn arn, OperationSummary operation) {
        Service service = operations.describe(arn);
        boolean failedCreation = ServiceReading.is(service, ServiceStatus.CREATE_FAILED);
        if (ServiceOperations.succeeded(operation) && !failedCreation) {
            return finished(service);
        }
        String summary = failedCreation
                ? "App Runner could not start the service " + service.serviceName() + " (CREATE_FAILED)"
                : "App Runner could not update the service " + service.serviceName() + " (" + operation.statusAsString()
                        + "); the previous version still serves";
        List<String> reasons =
                new FailureReport(session, logs).reasons(arn, service, FailureReport.start(operation, began), summary);
        ServiceState state = state(service, scalings.of(service));
        throw failedCreation || operation.type() == OperationType.CREATE_SERVICE
                ? Unhealthy.withNewInputs(arn.text(), state, reasons)
                : Unhealthy.rolledBack(arn.text(), state, reasons);
    }

    private ServiceState finished(Service service) {
        if (inputs.scaling() != null) {
            scalings.deleteUnused(ScalingConfigurations.nameFor(service.serviceName()));
        }
        return state(service, scalings.of(service));
    }

    private ServiceState state(Service service, @Nullable Scaling scaling) {
        return ServiceReading.state(
                service, scaling, inputs.tags(), session.settings().urlScheme());
    }

    private void putTags(ServiceArn arn, ServiceInputs olds) {
        Map<String, String> before = olds.tags() == null ? Map.of() : olds.tags();
        if (!before.isEmpty() || inputs.tags() != null) {
            lookup.putTags(arn, before, Tags.owned(inputs.tags(), urn));
        }
    }
}
