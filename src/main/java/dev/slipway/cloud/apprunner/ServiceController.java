package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.apprunner.ServiceRecord.Deployed;
import dev.slipway.cloud.autoscaler.Spec;
import dev.slipway.cloud.runtime.PreparedImage;
import dev.slipway.cloud.store.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes one service what its record says. API calls change the record; {@link #tick} does the rest, by at most one {@link Work} at a
 * time. Every change is recorded before it is acted upon, so that a new process can go on. Thread-safe.
 */
final class ServiceController {
    private static final Set<OperationType> BLUE_GREEN =
            Set.of(OperationType.UPDATE_SERVICE, OperationType.START_DEPLOYMENT);

    private final Setting setting;
    private final Table<ServiceRecord> table;
    private final Consumer<ServiceController> ended;
    private final Consumer<ServiceController> deleted;
    private final Scaler scaler;
    private ServiceRecord record;
    private @Nullable Fleet live;
    private @Nullable Work work;
    private Instant nextRestore = Instant.MIN;
    private boolean closed;

    /**
     * @param ended told after every operation
     * @param deleted told once when the service has been deleted
     */
    ServiceController(
            Setting setting,
            Table<ServiceRecord> table,
            ServiceRecord record,
            Consumer<ServiceController> ended,
            Consumer<ServiceController> deleted) {
        this.setting = setting;
        this.table = table;
        this.record = record;
        this.ended = ended;
        this.deleted = deleted;
        this.scaler = new Scaler(setting.group());
    }

    synchronized ServiceRecord record() {
        return record;
    }

    Setting setting() {
        return setting;
    }

    /** Whether something other than the everyday watch over instances is going on. */
    synchronized boolean busy() {
        return work != null || record.unfinished().isPresent();
    }

    /** How many instances the service needs now; 1, the least of all, when none serves. */
    synchronized int size() {
        return live == null ? 1 : live.wanted();
    }

    synchronized int provisioned() {
        return live == null ? 0 : live.ready();
    }

    synchronized int active() {
        return live == null ? 0 : live.active();
    }

    synchronized Optional<PreparedImage> runningImage() {
        return Optional.ofNullable(live).map(fleet -> fleet.version().image());
    }

    /** The bounds that a configuration names. */
    Spec scaling(Configuration configuration) {
        ScalingRecord scaling = setting.scaling()
                .find(record().account(), record().region(), configuration.autoScalingArn())
                .orElseGet(() -> setting.scaling().standard(record().account(), record().region()));
        return new Spec(scaling.maxConcurrency(), scaling.minSize(), scaling.maxSize());
    }

    /**
     * Begins an operation.
     *
     * @param allowed the states in which it may begin
     * @param change of the configuration
     * @throws dev.slipway.cloud.wire.AwsException InvalidState in any other state
     */
    synchronized OperationRecord begin(
            OperationType type, boolean pulls, Set<ServiceStatus> allowed, UnaryOperator<Configuration> change) {
        ServiceStatus status = setting.shown(record);
        if (!allowed.contains(status)) {
            throw Errors.state("The service " + record.name() + " is in the state " + status + ", but "
                    + type + " needs it to be in one of " + allowed
                    + (status == ServiceStatus.OPERATION_IN_PROGRESS ? "; try again when its operation is over" : ""));
        }
        Configuration wanted = change.apply(record.configuration());
        Instant now = setting.parts().clock().instant();
        var operation = new OperationRecord(
                setting.ids().uuid(),
                type,
                OperationStatus.IN_PROGRESS,
                pulls,
                now.toEpochMilli(),
                null,
                now.toEpochMilli());
        save(record.with(ServiceStatus.OPERATION_IN_PROGRESS, wanted, record.deployed(), now)
                .begun(operation));
        begun(operation);
        return operation;
    }

    /** Tells the log of an operation whose record is written; the rest follows in the ticks. */
    synchronized void begun(OperationRecord operation) {
        setting.log().event(OperationWords.started(operation));
        setting.log().event("Service status is set to " + record.status() + ".");
        setting.wake().run();
    }

    synchronized void changeTags(UnaryOperator<ServiceRecord> change) {
        save(change.apply(record));
    }

    /** The tracked tag now names another image. Deploys it at once, or when the operation that is under way is over. */
    synchronized void pushed() {
        if (!closed) {
            save(record.withPushWaiting(true));
        }
        setting.wake().run();
    }

    synchronized void tick() {
        if (closed) {
            return;
        }
        Instant now = setting.pace().instant();
        setting.retirement().tick(now);
        while (true) {
            if (work == null) {
                work = nextWork(now);
            }
            if (work == null || !work.advance(now)) {
                break;
            }
            work = null;
        }
        if (live != null) {
            scaler.tick(live, now);
            live.tick(now);
        }
    }

    private @Nullable Work nextWork(Instant now) {
        Optional<OperationRecord> unfinished = record.unfinished();
        Deployed deployed = record.deployed();
        boolean serves = unfinished
                .map(operation -> BLUE_GREEN.contains(operation.type()))
                .orElse(record.status() == ServiceStatus.RUNNING);
        if (serves && deployed != null && live == null && !now.isBefore(nextRestore)) {
            return new Restore(setting, deployed, this);
        }
        if (unfinished.isEmpty()) {
            if (setting.shown(record) == ServiceStatus.OPERATION_IN_PROGRESS) {
                return null;
            }
            if (!record.pushWaits()) {
                return null;
            }
            if (record.status() != ServiceStatus.RUNNING) {
                save(record.withPushWaiting(false));
                return null;
            }
            begin(OperationType.START_DEPLOYMENT, true, Set.of(ServiceStatus.RUNNING), same -> same);
            return nextWork(now);
        }
        OperationRecord operation = unfinished.get();
        return switch (operation.type()) {
            case CREATE_SERVICE, UPDATE_SERVICE, START_DEPLOYMENT, RESUME_SERVICE ->
                new Rollout(setting, record, operation, this);
            case PAUSE_SERVICE, DELETE_SERVICE -> {
                retireLive(now);
                yield new Teardown(setting, operation, this);
            }
        };
    }

    void rolledOut(Fleet fleet, OperationRecord operation) {
        // When the record could not be written, this comes a second time.
        if (fleet != live) {
            setting.log().event("Health check is successful. Routing traffic to application.");
            fleet.serve();
            if (live != null) {
                live.retire(setting.pace().instant());
            }
            live = fleet;
            setting.log().event("Successfully routed incoming traffic to application.");
        }
        end(
                operation,
                OperationStatus.SUCCEEDED,
                ServiceStatus.RUNNING,
                record.configuration(),
                fleet.version().deployed());
    }

    void restored(Fleet fleet) {
        fleet.serve();
        live = fleet;
    }

    /** Is tried again later; until then operations may go on, one of which may be the cure. */
    void notRestored(Instant retry) {
        nextRestore = retry;
    }

    void rolloutFailed(OperationRecord operation, String reason) {
        setting.log().event(OperationWords.failed(operation, reason));
        setting.log().event(OperationWords.after(operation));
        Deployed deployed = record.deployed();
        if (operation.type() == OperationType.RESUME_SERVICE) {
            end(operation, OperationStatus.FAILED, ServiceStatus.PAUSED, record.configuration(), deployed);
        } else if (deployed == null) {
            end(operation, OperationStatus.FAILED, ServiceStatus.CREATE_FAILED, record.configuration(), null);
        } else {
            boolean serves = live != null;
            setting.log()
                    .event(
                            serves
                                    ? "The version deployed before serves on."
                                    : "The version deployed before can't be started either.");
            end(
                    operation,
                    serves ? OperationStatus.ROLLBACK_SUCCEEDED : OperationStatus.ROLLBACK_FAILED,
                    ServiceStatus.RUNNING,
                    deployed.configuration(),
                    deployed);
        }
    }

    void tornDown(OperationRecord operation) {
        boolean gone = operation.type() == OperationType.DELETE_SERVICE;
        end(
                operation,
                OperationStatus.SUCCEEDED,
                gone ? ServiceStatus.DELETED : ServiceStatus.PAUSED,
                record.configuration(),
                gone ? null : record.deployed());
        if (gone) {
            deleted.accept(this);
        }
    }

    /** The instances are gone and the service is not, because somebody wants that trouble. */
    void notDeleted(OperationRecord operation) {
        setting.log().event(OperationWords.after(operation));
        end(operation, OperationStatus.FAILED, ServiceStatus.DELETE_FAILED, record.configuration(), record.deployed());
    }

    private void end(
            OperationRecord operation,
            OperationStatus result,
            ServiceStatus status,
            Configuration configuration,
            @Nullable Deployed deployed) {
        Instant now = setting.parts().clock().instant();
        save(record.with(status, configuration, deployed, now).ended(result, now));
        ended.accept(this);
        if (result == OperationStatus.SUCCEEDED) {
            setting.log().event(OperationWords.succeeded(operation));
        }
        setting.log().event("Service status is set to " + status + ".");
    }

    private void retireLive(Instant now) {
        if (live != null) {
            live.retire(now);
            live = null;
            scaler.forget();
            setting.group().turnAway();
        }
    }

    private void save(ServiceRecord changed) {
        table.put(Services.key(changed), changed);
        record = changed;
    }

    /** Ends all instances; the record stays as it is, for the next process. */
    synchronized CompletableFuture<?> close() {
        closed = true;
        CompletableFuture<?> ofWork =
                work instanceof Rollout rollout ? rollout.stopNow() : CompletableFuture.completedFuture(null);
        CompletableFuture<?> ofLive = live == null ? CompletableFuture.completedFuture(null) : live.stopNow();
        return CompletableFuture.allOf(ofWork, ofLive, setting.retirement().stopNow());
    }

    /** What is awaited now from outside of the tick; for tests that drive by hand. */
    synchronized CompletableFuture<?> pending() {
        if (work != null && !work.pending().isDone()) {
            return work.pending();
        }
        return live == null ? CompletableFuture.completedFuture(null) : live.pending();
    }
}
