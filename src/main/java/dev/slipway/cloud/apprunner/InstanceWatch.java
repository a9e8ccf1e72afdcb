package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.apprunner.Configuration.HealthCheck;
import dev.slipway.cloud.balancer.Target;
import dev.slipway.cloud.runtime.Instance;
import dev.slipway.cloud.runtime.Instance.ExitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One instance from its start to its end: whether it is healthy, and why not. Driven by {@link #tick}; not thread-safe. */
final class InstanceWatch {
    /** App Runner's limit for the start of an instance. */
    static final Duration START_LIMIT = Duration.ofMinutes(5);
    /**
     * How long an application may listen elsewhere only, before that is taken for a mistake. Long enough for one that opens a debugger's or an
     * administrator's port first and its own some seconds later.
     */
    static final Duration WRONG_PORT_GRACE = Duration.ofSeconds(15);
    /** A start is watched more closely than health is later: it is noticed this soon, or by a twentieth of its time too late. */
    private static final Duration START_INTERVAL = Duration.ofMillis(10);

    private static final int START_SHARE = 20;
    /** Between SIGTERM and SIGKILL; requests have been answered before. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(5);

    private final String id;
    private final Configuration configuration;
    private final CompletableFuture<Instance> starting;
    private final Function<Instance, CompletableFuture<Probe.Result>> prober;
    private final int failuresBefore;
    private final Instant startedAt;
    private @Nullable Instant readyAt;
    private State state = State.STARTING;
    private @Nullable Instance instance;
    private @Nullable Activity activity;
    private @Nullable CompletableFuture<Probe.Result> probe;
    private Instant nextProbe;
    private int healthy;
    private int unhealthy;
    private Probe.Result lastResult = Probe.Result.REFUSED;
    private @Nullable Instant rejectedSince;
    private @Nullable Instant elsewhereSince;
    private String failure = "";

    enum State {
        STARTING,
        CHECKING,
        READY,
        FAILED,
        STOPPED
    }

    /** @param failuresBefore how many in its place failed in a row, each soon after its start */
    InstanceWatch(
            String id,
            Configuration configuration,
            CompletableFuture<Instance> starting,
            Function<Instance, CompletableFuture<Probe.Result>> prober,
            Instant now,
            int failuresBefore) {
        this.id = id;
        this.configuration = configuration;
        this.starting = starting;
        this.prober = prober;
        this.failuresBefore = failuresBefore;
        this.startedAt = now;
        this.nextProbe = startedAt;
    }

    String id() {
        return id;
    }

    State state() {
        return state;
    }

    int failuresBefore() {
        return failuresBefore;
    }

    /** How long ago it became ready; zero when it never did. */
    Duration readyFor(Instant now) {
        return readyAt == null ? Duration.ZERO : Duration.between(readyAt, now);
    }

    Instant startedAt() {
        return startedAt;
    }

    /** Why it failed, for a person. */
    String failure() {
        return failure;
    }

    /** Where requests go, once it is ready. */
    Target target(int limit) {
        if (instance == null || activity == null) {
            throw new IllegalStateException("instance " + id + " has not started");
        }
        return new Target(id, instance.dialer(), limit, activity);
    }

    void tick(Instant now) {
        if (state == State.STARTING && starting.isDone()) {
            begin(now);
        }
        if (instance != null && activity != null && (state == State.CHECKING || state == State.READY)) {
            watch(instance, activity, now);
        }
    }

    /** Whether it has no processor time, for want of requests. */
    boolean idle() {
        return activity != null && activity.idle();
    }

    private void begin(Instant now) {
        try {
            instance = starting.join();
            activity = new Activity(instance, now);
            state = State.CHECKING;
        } catch (java.util.concurrent.CompletionException | java.util.concurrent.CancellationException e) {
            fail("Your application could not be started: " + Work.reason(e));
        }
    }

    private void watch(Instance running, Activity activity, Instant now) {
        if (running.exit().isDone()) {
            fail(describe(running.exit()));
            return;
        }
        if (probe != null && probe.isDone()) {
            Probe.Result result = probe.join();
            probe = null;
            judge(running, result, now);
        }
        if (state == State.CHECKING && now.isAfter(startedAt.plus(START_LIMIT))) {
            fail(healthCheckFailed("It was not healthy " + START_LIMIT.toMinutes()
                    + " minutes after its start; the last" + " check found " + describe(lastResult) + "."));
        }
        if (probe == null && !now.isBefore(nextProbe) && (state == State.CHECKING || state == State.READY)) {
            activity.begin();
            probe = prober.apply(running);
            probe.thenRun(activity::end);
        }
        if (state == State.READY) {
            activity.tick(now);
        }
    }

    private void judge(Instance running, Probe.Result result, Instant now) {
        lastResult = result;
        HealthCheck check = configuration.healthCheck();
        if (result == Probe.Result.HEALTHY) {
            unhealthy = 0;
            healthy++;
            rejectedSince = null;
            elsewhereSince = null;
            nextProbe = now.plusSeconds(check.interval());
            if (state == State.CHECKING && healthy >= check.healthyThreshold()) {
                state = State.READY;
                readyAt = now;
            }
            return;
        }
        healthy = 0;
        unhealthy++;
        if (state == State.READY) {
            nextProbe = now.plusSeconds(check.interval());
            if (unhealthy >= check.unhealthyThreshold()) {
                fail(healthCheckFailed("The last " + unhealthy + " checks found " + describe(result) + "."));
            }
            return;
        }
        nextProbe = now.plus(startInterval(now));
        judgeStart(running, result, now);
    }

    private Duration startInterval(Instant now) {
        Duration longest = Duration.ofSeconds(configuration.healthCheck().interval());
        Duration share = Duration.between(startedAt, now).dividedBy(START_SHARE);
        Duration wait = share.compareTo(START_INTERVAL) < 0 ? START_INTERVAL : share;
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    /** Finds out early what no waiting would mend. */
    private void judgeStart(Instance running, Probe.Result result, Instant now) {
        HealthCheck check = configuration.healthCheck();
        rejectedSince = result != Probe.Result.REJECTED ? null : rejectedSince == null ? now : rejectedSince;
        Duration patience = Duration.ofSeconds((long) check.interval() * check.unhealthyThreshold());
        if (rejectedSince != null && !now.isBefore(rejectedSince.plus(patience))) {
            fail(healthCheckFailed(
                    "For " + patience.toSeconds() + " seconds the checks found " + describe(result) + "."));
            return;
        }
        if (result != Probe.Result.REFUSED) {
            elsewhereSince = null;
            return;
        }
        int port = configuration.source().port();
        Set<Integer> ports = running.listeningPorts();
        boolean toItself = !ports.contains(port) && running.loopbackPorts().contains(port);
        boolean elsewhere = toItself || (!ports.isEmpty() && !ports.contains(port));
        elsewhereSince = !elsewhere ? null : elsewhereSince == null ? now : elsewhereSince;
        if (elsewhereSince != null && !now.isBefore(elsewhereSince.plus(WRONG_PORT_GRACE))) {
            if (toItself) {
                fail(healthCheckFailed("The application listens on port " + port
                        + " of the loopback address only, where nothing reaches it; let it listen on 0.0.0.0."));
                return;
            }
            String list = ports.stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
            fail(healthCheckFailed("The application listens on " + list + ", not on " + port + "."));
        }
    }

    private void fail(String reason) {
        failure = reason;
        state = State.FAILED;
    }

    private String healthCheckFailed(String detail) {
        return "Health check failed on " + describeCheck(configuration) + ". " + detail
                + " Check your configured port number. For more information, read the application logs.";
    }

    static String describeCheck(Configuration configuration) {
        HealthCheck check = configuration.healthCheck();
        String path = check.http() ? "[Path: '" + check.path() + "'], " : "";
        return "protocol `" + check.protocol() + "` " + path + "[Port: '"
                + configuration.source().port() + "']";
    }

    private static String describe(Probe.Result result) {
        return switch (result) {
            case HEALTHY -> "it healthy";
            case REFUSED -> "nothing that accepts connections";
            case SILENT -> "a connection, but no answer in time";
            case REJECTED -> "an answer with a 4xx status";
            case UNAVAILABLE -> "an answer with a 5xx status";
        };
    }

    private String describe(CompletableFuture<ExitStatus> exit) {
        String start =
                "Your application stopped or failed to start. See logs for more information.  Container exit code: ";
        if (exit.isCompletedExceptionally()) {
            return start + "unknown";
        }
        ExitStatus status = exit.join();
        return start
                + status.code()
                + switch (status.exceeded()) {
                    case NOTHING -> "";
                    case MEMORY ->
                        ". It was ended because it used more than its memory of "
                                + configuration.size().memory() + " MB";
                    case DISK ->
                        ". It was ended because it wrote more than fits on its disk of 3 GB, which holds its image too";
                };
    }

    /** Ends the instance, or its start; completes when nothing is left of it. */
    CompletableFuture<?> stop() {
        state = State.STOPPED;
        return starting.handle((started, failed) -> started == null
                        ? CompletableFuture.completedFuture(ExitStatus.of(0))
                        : started.stop(STOP_GRACE))
                .thenCompose(exit -> exit);
    }

    /** What is awaited now from outside of the tick; for tests that drive by hand. */
    CompletableFuture<?> pending() {
        return state == State.STARTING ? starting : probe != null ? probe : CompletableFuture.completedFuture(null);
    }
}
