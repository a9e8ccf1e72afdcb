package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.balancer.TargetGroup;
import dev.slipway.cloud.runtime.PreparedImage;
import dev.slipway.cloud.store.Table;
import dev.slipway.cloud.wire.Call;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All services: their records, their controllers and their addresses. Thread-safe. */
final class Services implements Tagged {
    private static final System.Logger LOG = System.getLogger(Services.class.getName());
    /** As long as this a deleted service can be described. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private static final int QUOTA = 30;

    private final Parts parts;
    private final Ids ids;
    private final Known known;
    private final Runnable wake;
    private final Pace pace;
    private final Table<ServiceRecord> table;
    private final ImageKeeper keeper;
    private final ServiceRoutes routes;
    private Consumer<ServiceRecord> forget = service -> {};
    private final Map<String, ServiceController> controllers = new ConcurrentHashMap<>();

    Services(Parts parts, Ids ids, Known known, Runnable wake) {
        this.parts = parts;
        this.ids = ids;
        this.known = known;
        this.wake = wake;
        this.pace = new Pace(parts.clock());
        this.table = parts.store().table("apprunner-services", ServiceRecord.class);
        this.routes = new ServiceRoutes(parts.balancer(), known.ingress());
        this.keeper = new ImageKeeper(parts, this::deployedImages, this::runningImages);
    }

    /** Who else forgets something with a service; to be said before {@link #open()}. */
    void onDeleted(Consumer<ServiceRecord> also) {
        forget = also;
    }

    static String key(ServiceRecord service) {
        return service.account() + "/" + service.region() + "/" + service.id();
    }

    /** Takes up the services that are recorded. */
    void open() {
        Instant forgotten = parts.clock().instant().minus(REMEMBERED);
        for (ServiceRecord service : table.values()) {
            if (service.status() != ServiceStatus.DELETED) {
                control(service);
            } else if (service.updatedAt() < forgotten.toEpochMilli()) {
                table.remove(key(service));
            }
        }
    }

    Collection<ServiceController> controllers() {
        return controllers.values();
    }

    /** Those that are not deleted, by the time of their creation. */
    List<ServiceRecord> list(String account, String region) {
        return live().filter(service ->
                        service.account().equals(account) && service.region().equals(region))
                .sorted(Comparator.comparing(ServiceRecord::place))
                .toList();
    }

    /** Of all accounts, in every region. */
    List<String> arns() {
        return live().map(ServiceRecord::arn).sorted().toList();
    }

    /** In every region. */
    List<String> arnsOf(String account) {
        return live().filter(service -> service.account().equals(account))
                .map(ServiceRecord::arn)
                .sorted()
                .toList();
    }

    boolean usesScaling(ScalingRecord record) {
        return uses(configuration -> configuration.autoScalingArn().equals(record.arn()));
    }

    /** Whether any service is, or is wanted to be, configured so. */
    boolean uses(Predicate<Configuration> test) {
        return live().anyMatch(service -> test.test(service.configuration())
                || (service.deployed() != null && test.test(service.deployed().configuration())));
    }

    /** @throws dev.slipway.cloud.wire.AwsException ResourceNotFound when the call's region has no such service */
    ServiceRecord require(Call call, String arn) {
        return find(call, arn).orElseThrow(() -> Errors.notFound("Service with ARN " + arn + " does not exist"));
    }

    Optional<ServiceRecord> find(Call call, String arn) {
        return table.values().stream()
                .filter(service ->
                        service.region().equals(call.region()) && service.arn().equals(arn))
                .findFirst();
    }

    /** @throws dev.slipway.cloud.wire.AwsException ResourceNotFound when there is no such service, or no longer */
    ServiceController controller(Call call, String arn) {
        ServiceController controller = controllers.get(key(require(call, arn)));
        if (controller == null) {
            throw Errors.notFound("Service with ARN " + arn + " has been deleted");
        }
        return controller;
    }

    @Override
    public Optional<Map<String, String>> tags(Call call, String arn) {
        return find(call, arn)
                .filter(service -> service.status() != ServiceStatus.DELETED)
                .map(ServiceRecord::tags);
    }

    @Override
    public void changeTags(Call call, String arn, UnaryOperator<Map<String, String>> change) {
        controller(call, arn).changeTags(service -> service.withTags(change.apply(service.tags())));
    }

    /** The last part of a new service's ARN. */
    String newId() {
        return ids.hex();
    }

