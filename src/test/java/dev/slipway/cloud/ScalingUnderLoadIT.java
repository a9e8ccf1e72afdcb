package dev.slipway.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.testing.Cases;
import dev.slipway.testing.RawHttp;
import dev.slipway.testing.RealService;
import dev.slipway.testing.SteadyLoad;
import dev.slipway.testing.TestCloud;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real instances that follow the number of requests at a time, at a handler that takes half a second. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
final class ScalingUnderLoadIT {
    private static final String SLOW = "/slow?ms=500";

    @TempDir
    private Path directory;

    private final Instances instances = new Instances(ProcessHandle.current());
    private final AtomicInteger refused = new AtomicInteger();
    private TestCloud cloud;

    @BeforeEach
    void start() throws Exception {
        cloud = TestCloud.start(directory);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private InetSocketAddress service(int maxConcurrency, int maxSize) {
        String scaling = RealService.scaling(cloud.endpoint(), maxConcurrency, 1, maxSize);
        return RealService.running(cloud.endpoint(), "slow", in -> in.autoScalingConfigurationArn(scaling)
                        .instanceConfiguration(size -> size.cpu("1024").memory("2048")))
                .address();
    }

    private SteadyLoad crowd(InetSocketAddress to, int clients) {
        return SteadyLoad.crowd(to, SLOW, clients, () -> answer -> {
            refused.addAndGet(answer.status() == 429 ? 1 : 0);
            return answer.status() == 200 || answer.status() == 429 ? Optional.empty() : Optional.of(answer.toString());
        });
    }

    private void awaitInstances(int wanted) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> instances.count() == wanted);
    }

    @Test
    void instancesFollowFromOneRequestToThreeHundredWithoutAFailure() throws Exception {
        InetSocketAddress to = service(100, 4);
        try (SteadyLoad one = crowd(to, 1)) {
            assertThat(instances.count()).isEqualTo(1);
            try (SteadyLoad many = crowd(to, 299)) {
                awaitInstances(4);
                many.end();
                System.out.println("scaling out: " + many + ", " + refused + " answered 429");
                assertThat(many.complaints()).as(many.toString()).isEmpty();
            }
            assertThat(refused).as("300 at a time fit into the queue of 400").hasValue(0);
            one.end();
            assertThat(one.complaints()).isEmpty();
        }
    }

    @Test
    void theyGoAgainAMinuteLaterWithoutAFailure() throws Exception {
        assumeTrue(Cases.thorough(), "takes minutes; with -P thorough");
        InetSocketAddress to = service(100, 4);
        try (SteadyLoad one = crowd(to, 1)) {
            try (SteadyLoad many = crowd(to, 299)) {
                awaitInstances(4);
                many.end();
                assertThat(many.complaints()).as(many.toString()).isEmpty();
            }
            awaitInstances(1);
            one.end();
            System.out.println("scaling in: " + one);
            assertThat(one.complaints()).as(one.toString()).isEmpty();
        }
    }

    @Test
    void withoutRequestsAnInstanceIsIdleAndAnswersTheNextOneAllTheSame() throws Exception {
        InetSocketAddress to = service(100, 4);
        awaitHealth("\"instances\":{\"provisioned\":1,\"active\":0}");
        ProcessHandle only = instances.running().get(0);
        try (RawHttp http = new RawHttp(to, Duration.ofSeconds(20))) {
            byte[] request =
                    ("GET / HTTP/1.1\r\nHost: " + to.getHostString() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
            assertThat(http.send(request, "GET", true).status()).isEqualTo(200);
            awaitHealth("\"instances\":{\"provisioned\":1,\"active\":1}");
            awaitHealth("\"instances\":{\"provisioned\":1,\"active\":0}");
            assertThat(http.send(request, "GET", true).status())
                    .as("on the connection of before")
                    .isEqualTo(200);
        }
        assertThat(instances.running()).containsExactly(only);
    }

    private void awaitHealth(String text) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> health().contains(text));
    }

    private String health() throws IOException {
        try (InputStream body =
                cloud.endpoint().resolve("/_slipway/health").toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whatNeitherInstancesNorQueueHoldIsAnswered429AndNothingElseFails() throws Exception {
        InetSocketAddress to = service(20, 1);
        try (SteadyLoad one = crowd(to, 1)) {
            try (SteadyLoad many = crowd(to, 99)) {
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> many.sent() > 2000);
                many.end();
                assertThat(many.complaints()).as(many.toString()).isEmpty();
            }
            assertThat(refused.get()).as("100 at a time, and room for 40").isPositive();
            int before = refused.get();
            long sent = one.sent();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> one.sent() > sent + 5);
            one.end();
            assertThat(refused).as("with room again").hasValueLessThanOrEqualTo(before + 1);
        }
    }
}
