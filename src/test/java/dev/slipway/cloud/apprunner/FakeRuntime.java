package dev.slipway.cloud.apprunner;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.cloud.http.Dialer;
import dev.slipway.cloud.http.TcpDialer;
import dev.slipway.cloud.runtime.ContainerRuntime;
import dev.slipway.cloud.runtime.Instance;
import dev.slipway.cloud.runtime.InstanceSpec;
import dev.slipway.cloud.runtime.PreparedImage;
import dev.slipway.cloud.runtime.RuntimeFailure;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Manifest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs "images" as small HTTP servers in this process. An image's entrypoint says how it behaves: {@code ok:TEXT} answers
 * {@code TEXT GREETING}; {@code exit:CODE} ends at once; {@code listen:PORT} listens elsewhere; {@code status:CODE} always answers
 * that; {@code deaf} listens nowhere; {@code arm64} can't be run.
 */
final class FakeRuntime implements ContainerRuntime {
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "application");
        thread.setDaemon(true);
        return thread;
    });
    final List<FakeInstance> started = new CopyOnWriteArrayList<>();
    /** Requests to {@code /slow} wait for it. */
    volatile CountDownLatch slow = new CountDownLatch(0);

    volatile List<String> notices = List.of();

    List<FakeInstance> running() {
        return started.stream().filter(each -> !each.exit.isDone()).toList();
    }

    @Override
    public String description() {
        return "fake";
    }

    @Override
    public List<String> notices() {
        return notices;
    }

    @Override
    public PreparedImage prepare(Manifest manifest, ImageConfig config, BlobSource blobs) throws RuntimeFailure {
        if (config.entrypoint().get(0).equals("arm64")) {
            throw new RuntimeFailure(
                    RuntimeFailure.Kind.WRONG_PLATFORM, "it is built for linux/arm64, this is linux/amd64");
        }
        return new PreparedImage(manifest.config().digest().toString(), config);
    }

    @Override
    public Instance start(PreparedImage image, InstanceSpec spec) throws RuntimeFailure {
        try {
            var instance = new FakeInstance(image.config().entrypoint().get(0), spec);
            started.add(instance);
            return instance;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void prune(Iterable<PreparedImage> inUse) {}

    @Override
    public void close() {
        started.forEach(FakeInstance::end);
        threads.shutdownNow();
    }

    final class FakeInstance implements Instance {
        final InstanceSpec spec;
        final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
        volatile boolean idle;
        /** Answers 503 to everything. */
        volatile boolean sick;

        /** Requests to {@code /health}. */
        final AtomicInteger checks = new AtomicInteger();

        final AtomicInteger checkedWhileIdle = new AtomicInteger();
        private final String behaviour;
        private final HttpServer server;
        private final Set<Integer> ports;
        private final Set<Integer> loopbackPorts;
        private final InetSocketAddress address;

        FakeInstance(String behaviour, InstanceSpec spec) throws IOException {
            this.spec = spec;
            this.behaviour = behaviour;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
            server.setExecutor(threads);
            server.createContext("/", this::answer);
            address = server.getAddress();
            spec.log().line("starting " + behaviour);
            boolean reachable = behaviour.startsWith("ok:") || behaviour.startsWith("status:");
            ports = reachable
                    ? Set.of(spec.port())
                    : behaviour.startsWith("listen:") ? Set.of(Integer.parseInt(behaviour.substring(7))) : Set.of();
            loopbackPorts =
                    behaviour.startsWith("loopback:") ? Set.of(Integer.parseInt(behaviour.substring(9))) : Set.of();
            server.start();
            if (!reachable) {
                server.stop(0);
            }
            if (behaviour.startsWith("exit:")) {
                spec.log().line("giving up");
                exit.complete(ExitStatus.of(Integer.parseInt(behaviour.substring(5))));
            }
        }

        private void answer(HttpExchange exchange) throws IOException {
            boolean failing = behaviour.startsWith("status:");
            if (exchange.getRequestURI().getPath().equals("/health")) {
                checks.incrementAndGet();
                checkedWhileIdle.addAndGet(idle ? 1 : 0);
            }
            byte[] text = (behaviour.substring(behaviour.indexOf(':') + 1) + " "
                            + spec.environment().get("GREETING"))
                    .getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                if (exchange.getRequestURI().getPath().equals("/slow")) {
                    slow.await();
                }
                int status = failing ? Integer.parseInt(behaviour.substring(7)) : 200;
                exchange.sendResponseHeaders(sick ? 503 : status, text.length);
                exchange.getResponseBody().write(text);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        String behaviour() {
            return behaviour;
        }

        @Override
        public String id() {
            return spec.id();
        }

        @Override
        public Dialer dialer() {
            return new TcpDialer(address, Duration.ofSeconds(2));
        }

        @Override
        public CompletableFuture<ExitStatus> exit() {
            return exit;
        }

        @Override
        public Set<Integer> listeningPorts() {
            return ports;
        }

        @Override
        public Set<Integer> loopbackPorts() {
            return loopbackPorts;
        }

        @Override
        public void idle() {
            idle = true;
        }

        @Override
        public CompletableFuture<Void> wake() {
            idle = false;
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<ExitStatus> stop(Duration grace) {
            end();
            return exit;
        }

        void end() {
            crash(143);
        }

        void crash(int code) {
            end(ExitStatus.of(code));
        }

        void runOutOfMemory() {
            end(new ExitStatus(137, Exceeded.MEMORY));
        }

        private void end(ExitStatus status) {
            server.stop(0);
            exit.complete(status);
        }
    }
}
