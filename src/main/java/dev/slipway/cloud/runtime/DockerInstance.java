package dev.slipway.cloud.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cloud.http.Dialer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An instance that a Docker-compatible engine runs. */
final class DockerInstance implements Instance {
    private final EngineClient engine;
    private final InstanceSpec spec;
    private final String container;
    private final long pid;
    private final String stopSignal;
    private final ScheduledExecutorService scheduler;
    private final Dialer dialer;
    private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
    private CompletableFuture<Void> lastCall = CompletableFuture.completedFuture(null);
    private boolean idle;
    private boolean stopping;

    /** @param address of the container on this machine's bridge; a published port would add a proxy to the way */
    DockerInstance(
            EngineClient engine,
            InstanceSpec spec,
            String container,
            String address,
            long pid,
            String stopSignal,
            ScheduledExecutorService scheduler) {
        this.engine = engine;
        this.spec = spec;
        this.container = container;
        this.pid = pid;
        this.stopSignal = stopSignal;
        this.scheduler = scheduler;
        this.dialer = new AddressDialer(new InetSocketAddress(address, spec.port()));
    }

    /** Hands over output until the container has ended, removes it and tells how it ended. Blocks; for a thread of its own. */
    void follow(Runnable release) {
        try (EngineClient.Answer logs =
                engine.follow("/containers/" + container + "/logs?follow=1&stdout=1&stderr=1")) {
            LineReader.read(new FramedInput(logs.body()), spec.log());
        } catch (IOException e) {
            // The engine went away or the container with it; the end is told below.
        }
        int code = 137;
        boolean outOfMemory = false;
        try {
            code = engine.call("POST", "/containers/" + container + "/wait", null)
                    .path("StatusCode")
                    .asInt(137);
            JsonNode state = engine.call("GET", "/containers/" + container + "/json", null)
                    .path("State");
            outOfMemory = state.path("OOMKilled").asBoolean();
            engine.call("DELETE", "/containers/" + container + "?force=1&v=1", null);
        } catch (IOException e) {
            // It was removed by someone else.
        }
        release.run();
        exit.complete(new ExitStatus(code, outOfMemory ? Exceeded.MEMORY : Exceeded.NOTHING));
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
        return exit.isDone() || pid == 0 ? Set.of() : ListeningPorts.of(pid);
    }

    @Override
    public Set<Integer> loopbackPorts() {
        return exit.isDone() || pid == 0 ? Set.of() : ListeningPorts.ofLoopback(pid);
    }

    @Override
    public synchronized void idle() {
        if (!idle && !stopping && !exit.isDone()) {
            idle = true;
            next(() -> attempt("/pause"));
        }
    }

    @Override
    public synchronized CompletableFuture<Void> wake() {
        if (idle) {
            idle = false;
            next(() -> attempt("/unpause"));
        }
        return lastCall.copy();
    }

    /** One call after the other, so that the last one counts. */
    private void next(Runnable call) {
        lastCall = lastCall.thenRunAsync(call, scheduler);
    }

    @Override
    public CompletableFuture<ExitStatus> stop(Duration grace) {
        if (!exit.isDone()) {
            synchronized (this) {
                stopping = true;
                wake();
                next(() -> signal(grace.isZero() ? "SIGKILL" : stopSignal));
            }
            var kill = scheduler.schedule(() -> signal("SIGKILL"), grace.toMillis(), TimeUnit.MILLISECONDS);
            exit.whenComplete((status, failure) -> kill.cancel(false));
        }
        return exit();
    }

    private void signal(String name) {
        attempt("/kill?signal=" + name);
    }

    private void attempt(String action) {
        try {
            engine.call("POST", "/containers/" + container + action, null);
        } catch (IOException e) {
            // It has ended.
        }
    }
}
