package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.AwsService;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageReference;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** App Runner: its API, and the services behind it. Thread-safe. */
public final class AppRunner implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AppRunner.class.getName());
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(15);

    private final Services services;
    private final Resources<ConnectorRecord> connectors;
    private final AwsService service;
    /** What was told of the services whose last round failed. */
    private final Map<ServiceController, String> failures = new ConcurrentHashMap<>();

    private final Driver driver = new Driver(this::tick, this::busy);

    /** Reads the recorded services; they run again, and their interrupted operations go on, once it is started. */
    public AppRunner(Parts parts) {
        var ids = new Ids(parts.random());
        Known known = Known.in(parts.store());
        this.connectors = known.connectors();
        this.services = new Services(parts, ids, known, driver::wake);
        var answers = new Answers(services, known.scaling());
        var tagged = List.of(
                services,
                known.scaling(),
                known.observability(),
                known.connectors(),
                known.connections(),
                known.ingress());
        var domains = new DomainApi(parts.store(), services, known.ingress(), ids);
        services.onDeleted(domains::forget);
        this.service = new Api(new Permissions(tagged, parts.roles()))
                .service(
                        new ServiceApi(services, known, parts.roles(), parts.secrets(), answers),
                        new ScalingApi(known.scaling(), services, ids, answers),
                        new TagApi(tagged),
                        List.of(
                                new ObservabilityApi(known.observability(), services, ids)::register,
                                new ConnectionApi(known.connections(), ids)::register,
                                new ConnectorApi(known.connectors(), services, ids, parts.roles())::register,
                                new IngressApi(known.ingress(), services, ids)::register,
                                domains::register));
        services.open();
    }

    public AwsService service() {
        return service;
    }

    /** The ARNs of the services of all accounts that are not deleted. */
    public List<String> serviceArns() {
        return services.arns();
    }

    /**
     * What needs a role that App Runner made for itself: services, or VPC connectors.
     *
     * @param service whose role it is, for example {@code apprunner.amazonaws.com}
     * @return ARNs, in every region
     */
    public List<String> needsLinkedRole(String account, String service) {
        return switch (service) {
            case Permissions.APP_RUNNER -> services.arnsOf(account);
            case Permissions.NETWORKING ->
                connectors.all(account).stream()
                        .filter(ConnectorRecord::active)
                        .map(ConnectorRecord::arn)
                        .toList();
            default -> List.of();
        };
    }

    /** Drives all services by this scheduler until {@link #close()}. */
    public void start(ScheduledExecutorService scheduler) {
        driver.start(scheduler);
    }

    /** One round over all services, for whoever drives by hand instead of by {@link #start}. Does not block. */
    public void tick() {
        for (ServiceController controller : services.controllers()) {
            try {
                controller.tick();
                failures.remove(controller);
            } catch (RuntimeException e) {
                // One service's trouble must not stop the others; the next round, soon, tries again.
                if (!String.valueOf(e).equals(failures.put(controller, String.valueOf(e)))) {
                    LOG.log(Level.ERROR, "a round over " + controller.record().arn() + " failed", e);
                }
            }
        }
    }

    /** Tells that a tag of a repository in Amazon ECR now names another image; starts automatic deployments. */
    public void onPush(String account, String region, String repository, String tag, Digest digest) {
        for (ServiceController controller : services.controllers()) {
            ServiceRecord service = controller.record();
            Configuration.Source source = service.configuration().source();
            if (source.autoDeployments()
                    && service.account().equals(account)
                    && service.region().equals(region)
                    && names(ImageReference.parse(source.image()), account, region, repository, tag)) {
                LOG.log(Level.DEBUG, () -> tag + " of " + repository + " is now " + digest);
                controller.pushed();
            }
        }
    }

    /** An image that is named by its digest does not follow a tag. */
    private static boolean names(ImageReference image, String account, String region, String repository, String tag) {
        return image.registryAccount().map(account::equals).orElse(false)
                && region.equals(image.region())
                && repository.equals(image.repository())
                && image.digest() == null
                && tag.equals(image.manifestReference());
    }

    private boolean busy() {
        return services.controllers().stream().anyMatch(ServiceController::busy);
    }

    /** For tests: what the services wait for now. */
    CompletableFuture<?> pending() {
        return services.controllers().stream()
                .<CompletableFuture<?>>map(ServiceController::pending)
                .filter(pending -> !pending.isDone())
                .findFirst()
                .orElse(CompletableFuture.completedFuture(null));
    }

    /** How many instances all services have, those that are idle included. */
    public int provisioned() {
        return services.controllers().stream()
                .mapToInt(ServiceController::provisioned)
                .sum();
    }

    /** How many instances have processor time, because they work on requests or did a moment ago. */
    public int active() {
        return services.controllers().stream()
                .mapToInt(ServiceController::active)
                .sum();
    }

    /** For tests: requests that instances work on now. */
    int requestsInFlight() {
        return services.controllers().stream()
                .mapToInt(controller -> controller.setting().group().inFlight())
                .sum();
    }

    /** For tests: requests that wait for an instance now. */
    int requestsWaiting() {
        return services.controllers().stream()
                .mapToInt(controller -> controller.setting().group().waiting())
                .sum();
    }

    /** Stops all instances; what is recorded stays. */
    @Override
    public void close() {
        driver.close();
        CompletableFuture<?> stopped = CompletableFuture.allOf(
                services.controllers().stream().map(ServiceController::close).toArray(CompletableFuture[]::new));
        try {
            stopped.get(LONGEST_CLOSE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "not every instance has ended", e);
        }
    }
}
