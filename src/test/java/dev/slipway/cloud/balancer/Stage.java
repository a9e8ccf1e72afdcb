package dev.slipway.cloud.balancer;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** A balancer with one group on its own port, and the applications and clients of one test. */
final class Stage implements AutoCloseable {
    static final Limits LIMITS = Limits.of(Duration.ofSeconds(30));
    static final String GET = "GET / HTTP/1.1\r\nhost: a.localhost\r\n\r\n";

    final Balancer balancer;
    final Front front;
    final TargetGroup group;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Stage() throws IOException {
        this(LIMITS);
    }

    Stage(Limits limits) throws IOException {
        balancer = new Balancer(limits, InstantSource.system());
        front = new Front(balancer);
        group = balancer.newGroup("hello");
        balancer.route(InetAddress.getLoopbackAddress(), group);
    }

    /** One more application behind the balancer. */
    Backend target(String id, int limit, Backend.Behaviour behaviour) throws IOException {
        Backend backend = new Backend(behaviour);
        opened.add(backend);
        group.add(backend.target(id, limit));
        return backend;
    }

    /** An application that answers everything with these bytes and keeps its connections open. */
    Backend saying(String answer) throws IOException {
        return target("only", 100, connection -> {
            while (connection.readRequest() != null) {
                connection.send(answer);
            }
        });
    }

    Client client() throws IOException {
        Client client = new Client(front.address());
        opened.add(client);
        return client;
    }

    /** Sends one request on a connection of its own and reads its answer. */
    Client.Answer ask(String request) throws IOException {
        try (Client client = new Client(front.address())) {
            client.send(request);
            return client.read(!request.startsWith("HEAD"));
        }
    }

    interface Work<T> {
        T done() throws Exception;
    }

    <T> CompletableFuture<T> aside(Work<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.done();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
    }

    static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    @Override
    public void close() throws Exception {
        threads.shutdownNow();
        front.close();
        for (AutoCloseable each : opened) {
            each.close();
        }
    }
}
