package dev.slipway.cloud.runtime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;

/** Against Podman's service, which this test starts when Podman is installed. */
final class PodmanRuntimeIT extends ContainerRuntimeContract {
    private Process service;

    @Override
    ContainerRuntime open(Path dataDirectory) throws Exception {
        assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
                "rootless engines give containers no address of this machine");
        assumeTrue(isOnPath("podman"), "Podman is not installed");
        assumeTrue(isOnPath("runc") || isOnPath("crun"), "no OCI runtime for Podman is installed");
        Path socket = temporary.resolve("podman.sock");
        Path log = temporary.resolve("podman.log");
        Path settings = Files.writeString(
                temporary.resolve("containers.conf"),
                "[containers]\ndefault_ulimits=[\"nofile=4096:4096\",\"nproc=4096:4096\"]\n[engine]\ncgroup_manager=\"cgroupfs\"\nevents_logger=\"file\"\n"
                        + (isOnPath("runc") ? "runtime=\"runc\"\n" : ""));
        ProcessBuilder builder = new ProcessBuilder(
                        "podman",
                        "--storage-driver",
                        "vfs",
                        "--root",
                        temporary.resolve("store").toString(),
                        "--runroot",
                        temporary.resolve("podman").toString(),
                        "system",
                        "service",
                        "--time=0",
                        "unix://" + socket)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("CONTAINERS_CONF", settings.toString());
        service = builder.start();
        for (int i = 0; i < 1000 && !Files.exists(socket) && service.isAlive(); i++) {
            LockSupport.parkNanos(10_000_000);
        }
        assumeTrue(Files.exists(socket), "Podman's service does not start: " + Files.readString(log));
        DockerRuntime docker = new DockerRuntime(DataDirectory.open(dataDirectory), socket);
        assumeTrue(canStart(docker), "Podman can't start containers here: " + whyNot);
        return docker;
    }

    private String whyNot = "";

    private boolean canStart(DockerRuntime docker) throws Exception {
        PreparedImage hello = docker.prepare(HelloForTests.MANIFEST, HelloForTests.IMAGE.config(), HelloForTests.BLOBS);
        try {
            Instance trial = docker.start(
                    hello,
                    new InstanceSpec("trial", java.util.List.of(), java.util.Map.of(), 8080, 1024, 512, line -> {}));
            end(trial.stop(java.time.Duration.ZERO));
            return true;
        } catch (RuntimeFailure e) {
            whyNot = e.getMessage();
            return false;
        }
    }

    @Override
    boolean limitsMemory() {
        return false; // Podman 4.3 says OOMKilled=false with version 1 of control groups.
    }

    @AfterAll
    void endService() throws Exception {
        if (service != null) {
            service.descendants().forEach(ProcessHandle::destroy);
            service.destroy();
            service.waitFor(20, TimeUnit.SECONDS);
        }
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