    /**
     * Records a new service, whose creation begins.
     *
     * @param id from {@link #newId}
     */
    synchronized ServiceController create(
            String account,
            String region,
            String id,
            String name,
            Configuration configuration,
            Map<String, String> tags) {
        List<ServiceRecord> others = list(account, region);
        others.stream().filter(other -> other.name().equals(name)).findFirst().ifPresent(other -> {
            throw Errors.invalid("Service with the provided name already exists: " + other.arn());
        });
        if (others.size() >= QUOTA) {
            throw Errors.quota("You have " + QUOTA + " services in " + region
                    + ", which is the limit; delete one that you don't need, those in CREATE_FAILED count too");
        }
        Instant now = parts.clock().instant();
        var operation = new OperationRecord(
                ids.uuid(),
                OperationType.CREATE_SERVICE,
                OperationStatus.IN_PROGRESS,
                true,
                now.toEpochMilli(),
                null,
                now.toEpochMilli());
        var service = new ServiceRecord(
                account,
                region,
                id,
                name,
                ids.subdomain(),
                bindable(id).orElse(null),
                ServiceStatus.OPERATION_IN_PROGRESS,
                now.toEpochMilli(),
                now.toEpochMilli(),
                null,
                configuration,
                null,
                tags,
                List.of(operation),
                false);
        table.put(key(service), service);
        ServiceController controller = control(service);
        controller.begun(operation);
        return controller;
    }

    /** The status that clients see. */
    ServiceStatus shown(ServiceRecord service) {
        ServiceController controller = controllers.get(key(service));
        return controller == null ? service.status() : controller.setting().shown(service);
    }

    /** Where a client finds a service, without scheme, as App Runner tells it; nowhere when it is private. */
    String url(ServiceRecord service) {
        if (service.configuration().privateIngress()) {
            return "";
        }
        String host = service.address() == null ? service.localHost() : service.address();
        return host + ":" + parts.addresses().port();
    }

    private Optional<String> bindable(String id) {
        Set<String> taken =
                live().map(service -> String.valueOf(service.address())).collect(Collectors.toSet());
        String address = LoopbackAddresses.choose(id, taken);
        try {
            parts.addresses().bind(LoopbackAddresses.parse(address));
            return Optional.of(address);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, address + " can't be used, the service is reached by its name instead", e);
            return Optional.empty();
        }
    }

    private ServiceController control(ServiceRecord service) {
        TargetGroup group = parts.balancer().newGroup(service.arn());
        if (service.address() != null) {
            try {
                parts.addresses().bind(LoopbackAddresses.parse(service.address()));
            } catch (IOException e) {
                LOG.log(Level.WARNING, service.address() + " of " + service.arn() + " can't be listened on", e);
            }
        }
        var log = new ServiceLog(parts.logs(), parts.clock(), service);
        var setting = new Setting(
                parts,
                ids,
                pace,
                known.scaling(),
                keeper,
                log,
                service.arn(),
                service::place,
                group,
                new Retirement(),
                wake);
        var controller = new ServiceController(setting, table, service, this::ended, this::deleted);
        controllers.put(key(service), controller);
        routes.set(service, group);
        return controller;
    }

    /** Sends requests to a service by the names that it has now. */
    void reroute(String arn) {
        controllers.values().stream()
                .filter(controller -> controller.record().arn().equals(arn))
                .forEach(this::reroute);
    }

    private void ended(ServiceController controller) {
        reroute(controller);
        parts.workers().execute(keeper::prune);
    }

    private void reroute(ServiceController controller) {
        routes.set(controller.record(), controller.setting().group());
    }

    private void deleted(ServiceController controller) {
        ServiceRecord service = controller.record();
        controllers.remove(key(service));
        routes.clear(controller.setting().group());
        if (service.address() != null) {
            parts.addresses().unbind(LoopbackAddresses.parse(service.address()));
        }
        forget.accept(service);
        parts.workers().execute(keeper::prune);
    }

    private Stream<ServiceRecord> live() {
        return table.values().stream().filter(service -> service.status() != ServiceStatus.DELETED);
    }

    private Collection<Digest> deployedImages() {
        return live().flatMap(service -> Stream.ofNullable(service.deployed()))
                .map(deployed -> Digest.parse(deployed.digest()))
                .toList();
    }

    private Collection<PreparedImage> runningImages() {
        return controllers.values().stream()
                .flatMap(controller -> controller.runningImage().stream())
                .toList();
    }
}
