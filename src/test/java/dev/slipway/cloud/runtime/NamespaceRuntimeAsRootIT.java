package dev.slipway.cloud.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class NamespaceRuntimeAsRootIT extends NamespaceSurroundingsContract {
    @Override
    NamespaceRuntime open(Path dataDirectory, DiskUse disk) throws Exception {
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")), "not root");
        return new NamespaceRuntime(DataDirectory.open(dataDirectory), false, true, disk);
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
    void whatAnInstanceIsRefusedIsAllowedToRootOutside() throws Exception {
        Path probes = Files.write(
                temporary.resolve("probes"), TinyProgram.elf(privileged().end(0)));
        Files.setAttribute(probes, "unix:mode", 0700);
        try (Launcher launcher = new Launcher(temporary)) {
            LaunchProgram program = new LaunchProgram();
            program.must("be apart", Linux.UNSHARE, Linux.CLONE_NEWNS | Linux.CLONE_NEWUTS | Linux.CLONE_NEWIPC);
            long none = program.text("none");
            program.must("be apart", Linux.MOUNT, none, program.text("/"), 0, Linux.MS_REC | Linux.MS_PRIVATE, 0);
            program.must("go", Linux.EXECVE, program.text(probes.toString()), program.texts(List.of("probes")), 0);
            Process outside = launcher.start(program);
            assertThat(new String(outside.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                    .hasSize(14)
                    .filteredOn(line -> line.endsWith(" refused"))
                    .as("refused outside too, which proves nothing of the inside")
                    .hasSizeLessThan(4);
        }
    }

    @Test
    void aForkBombStopsAtItsLimit() throws Exception {
        assumeTrue(limitsMemory(), "no control groups on this machine");
        LaunchProgram bomb = new LaunchProgram();
        LaunchProgram.Label child = new LaunchProgram.Label();
        LaunchProgram.Label more = new LaunchProgram.Label();
        LaunchProgram.Label stopped = new LaunchProgram.Label();
        long told = bomb.text("stopped\n");
        bomb.place(more);
        bomb.otherwise(stopped, Linux.CLONE, Linux.SIGCHLD, 0, 0, 0, 0);
        bomb.childGoesTo(child);
        bomb.goTo(more);
        bomb.place(stopped);
        bomb.attempt(Linux.WRITE, 1, told, 8);
        bomb.place(child);
        bomb.attempt(Linux.PAUSE);

        TestLayer.Image image = TinyProgram.image(bomb);
        NamespaceInstance instance = (NamespaceInstance)
                start(runtime.prepare(image.manifest(), image.config(), image), "bomb", Map.of(), 512);
        awaitOutput("stopped");
        assertThat(Files.readString(group(instance, "pids").resolve("pids.current"))
                        .strip())
                .isEqualTo("4096");
        assertThat(end(instance.stop(Duration.ZERO)).code()).isEqualTo(137);
    }

    @Test
    void processorTimeIsLimited() throws Exception {
        assumeTrue(limitsMemory(), "no control groups on this machine");
        LaunchProgram spin = new LaunchProgram();
        LaunchProgram.Label again = new LaunchProgram.Label();
        spin.place(again);
        spin.goTo(again);
        NamespaceInstance instance = (NamespaceInstance)
                start(tiny(spin), new InstanceSpec("spin", List.of(), Map.of(), 8080, 16, 64, output::add));
        Path group = group(instance, "cpu");
        String quota = Files.exists(group.resolve("cpu.max")) ? "cpu.max" : "cpu.cfs_quota_us";
        assertThat(Files.readString(group.resolve(quota)).split("\\s")[0]).isEqualTo("1562");
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (Files.readString(group.resolve("cpu.stat")).contains("nr_throttled 0\n") && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(Files.readString(group.resolve("cpu.stat"))).doesNotContain("nr_throttled 0\n");
        end(instance.stop(Duration.ZERO));
    }

    /** In the tree of a controller, or in the one of version 2. */
    private static Path group(NamespaceInstance instance, String controller) throws IOException {
        String tree = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers")) ? "" : controller;
        return Files.readAllLines(Path.of("/proc/" + instance.pid() + "/cgroup")).stream()
                .map(line -> line.split(":", 3))
                .filter(fields -> fields[1].equals(tree))
                .map(fields -> Path.of("/sys/fs/cgroup/" + tree + fields[2]))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void setUserIdProgramsGiveNoRights() throws Exception {
        Probes inner =
                new Probes().call("become root", Linux.SETRESUID, 0, 0, 0).write("/etc/hosts");
        LaunchProgram outer = new LaunchProgram();
        outer.must("execute", Linux.EXECVE, outer.text("/su"), outer.texts(List.of("su")), outer.texts(List.of()));
        TestLayer.Image image = TestLayer.image(new TestLayer()
                .entry("app", '0', 0755, TinyProgram.elf(outer), "")
                .entry("su", '0', 06755, TinyProgram.elf(inner.end(0)), ""));
        assertThat(end(startTiny(image.as("65534:65534"), "su").exit()).code()).isZero();
        assertThat(output).containsExactly("become root refused", "write /etc/hosts refused");
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
