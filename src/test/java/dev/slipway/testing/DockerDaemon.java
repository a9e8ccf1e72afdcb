package dev.slipway.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.testing.Programs.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A docker daemon of the test's own, beside whatever runs on this machine: its own data, socket and login, and no network of its own. */
public final class DockerDaemon implements AutoCloseable {
    private final Path directory;
    private final Process daemon;
    private final Thread onExit = new Thread(this::end, "docker-end");

    private DockerDaemon(Path directory, Process daemon) {
        this.directory = directory;
        this.daemon = daemon;
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /** Starts it; skips the test, with the reason, where docker is not installed or can't run. */
    public static DockerDaemon start(Path directory) throws IOException {
        return start(directory, "none");
    }

    /** @param bridge a network link of the machine through which its containers are reached */
    public static DockerDaemon start(Path directory, String bridge) throws IOException {
        Programs.need("docker", "dockerd", "containerd", "runc");
        assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
                "dockerd needs root, and this test does not run as root");
        Path log = directory.resolve("dockerd.log");
        // Nothing of the machine's own configuration counts, and nothing of its network changes.
        Path none = Files.writeString(directory.resolve("daemon.json"), "{}");
        Process process = new ProcessBuilder(
                        "dockerd",
                        "--config-file=" + none,
                        "--data-root=" + directory.resolve("data"),
                        "--exec-root=" + directory.resolve("exec"),
                        "--pidfile=" + directory.resolve("pid"),
                        "--host=" + socket(directory),
                        "--storage-driver=vfs",
                        "--bridge=" + bridge,
                        "--iptables=false",
                        "--ip6tables=false",
                        "--ip-forward=false",
                        "--ip-masq=false")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        DockerDaemon docker = new DockerDaemon(directory, process);
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> !process.isAlive() || docker.run("", "version").code() == 0);
        } catch (ConditionTimeoutException silent) {
            docker.close();
            throw new AssertionError("dockerd does not answer: " + Files.readString(log), silent);
        }
        if (!process.isAlive()) {
            docker.close();
            List<String> said = Files.readAllLines(log);
            assumeTrue(false, "dockerd can't run on this machine: " + said.get(said.size() - 1));
        }
        return docker;
    }

    private static String socket(Path directory) {
        return "unix://" + directory.resolve("docker.sock");
    }

    /** Where its API answers. */
    public Path socket() {
        return directory.resolve("docker.sock");
    }

    /** {@code docker ARGUMENTS}, with a configuration that nobody else uses. */
    public Ended run(String input, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Map<String, String> environment = Map.of(
                "DOCKER_HOST", socket(directory),
                "DOCKER_CONFIG", directory.resolve("config").toString());
        return Programs.run(directory, environment, input, command);
    }

    /** Ends the daemon and its containerd; leaves neither a process nor a mount. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(onExit);
        end();
    }

    private void end() {
        List<ProcessHandle> all = daemon.descendants().toList();
        daemon.destroy();
        try {
            if (!daemon.waitFor(30, TimeUnit.SECONDS)) {
                daemon.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
            all.forEach(ProcessHandle::destroyForcibly);
            for (String mount : mounts()) {
                new ProcessBuilder("umount", "--lazy", mount).start().waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is mounted below the directory, the deepest first. */
    private List<String> mounts() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/mounts"))) {
            return lines.map(line -> line.split(" ", 3)[1])
                    .filter(place -> place.startsWith(directory + "/"))
                    .sorted(Comparator.comparing(String::length).reversed())
                    .toList();
        }
    }
}
