package dev.slipway.cloud.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NamespaceRuntimeAsRootIT extends NamespaceRuntimeContract {
    @Override
    ContainerRuntime open(Path dataDirectory) throws Exception {
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")), "not root");
        return new NamespaceRuntime(DataDirectory.open(dataDirectory), false, true);
    }

    @Override
    boolean limitsMemory() {
        return runtime.description().matches(".*memory[a-z, ]* limited by .*");
    }

    @Test
    void theImagesUserIsHonoured() throws Exception {
        Instance instance = start("user", Map.of());
        client.await(instance, "/healthz");
        Path process = Path.of("/proc", Long.toString(((NamespaceInstance) instance).pid()));
        assertThat(Files.readAllLines(process.resolve("status")))
                .contains(
                        "Uid:\t65534\t65534\t65534\t65534",
                        "Gid:\t65534\t65534\t65534\t65534",
                        "CapEff:\t0000000000000000");
    }

    @Test
    void theApplicationSeesItsLimits() throws Exception {
        assumeTrue(limitsMemory(), "no control groups on this machine");
        List<String> entrypoint = List.of(
                "/opt/java/bin/java",
                "-XX:+UseSerialGC",
                "-XX:MaxRAMPercentage=50",
                "-XX:+PrintFlagsFinal",
                "-version");
        end(start(with(entrypoint, "amd64"), "limits", Map.of(), 256).exit());
        assertThat(output)
                .filteredOn(line -> line.contains(" MaxHeapSize "))
                .singleElement()
                .asString()
                .contains(" = 134217728 ");
    }

    @Test
    void twoRuntimesDoNotShareADirectory() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> open(temporary.resolve("data")))
                .hasMessageContaining("another local cloud runs instances");
    }
}
