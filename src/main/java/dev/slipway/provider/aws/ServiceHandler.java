package dev.slipway.provider.aws;

import dev.slipway.property.PropertyPath;
import dev.slipway.protocol.DiffKind;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.ProviderException;
import dev.slipway.provider.Checking;
import dev.slipway.provider.ResourceHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.apprunner.model.DeleteServiceRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteServiceResponse;
import software.amazon.awssdk.services.apprunner.model.ImageRepository;
import software.amazon.awssdk.services.apprunner.model.InvalidStateException;
import software.amazon.awssdk.services.apprunner.model.OperationSummary;
import software.amazon.awssdk.services.apprunner.model.ResourceNotFoundException;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.ServiceStatus;

/** {@code slipway:index:Service}: an App Runner service that runs an image. Its id is the service's ARN. */
final class ServiceHandler implements ResourceHandler.Updatable<ServiceInputs, ServiceState> {
    /** On AWS a deployment takes two to five minutes, a failed one with its way back up to twenty. */
    private static final Duration DEPLOYMENT = Duration.ofMinutes(30);

    private static final Duration DELETION = Duration.ofMinutes(20);
    private static final int DELETE_TRIES = 2;

    private final AwsSession session;
    private final ServiceLogs logs;
    private final ServiceOperations operations;
    private final ServiceLookup lookup;
    private final ScalingConfigurations scalings;

    ServiceHandler(AwsSession session) {
        this.session = session;
        this.logs = new ServiceLogs(session.clients());
        this.operations = new ServiceOperations(session, logs);
        this.lookup = new ServiceLookup(session.clients());
        this.scalings = new ScalingConfigurations(session.clients());
    }

    @Override
    public Class<ServiceInputs> inputs() {
        return ServiceInputs.class;
    }

    @Override
    public Class<ServiceState> state() {
        return ServiceState.class;
    }

    @Override
    public Optional<PhysicalName> physicalName() {
        return Optional.of(new PhysicalName("serviceName", 40));
    }

    @Override
    public List<String> stables() {
        return List.of("arn", "serviceId", "url");
    }

    @Override
    public void check(Checking<ServiceInputs> checking) {
        new ServiceCheck(session, checking).run();
    }

    /**
     * A creation that failed is a difference: a refresh forgets why it failed, and then nothing else says that there is something to repair. So
     * is a tag that names another image by now, when the program asks for it; else it is told.
     */
    @Override
    public List<PropertyDiff> drift(Drift<ServiceInputs, ServiceState> look) {
        if (ServiceStatus.CREATE_FAILED.toString().equals(look.recorded().status())) {
            return List.of(new PropertyDiff(
                    PropertyPath.of("status"), DiffKind.UPDATE, Optional.of("the creation failed and is tried again")));
        }
        return movedTag(look);
    }

    private List<PropertyDiff> movedTag(Drift<ServiceInputs, ServiceState> look) {
        ServiceInputs news = look.news();
        String deployed = look.recorded().deployedDigest();
        boolean followed = Boolean.TRUE.equals(news.autoDeploy());
        if (deployed == null
                || followed
                || !Objects.equals(news.image(), look.recorded().image())) {
            return List.of();
        }
        Optional<String> moved = session.images().digest(news.image()).filter(now -> !now.equals(deployed));
        if (moved.isEmpty()) {
            return List.of();
        }
        boolean asked = Boolean.TRUE.equals(news.redeployMovedTag());
        session.tell(
                look.urn(),
                news.image() + " names another image now, " + moved.get() + "; the service was deployed with "
                        + deployed
                        + (asked ? "" : ". Set redeployMovedTag to true, or change redeployOn, to deploy it."));
        return asked
                ? List.of(new PropertyDiff(
                        PropertyPath.of("deployedDigest"),
                        DiffKind.UPDATE,
                        Optional.of("the tag names another image, " + moved.get())))
                : List.of();
    }

    @Override
    public Made<ServiceState> create(Create<ServiceInputs> call) {
        Duration limit = call.timeout().orElse(DEPLOYMENT);
        ServiceState state = new ServiceDeployment(session, call.urn(), call.inputs(), limit).create();
        return new Made<>(Given.of(state.arn(), "arn"), state);
    }

