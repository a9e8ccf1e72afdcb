package dev.slipway.cloud.runtime;

import dev.slipway.cloud.http.Dialer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An instance whose first process runs in namespaces of its own. */
final class NamespaceInstance implements Instance, DiskWatch.Writer {
    private final InstanceSpec spec;
    private final InstancePlan plan;
    private final Process keeper;
    private final Optional<Hatch> hatch;
    private final long first;
    private final long application;
    private final int stopSignal;
    private final ScheduledExecutorService scheduler;
    private final Signals signals;
    private final Freezer freezer;
    private final Dialer dialer;
    private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
    private boolean idle;
    private boolean stopping;
    private boolean killed;
    private Exceeded exceeded = Exceeded.NOTHING;

    /** Sends a signal to a process of this machine. */
    interface Signals {
        void send(long pid, int signal) throws IOException;
    }

    /**
     * @param hatch what surroundings are given
     * @param first the first process of the instance, as this JVM sees it; all others end with it
     * @param application the process that executes the image's command
     */
    NamespaceInstance(
            InstanceSpec spec,
            InstancePlan plan,
            Process keeper,
            Optional<Hatch> hatch,
            long first,
            long application,
            int stopSignal,
            ScheduledExecutorService scheduler,
            Signals signals,
            Freezer freezer) {
        this.spec = spec;
        this.plan = plan;
        this.keeper = keeper;
        this.hatch = hatch;
        this.first = first;
        this.application = application;
        this.stopSignal = stopSignal;
        this.scheduler = scheduler;
        this.signals = signals;
        this.freezer = freezer;
        this.dialer = new DoorDialer(plan.door(), "port " + spec.port() + " of instance " + spec.id());
    }

    /** Hands over output until the instance has ended, frees what it held and tells how it ended. Blocks; for a thread of its own. */
    void follow(Runnable release) {
        try {
            LineReader.read(keeper.getInputStream(), spec.log());
        } catch (IOException e) {
            // The pipe broke with the process; what was read was handed over.
        }
        int code;
        try {
            code = keeper.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            keeper.destroyForcibly();
            code = 137;
        }
        ExitStatus status = new ExitStatus(code, exceeded(code));
        hatch.ifPresent(Hatch::close);
        release.run();
        exit.complete(status);
    }

    private synchronized Exceeded exceeded(int code) {
        if (code == 128 + Linux.SIGXFSZ) {
            return Exceeded.DISK;
        }
        if (code != 128 + Linux.SIGKILL) {
            return Exceeded.NOTHING;
        }
        return !killed && Cgroups.outOfMemory(plan.cgroups()) ? Exceeded.MEMORY : exceeded;
    }

    @Override
    public DiskUse written() {
        DiskUse removed =
                DiskUse.removedButOpen(ProcessHandle.of(first).stream().flatMap(ProcessHandle::descendants));
        return DiskUse.of(plan.writable()).plus(removed);
    }

    @Override
    public DiskUse mayWrite() {
        return plan.mayWrite();
    }

    @Override
    public void exceeded() {
        synchronized (this) {
            exceeded = Exceeded.DISK;
        }
        kill();
    }

    /** The application's process, as this JVM sees it. */
    long pid() {
        return application;
    }

    @Override
    public String id() {
        return spec.id();
    }

    @Override
    public Dialer dialer() {
        return dialer;
    }

    @Override
    public CompletableFuture<ExitStatus> exit() {
        return exit.copy();
    }

    @Override
    public Set<Integer> listeningPorts() {
        return keeper.isAlive() ? ListeningPorts.of(first) : Set.of();
    }

    @Override
    public Set<Integer> loopbackPorts() {
        Set<Integer> ports = keeper.isAlive() ? ListeningPorts.ofLoopback(first) : new HashSet<>();
        if (hatch.isPresent()) {
            ports.remove(NetworkSteps.PORT);
        }
        return ports;
    }

    @Override
    public synchronized void idle() {
        if (!idle && !stopping && !exit.isDone()) {
            idle = true;
            freezer.freeze();
        }
    }

    @Override
    public synchronized CompletableFuture<Void> wake() {
        if (!idle || exit.isDone()) {
            return CompletableFuture.completedFuture(null);
        }
        idle = false;
        return freezer.thaw();
    }

    @Override
    public CompletableFuture<ExitStatus> stop(Duration grace) {
        if (!exit.isDone()) {
            synchronized (this) {
                stopping = true;
                wake();
            }
            if (grace.isZero()) {
                kill();
            } else {
                signal(application, stopSignal);
            }
            var kill = scheduler.schedule(this::kill, grace.toMillis(), TimeUnit.MILLISECONDS);
            exit.whenComplete((status, failure) -> kill.cancel(false));
        }
        return exit();
    }

    private void kill() {
        synchronized (this) {
            killed = true;
        }
        if (!Cgroups.kill(plan.cgroups())) {
            signal(first, Linux.SIGKILL);
        }
    }

    /** As long as the keeper lives, the process it waits for has its number. */
    private void signal(long pid, int signal) {
        if (!keeper.isAlive()) {
            return;
        }
        try {
            signals.send(pid, signal);
        } catch (IOException e) {
            // It ended in between; if it did not, ending the keeper ends it.
            keeper.destroyForcibly();
        }
    }
}
