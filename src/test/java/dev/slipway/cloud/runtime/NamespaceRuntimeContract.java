package dev.slipway.cloud.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.testing.Cases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for instances in namespaces whoever makes them. */
abstract class NamespaceRuntimeContract extends NamespaceLimitsContract {
    @Test
    void leavesNothingBehind() throws Exception {
        Set<String> before = traces();
        for (int i = 0; i < 3; i++) {
            client.await(start("trace-" + i, Map.of()), "/healthz");
        }
        assertThat(traces()).isNotEqualTo(before);
        runtime.close();
        before.removeIf(trace -> trace.startsWith("cgroup ") || trace.startsWith("doors "));
        Set<String> after = traces();
        runtime = open(temporary.resolve("data"));
        assertThat(after).isEqualTo(before);
        assertThat(temporary.resolve("data/run")).isEmptyDirectory();
    }

    @Test
    void aThousandStartsAndStopsLeaveNothing() throws Exception {
        PreparedImage tiny = tiny(TinyProgram.httpd(8080, "ok"));
        churn(tiny, 4);
        Set<String> before = traces();
        long descriptors = descriptors();
        long threads = Thread.getAllStackTraces().size();
        churn(tiny, Cases.thorough() ? 1000 : 24);
        // An instance is told to be over before the last process around it has gone.
        await().untilAsserted(() -> assertThat(before).containsAll(traces()));
        assertThat(descriptors()).isLessThan(descriptors + 4);
        assertThat(Thread.getAllStackTraces()).hasSizeLessThan((int) threads + 4);
        assertThat(temporary.resolve("data/run")).isEmptyDirectory();
    }

    /** Starts, some at a time, and ends them in every way. */
    private void churn(PreparedImage tiny, int count) throws Exception {
        for (int i = 0; i < count; i += 4) {
            List<Instance> some = new ArrayList<>();
            for (int j = 0; j < 4; j++) {
                some.add(start(tiny, "churn-" + i + "-" + j, Map.of(), 64));
            }
            client.await(some.get(0), "/");
            some.get(1).idle();
            for (Instance each : some) {
                each.stop(each == some.get(2) ? Duration.ZERO : Duration.ofSeconds(20));
            }
            for (Instance each : some) {
                end(each.exit());
            }
        }
    }

    @Test
    void nothingSurvivesAKeeperThatIsKilledWhileItStarts() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        String place = temporary.resolve("data").toRealPath().toString();
        Set<Long> others = keepers();
        for (int i = 0; i < 25; i++) {
            String id = "killed-" + i;
            CompletableFuture<Void> attempt = CompletableFuture.runAsync(() -> {
                try {
                    start(id, Map.of("MARK", place));
                } catch (RuntimeFailure expected) {
                    // The keeper died before it could say that all is well.
                }
            });
            while (!attempt.isDone() && others.containsAll(keepers())) {
                Thread.onSpinWait();
            }
            LockSupport.parkNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(12)));
            ProcessHandle.current()
                    .children()
                    .filter(child -> !others.contains(child.pid()))
                    .forEach(ProcessHandle::destroyForcibly);
            attempt.join();
            stopWhatATestStarted();
        }
        for (int i = 0; i < 500 && !living(place).isEmpty(); i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertThat(living(place)).isEmpty();
    }

    private static Set<Long> keepers() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    /** Processes, whoever is their parent now, that were started from a place or in one of its instances. */
    private static List<String> living(String place) throws IOException {
        List<String> living = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                String told = executable(process) + " " + content(process.resolve("environ"));
                if (told.startsWith(place) || told.contains("MARK=" + place)) {
                    living.add(process + " " + told.replace('\0', ' '));
                }
            }
        }
        return living;
    }

    private static String executable(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("exe")).toString();
        } catch (IOException gone) {
            return "";
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    @Test
    void anInstanceHasFewRightsAndItsOwnFiles() throws Exception {
        Instance instance = start("rights", Map.of());
        client.await(instance, "/healthz");
        Path process = Path.of("/proc", Long.toString(((NamespaceInstance) instance).pid()));
        List<String> status = Files.readAllLines(process.resolve("status"));
        assertThat(status)
                .contains(
                        "NoNewPrivs:\t1",
                        "CapBnd:\t00000000a00425fb",
                        "CapAmb:\t0000000000000000",
                        "Seccomp:\t2",
                        "NSpid:\t" + process.getFileName() + "\t2");
        Set<String> devices = names(process.resolve("root/dev"));
        assertThat(devices).contains("null", "urandom", "shm").doesNotContain("vda", "sda", "kmsg", "mem");
        assertThat(names(process.resolve("root")))
                .contains("opt", "app")
                .doesNotContain("home", "root", "boot", "usr/share");
        assertThat(Files.readAllLines(process.resolve("mountinfo")).stream().map(line -> line.split(" ")[4]))
                .as("nothing of this machine's file systems is mounted any more")
                .allSatisfy(place -> assertThat(place).matches("/|/(dev|proc|sys)(/.*)?"));
        assertThat(Files.readAllLines(process.resolve("mountinfo")).stream()
                        .filter(line -> line.split(" ")[4].equals("/proc/sys"))
                        .map(line -> line.split(" ")[5].split(",")[0]))
                .containsExactly("ro");
    }

    static long descriptors() throws IOException {
        return names(Path.of("/proc/self/fd")).size();
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    /** Everything that could stay: processes, mounts, network namespaces and interfaces, control groups, sockets. */
    private Set<String> traces() throws IOException {
        Set<String> traces = new TreeSet<>();
        ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .forEach(child -> traces.add("process " + child.pid()));
        // Other programs of this machine make mounts and interfaces meanwhile.
        Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.contains(temporary.toString()))
                .forEach(line -> traces.add("mount " + line));
        names(Path.of("/sys/class/net")).stream()
                .filter(name -> name.contains("slipway"))
                .forEach(name -> traces.add("interface " + name));
        if (Files.isDirectory(Path.of("/run/netns"))) {
            names(Path.of("/run/netns")).forEach(name -> traces.add("network " + name));
        }
        String id = dev.slipway.oci.Digest.of(
                        temporary.resolve("data").toRealPath().toString().getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 8);
        for (Path tree : List.of(
                Path.of("/sys/fs/cgroup"),
                Path.of("/sys/fs/cgroup/memory"),
                Path.of("/sys/fs/cgroup/cpu"),
                Path.of("/sys/fs/cgroup/pids"))) {
            if (Files.isDirectory(tree.resolve("slipway-" + id))) {
                traces.add("cgroup " + tree);
            }
        }
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            all.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("slipway-" + id + "-"))
                    .forEach(name -> traces.add("doors " + name));
        }
        return traces;
    }
}