    @Override
    public ServiceState update(Update<ServiceInputs, ServiceState> call) {
        Duration limit = call.timeout().orElse(DEPLOYMENT);
        return new ServiceDeployment(session, call.urn(), call.inputs(), limit)
                .update(ServiceArn.parse(call.id()), call.oldInputs(), Remembered.of(call.oldState()));
    }

    @Override
    public Optional<Found<ServiceInputs, ServiceState>> read(Read<ServiceInputs, ServiceState> call) {
        // An import may name the service instead of its ARN.
        Optional<ServiceArn> arn =
                call.id().startsWith("arn:") ? Optional.of(ServiceArn.parse(call.id())) : lookup.byName(call.id());
        return arn.flatMap(this::find).map(service -> {
            ServiceArn found = ServiceArn.parse(service.serviceArn());
            Map<String, String> asked = call.inputs().map(ServiceInputs::tags).orElse(null);
            Map<String, String> tags = Tags.shown(lookup.tags(found), asked);
            ServiceView view = new ServiceView(
                    service,
                    call.inputs().orElse(null),
                    scalings.of(service),
                    tags,
                    remembered(call, service),
                    lookup.url(service, session.settings().urlScheme()));
            return new Found<>(found.text(), ServiceReading.inputs(view), ServiceReading.state(view));
        });
    }

    /** App Runner doesn't tell which image it deployed, and a tag tells only which one it would deploy now. */
    private Remembered remembered(Read<ServiceInputs, ServiceState> call, Service service) {
        Remembered before = call.state().map(Remembered::of).orElse(Remembered.NOTHING);
        ImageRepository repository = service.sourceConfiguration().imageRepository();
        if (repository == null) {
            return before;
        }
        Optional<String> named = ServiceImages.named(repository.imageIdentifier());
        if (named.isPresent()) {
            return before.deployed(named.get());
        }
        boolean otherImage = call.state()
                .filter(state -> !repository.imageIdentifier().equals(state.image()))
                .isPresent();
        boolean pushed = Boolean.TRUE.equals(service.sourceConfiguration().autoDeploymentsEnabled())
                && before.deployedDigest() != null
                && session.images()
                        .digest(repository.imageIdentifier())
                        .filter(now -> !now.equals(before.deployedDigest()))
                        .isPresent();
        return otherImage || pushed ? before.deployed(null) : before;
    }

    private Optional<Service> find(ServiceArn arn) {
        try {
            return Optional.of(operations.describe(arn))
                    .filter(service -> !ServiceReading.is(service, ServiceStatus.DELETED));
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public void delete(Delete<ServiceState> call) {
        ServiceArn arn = ServiceArn.parse(call.id());
        try {
            deleteService(arn, call);
        } catch (ResourceNotFoundException e) {
            // gone already: what was wanted
        }
        scalings.deleteUnused(ScalingConfigurations.nameFor(arn.name()));
    }

    private void deleteService(ServiceArn arn, Delete<ServiceState> call) {
        Duration limit = call.timeout().orElse(DELETION);
        Instant began = session.waiting().now();
        for (int tried = 0; tried < DELETE_TRIES; tried++) {
            Service service = operations.awaitIdle(arn, call.urn(), limit);
            if (ServiceReading.is(service, ServiceStatus.DELETED)) {
                return;
            }
            Optional<DeleteServiceResponse> answer = ask(arn);
            if (answer.isPresent()) {
                OperationSummary operation = operations.await(arn, answer.get().operationId(), call.urn(), limit);
                if (ServiceOperations.succeeded(operation)) {
                    return;
                }
            }
        }
        if (find(arn).isPresent()) {
            List<String> events = logs.tail(arn.serviceLogGroup(), began, 5);
            throw new ProviderException("delete Service " + call.urn().name() + ": App Runner could not delete "
                    + arn.text() + (events.isEmpty() ? "" : "; its last events: " + String.join(" | ", events))
                    + ". Run again to try once more.");
        }
    }

    /** Empty when another operation began meanwhile. */
    private Optional<DeleteServiceResponse> ask(ServiceArn arn) {
        try {
            return Optional.of(session.clients()
                    .appRunner()
                    .deleteService(DeleteServiceRequest.builder()
                            .serviceArn(arn.text())
                            .build()));
        } catch (InvalidStateException e) {
            return Optional.empty();
        }
    }
}
