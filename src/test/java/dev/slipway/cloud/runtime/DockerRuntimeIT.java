package dev.slipway.cloud.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.testing.DockerDaemon;
import dev.slipway.testing.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** Against a docker daemon of the test's own, with a bridge of its own. */
final class DockerRuntimeIT extends ContainerRuntimeContract {
    /** Names of links have 15 characters; one per process lets two tests run at once. */
    private final String bridge = "slw" + ProcessHandle.current().pid();

    private @Nullable DockerDaemon docker;

    @Override
    ContainerRuntime open(Path dataDirectory) throws Exception {
        Programs.need("ip", "dockerd");
        assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
                "dockerd needs root, and this test does not run as root");
        long pid = ProcessHandle.current().pid();
        String address = "10." + (200 + pid % 50) + "." + pid / 50 % 250 + ".1/24";
        for (List<String> step : List.of(
                List.of("ip", "link", "add", bridge, "type", "bridge"),
                List.of("ip", "address", "add", address, "dev", bridge),
                List.of("ip", "link", "set", bridge, "up"))) {
            Programs.Ended ended = Programs.run(temporary, Map.of(), "", step);
            assumeTrue(ended.code() == 0, "no bridge can be made here: " + ended.output());
        }
        docker = DockerDaemon.start(Files.createDirectories(temporary.resolve("docker")), bridge);
        return new DockerRuntime(DataDirectory.open(dataDirectory), docker.socket());
    }

    @Override
    boolean limitsMemory() {
        return Files.exists(Path.of("/sys/fs/cgroup/memory"))
                || Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
    }

    @AfterAll
    void end() throws Exception {
        if (docker != null) {
            docker.close();
        }
        Programs.run(temporary, Map.of(), "", List.of("ip", "link", "delete", bridge));
        assertThat(Path.of("/sys/class/net", bridge)).doesNotExist();
    }
}
