package dev.slipway.bench;

import dev.slipway.bench.Bench.Contender;
import dev.slipway.cloud.runtime.ContainerRuntime;
import dev.slipway.cloud.runtime.Instance;
import dev.slipway.cloud.runtime.InstanceClient;
import dev.slipway.cloud.runtime.Runtimes;
import dev.slipway.cloud.runtime.TinyHttpd;
import dev.slipway.testing.Programs;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** From nothing to the first answer of an instance, beside {@code podman run} with the same image, and what an idle instance costs. */
final class InstanceBench implements Benchmark {
    private static final int ROUNDS = 15;
    private static final int TOGETHER = 10;

    private final AtomicInteger number = new AtomicInteger();

    @Override
    public String name() {
        return "instances";
    }

    @Override
    public void run(PrintStream out) throws Exception {
        Path directory = Files.createTempDirectory("slipway-bench");
        int port = freePort();
        TinyHttpd httpd = new TinyHttpd(port);
        try (ContainerRuntime runtime = Runtimes.choose(directory.resolve("ours"), "namespaces");
                InstanceClient client = new InstanceClient()) {
            out.println(runtime.description());
            Bench bench = new Bench(out, 3, ROUNDS);
            Bench.Work ours = () -> startAndStop(httpd, runtime, client);
            String what = "start to first answer of a tiny image";
            if (Programs.find("podman").isPresent()) {
                PodmanPeer podman = new PodmanPeer(directory, httpd, port);
                bench.compare(
                        what, "ms", new Contender("slipway", ours), new Contender("podman run", podman::startAndStop));
                podman.close();
            } else {
                bench.peerAbsent("podman");
                bench.alone(what, "ms", ours);
            }
            bench.alone(TOGETHER + " at once, until all answer", "ms", () -> together(httpd, runtime, client));
            bench.alone("waking an idle instance", "us", () -> wake(httpd, runtime, client));
            bench.alone("memory besides the application", "KiB", () -> overhead(httpd, runtime, client));
        } finally {
            Trees.delete(directory);
        }
    }

    private Instance answering(TinyHttpd httpd, ContainerRuntime runtime, InstanceClient client) throws Exception {
        Instance instance = httpd.start(runtime, "bench-" + number.incrementAndGet(), client.loops());
        client.await(instance, "/");
        return instance;
    }

    private double startAndStop(TinyHttpd httpd, ContainerRuntime runtime, InstanceClient client) throws Exception {
        long start = System.nanoTime();
        Instance instance = answering(httpd, runtime, client);
        double millis = (System.nanoTime() - start) / 1e6;
        instance.stop(Duration.ZERO).get();
        return millis;
    }

    private double together(TinyHttpd httpd, ContainerRuntime runtime, InstanceClient client) throws Exception {
        long start = System.nanoTime();
        List<CompletableFuture<Instance>> starting = new ArrayList<>();
        for (int i = 0; i < TOGETHER; i++) {
            CompletableFuture<Instance> each = new CompletableFuture<>();
            starting.add(each);
            new Thread(() -> {
                        try {
                            each.complete(answering(httpd, runtime, client));
                        } catch (Exception e) {
                            each.completeExceptionally(e);
                        }
                    })
                    .start();
        }
        for (CompletableFuture<Instance> each : starting) {
            each.get();
        }
        double millis = (System.nanoTime() - start) / 1e6;
        for (CompletableFuture<Instance> each : starting) {
            each.get().stop(Duration.ZERO).get();
        }
        return millis;
    }

    private double wake(TinyHttpd httpd, ContainerRuntime runtime, InstanceClient client) throws Exception {
        Instance instance = answering(httpd, runtime, client);
        instance.idle();
        long start = System.nanoTime();
        instance.wake().get();
        double micros = (System.nanoTime() - start) / 1e3;
        instance.stop(Duration.ZERO).get();
        return micros;
    }

    /** The share of memory of the processes that this one started for an instance, without the application. */
    private double overhead(TinyHttpd httpd, ContainerRuntime runtime, InstanceClient client) throws Exception {
        List<Long> before = children();
        Instance instance = answering(httpd, runtime, client);
        double kibibytes = 0;
        for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
            boolean helper = process.info().command().orElse("").endsWith("/launcher");
            kibibytes += helper && !before.contains(process.pid()) ? proportionalSize(process.pid()) : 0;
        }
        instance.stop(Duration.ZERO).get();
        return kibibytes;
    }

    private static List<Long> children() {
        return ProcessHandle.current().descendants().map(ProcessHandle::pid).toList();
    }

    private static long proportionalSize(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
