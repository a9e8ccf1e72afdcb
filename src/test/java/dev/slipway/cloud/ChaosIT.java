package dev.slipway.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testing.Cases;
import dev.slipway.testing.Leaks;
import dev.slipway.testing.RealService;
import dev.slipway.testing.SteadyLoad;
import dev.slipway.testing.TestCloud;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Instances, and the cloud itself, that are killed at random under load: all is whole again by itself, and nothing is left of them. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ChaosIT {
    private static final int SIZE = 3;
    private static final int CONNECTIONS = 8;

    @TempDir
    private Path directory;

    private final Instances instances = new Instances(ProcessHandle.current());

    @Test
    void killedInstancesAreReplacedAndLeaveNothing() throws Exception {
        Cases cases = Cases.of(8, 40);
        Random random = cases.shared();
        System.out.println("chaos: " + cases.count() + " kills, again with -Dslipway.seed=" + cases.seed());
        Leaks before = Leaks.of(directory);
        try (TestCloud cloud = TestCloud.start(directory)) {
            String scaling = RealService.scaling(cloud.endpoint(), 100, SIZE, SIZE);
            RealService service =
                    RealService.running(cloud.endpoint(), "chaos", in -> in.autoScalingConfigurationArn(scaling));
            InetSocketAddress to = service.address();
            awaitAll();
            long files = openFiles();
            try (SteadyLoad load = SteadyLoad.start(to, "/", 200, CONNECTIONS, ChaosIT::answers)) {
                for (int kill = 0; kill < cases.count(); kill++) {
                    List<ProcessHandle> running = instances.running();
                    if (!running.isEmpty()) {
                        running.get(random.nextInt(running.size())).destroyForcibly();
                    }
                    // A few in quick succession, as in a crash loop; many at a pace at which the service is up in
                    // between.
                    int longest = Cases.thorough() ? 8000 : 1500;
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(longest)));
                }
                awaitAll();
                awaitSoundness(load);
                load.end();
                System.out.println("chaos: " + load + " " + load.complaints());
            }
            assertThat(service.status()).isEqualTo("RUNNING");
            assertThat(service.events())
                    .filteredOn(event -> event.contains("Container exit code: 137"))
                    .hasSizeBetween(1, cases.count());
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(openFiles())
                    .isLessThan(files + 30 + cases.count() / 2));
            assertThat(children(cloud.data().resolve("containers/run"))).isEqualTo(SIZE);
        }
        awaitNothingLeft(before);
    }

    @Test
    void aCloudThatIsKilledUnderLoadComesBackByItself() throws Exception {
        Cases cases = Cases.of(2, 20);
        Random random = cases.shared();
        System.out.println("chaos: " + cases.count() + " ends, again with -Dslipway.seed=" + cases.seed());
        Leaks before = Leaks.of(directory);
        Path data = directory.resolve("data");
        Process cloud = ChildLocalCloud.process(data, 0, directory.resolve("errors"));
        try {
            int port = ChildLocalCloud.port(cloud);
            RealService service = RealService.running(URI.create("http://127.0.0.1:" + port), "chaos", in -> {});
            try (SteadyLoad load = SteadyLoad.start(service.address(), "/", 100, CONNECTIONS, ChaosIT::answers)) {
                for (int kill = 0; kill < cases.count(); kill++) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1000)));
                    cloud.destroyForcibly().waitFor();
                    cloud = ChildLocalCloud.process(data, port, directory.resolve("errors"));
                    ChildLocalCloud.port(cloud);
                    awaitSoundness(load);
                    assertThat(new Instances(cloud.toHandle()).count()).isEqualTo(1);
                }
                load.end();
                System.out.println("chaos: " + load + " " + load.complaints());
            }
            cloud.getOutputStream().close();
            assertThat(cloud.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            cloud.destroyForcibly();
        }
        assertThat(children(data.resolve("containers/run"))).isZero();
        awaitNothingLeft(before);
    }

    /** Until 300 requests in a row were answered as they should be. */
    private static void awaitSoundness(SteadyLoad load) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            long failed = load.failed();
            long sent = load.sent();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> load.sent() > sent + 300);
            return load.failed() == failed;
        });
    }

    private void awaitNothingLeft(Leaks before) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(Leaks.of(directory))
                .isEqualTo(before));
    }

    private void awaitAll() {
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> instances.count() == SIZE);
    }

    private static SteadyLoad.Check answers() {
        return answer -> answer.status() == 200 && answer.text().startsWith("0\n")
                ? Optional.empty()
                : Optional.of(answer.status() + " " + answer.text());
    }

    private static long openFiles() throws IOException {
        return children(Path.of("/proc/self/fd"));
    }

    private static long children(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }
}
