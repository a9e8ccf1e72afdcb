package dev.slipway.cloud.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.oci.ImageConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every way to run images must do, with the real hello image. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContainerRuntimeContract {
    private static final Duration GRACE = Duration.ofSeconds(20);

    @TempDir
    static Path temporary;

    final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private final List<Instance> started = new ArrayList<>();
    InstanceClient client;
    ContainerRuntime runtime;
    PreparedImage image;

    /** A runtime of the kind under test; skips the test with a reason when this machine can't. */
    abstract ContainerRuntime open(Path dataDirectory) throws Exception;

    abstract boolean limitsMemory();

    @BeforeAll
    void prepareHello() throws Exception {
        runtime = open(temporary.resolve("data"));
        image = runtime.prepare(HelloForTests.MANIFEST, HelloForTests.IMAGE.config(), HelloForTests.BLOBS);
        client = new InstanceClient();
    }

    @AfterEach
    void stopWhatATestStarted() throws Exception {
        for (Instance instance : started) {
            end(instance.stop(Duration.ZERO));
        }
        started.clear();
        output.clear();
    }

    @AfterAll
    void close() {
        if (client != null) {
            client.close();
            runtime.close();
        }
    }

    Instance start(String id, Map<String, String> environment) throws RuntimeFailure {
        return start(image, id, environment, 512);
    }

    Instance start(PreparedImage what, String id, Map<String, String> environment, int memory) throws RuntimeFailure {
        return start(what, new InstanceSpec(id, List.of(), environment, 8080, 1024, memory, output::add));
    }

    Instance start(PreparedImage what, InstanceSpec spec) throws RuntimeFailure {
        Instance instance = runtime.start(what, spec);
        started.add(instance);
        return instance;
    }

    Instance startTiny(LaunchProgram program, String id) throws RuntimeFailure {
        return startTiny(TinyProgram.image(program), id);
    }

    PreparedImage tiny(LaunchProgram program) throws RuntimeFailure {
        TestLayer.Image tiny = TinyProgram.image(program);
        return runtime.prepare(tiny.manifest(), tiny.config(), tiny);
    }

    Instance startTiny(TestLayer.Image tiny, String id) throws RuntimeFailure {
        return start(runtime.prepare(tiny.manifest(), tiny.config(), tiny), id, Map.of(), 64);
    }

    /** Waits for a line, for at most a minute. */
    void awaitOutput(String line) {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!output.contains(line) && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(output).contains(line);
    }

    static Instance.ExitStatus end(CompletableFuture<Instance.ExitStatus> exit) throws Exception {
        return exit.get(60, TimeUnit.SECONDS);
    }

    /** The hello image with another entry point. */
    PreparedImage with(List<String> entrypoint, String architecture) throws RuntimeFailure {
        ImageConfig c = image.config();
        ImageConfig changed = new ImageConfig(
                architecture,
                c.os(),
                entrypoint,
                List.of(),
                c.env(),
                c.user(),
                c.workingDirectory(),
                List.of(),
                "",
                c.diffIds());
        return runtime.prepare(HelloForTests.MANIFEST, changed, HelloForTests.BLOBS);
    }

    @Test
    void answersFromInsideWithItsEnvironment() throws Exception {
        Instance instance = start("one", Map.of("GREETING", "Servus"));

        assertThat(client.await(instance, "/")).startsWith("HTTP/1.1 200").contains("Servus", "version   7", "one");
        assertThat(client.await(instance, "/env/PORT")).endsWith("8080\n");
        assertThat(instance.listeningPorts()).containsExactly(8080);
        assertThat(end(instance.stop(GRACE))).isEqualTo(Instance.ExitStatus.of(0));
        assertThat(output).contains("hello 7 listens on port 8080", "GET / 200", "hello 7 stopped");
        assertThat(instance.listeningPorts()).isEmpty();
    }

    @Test
    void runsTheSameImageOnTheSamePortManyTimes() throws Exception {
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            instances.add(start("many-" + i, Map.of()));
        }
        for (Instance instance : instances) {
            assertThat(client.await(instance, "/")).contains(instance.id());
        }
    }

    @Test
    void tellsTheExactExitCodeAndTheLastLines() throws Exception {
        assertThat(end(start("fails", Map.of("HELLO_FAIL", "exit:7")).exit())).isEqualTo(Instance.ExitStatus.of(7));
        assertThat(output).contains("hello 7 ends with code 7, as HELLO_FAIL asks");
    }

    @Test
    void tellsWhichSignalEndedIt() throws Exception {
        LaunchProgram crash = new LaunchProgram();
        crash.store(8);
        assertThat(end(startTiny(crash, "segv").exit()).code()).isEqualTo(128 + 11);
        assertThat(end(startTiny(new Probes().end(255), "code").exit()).code()).isEqualTo(255);
    }

    @Test
    void showsOnWhichOtherPortTheApplicationListens() throws Exception {
        Instance instance = start("elsewhere", Map.of("HELLO_PORT", "9999"));
        while (instance.listeningPorts().isEmpty() && !instance.exit().isDone()) {
            Thread.onSpinWait();
        }
        assertThat(instance.listeningPorts()).containsExactly(9999);
        assertThatThrownBy(() -> client.get(instance, "/").get(20, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(java.net.ConnectException.class);
    }

    @Test
    void letsRequestsFinishWhenAskedToStop() throws Exception {
        Instance instance = start("slow", Map.of());
        client.await(instance, "/healthz");
        CompletableFuture<String> slow = client.get(instance, "/slow?ms=1000");
        client.await(instance, "/healthz");
        CompletableFuture<Instance.ExitStatus> stopped = instance.stop(GRACE);
        assertThat(slow.get(20, TimeUnit.SECONDS)).contains("waited 1000 ms");
        assertThat(end(stopped).code()).isZero();
    }

    @Test
    void anIdleInstanceWaitsAndGoesOnWhenItIsWoken() throws Exception {
        Instance instance = start("idle", Map.of());
        client.await(instance, "/healthz");
        instance.idle();
        instance.idle();
        CompletableFuture<String> asked = untilItWaits(instance);
        assertThat(instance.listeningPorts()).containsExactly(8080);
        instance.wake().get(20, TimeUnit.SECONDS);
        assertThat(asked.get(20, TimeUnit.SECONDS)).contains("200");
        instance.idle();
        instance.wake().get(20, TimeUnit.SECONDS);
        instance.wake().get(20, TimeUnit.SECONDS);
        assertThat(client.await(instance, "/healthz")).contains("ok");
    }

    @Test
    void anIdleInstanceCanBeStoppedAndKilled() throws Exception {
        Instance stopped = start("idle-stopped", Map.of());
        Instance killed = start("idle-killed", Map.of());
        for (Instance instance : List.of(stopped, killed)) {
            client.await(instance, "/healthz");
            instance.idle();
            untilItWaits(instance);
        }
        assertThat(end(killed.stop(Duration.ZERO)).code()).isEqualTo(137);
        CompletableFuture<Instance.ExitStatus> exit = stopped.stop(GRACE);
        stopped.idle();
        assertThat(end(exit)).isEqualTo(Instance.ExitStatus.of(0));
        killed.idle();
        assertThat(killed.wake()).isCompleted();
    }

    /** A request that is not answered; requests before it may be, while the instance falls asleep. */
    private CompletableFuture<String> untilItWaits(Instance instance) throws Exception {
        while (true) {
            CompletableFuture<String> asked = client.get(instance, "/healthz");
            try {
                asked.get(500, TimeUnit.MILLISECONDS);
            } catch (java.util.concurrent.TimeoutException waits) {
                return asked;
            }
        }
    }

    @Test
    void endsByForceWhatDoesNotStop() throws Exception {
        Probes deaf = new Probes();
        long ignore = deaf.bytes(ByteBuffer.allocate(32)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(1)
                .rewind());
        deaf.call("ignoring SIGTERM", Linux.RT_SIGACTION, 15, ignore, 0, 8);
        Instance instance = startTiny(deaf.stay(), "deaf");
        awaitOutput("ignoring SIGTERM allowed");
        assertThat(end(instance.stop(Duration.ofMillis(300)))).isEqualTo(Instance.ExitStatus.of(137));
    }

    @Test
    void noticesThatTheKernelEndedItForItsMemory() throws Exception {
        assumeTrue(limitsMemory(), "this runtime can't limit memory on this machine");
        Instance instance = start(image, "greedy", Map.of("JAVA_TOOL_OPTIONS", "-Xmx2g"), 192);
        client.await(instance, "/healthz");
        client.get(instance, "/memory?mb=600");
        assertThat(end(instance.exit())).isEqualTo(new Instance.ExitStatus(137, Instance.Exceeded.MEMORY));
    }

    @Test
    void refusesACommandThatIsNotThere() throws Exception {
        PreparedImage wrong = with(List.of("/opt/java/bin/jawa"), "amd64");
        assertThatThrownBy(() -> start(wrong, "wrong", Map.of(), 512))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageContaining("jawa")
                .satisfies(e -> assertThat(((RuntimeFailure) e).kind()).isEqualTo(RuntimeFailure.Kind.BAD_COMMAND));
    }

    @Test
    void saysWhatOfTheImageKeepsItFromStarting() {
        byte[] program = TinyProgram.elf(new Probes().end(0));
        TestLayer.Image runnable = TestLayer.image(new TestLayer().entry("app", '0', 0755, program, ""));
        TestLayer.Image unmarked = TestLayer.image(new TestLayer().entry("app", '0', 0644, program, ""));
        Map<String, TestLayer.Image> all = Map.of(
                "user", runnable.as("stranger"),
                "group", runnable.as("1:strangers"),
                "mode", unmarked);
        all.forEach((what, broken) -> assertThat(catchThrowable(() -> startTiny(broken, "broken-" + what)))
                .as(what)
                .isInstanceOf(RuntimeFailure.class)
                .extracting(failure -> ((RuntimeFailure) failure).kind())
                .isEqualTo(RuntimeFailure.Kind.BAD_COMMAND));
    }

    @Test
    void refusesAnImageForAnotherProcessor() {
        assertThatThrownBy(() -> with(List.of("/opt/java/bin/java"), "arm64"))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageContainingAll("linux/arm64", "linux/amd64")
                .satisfies(e -> assertThat(((RuntimeFailure) e).kind()).isEqualTo(RuntimeFailure.Kind.WRONG_PLATFORM));
    }

    @Test
    void theEnvironmentOfTheInstanceDoesNotReachThisMachinesPrograms() throws Exception {
        Instance instance = start("preload", Map.of("LD_PRELOAD", "/evil.so", "PATH", "/evil"));
        assertThat(client.await(instance, "/env/LD_PRELOAD")).endsWith("/evil.so\n");
    }

    @Test
    void stoppingTwiceOrAfterTheEndIsHarmless() throws Exception {
        Instance instance = start("twice", Map.of("HELLO_FAIL", "exit:0"));
        end(instance.exit());
        assertThat(end(instance.stop(GRACE)).code()).isZero();
        assertThat(end(instance.stop(GRACE)).code()).isZero();
        Instance again = start("twice", Map.of());
        assertThat(client.await(again, "/healthz")).contains("ok");
    }

    @Test
    void keepsWhatRunsAndWhatIsUsedWhenPruning() throws Exception {
        Instance instance = start("kept", Map.of());
        runtime.prune(List.of());
        assertThat(client.await(instance, "/healthz")).contains("ok");
        end(instance.stop(GRACE));
        runtime.prune(List.of(image));
        assertThat(client.await(start("kept2", Map.of()), "/healthz")).contains("ok");
    }
}
