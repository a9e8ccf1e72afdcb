package dev.slipway.cloud.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BalancerTest {
    private static final String GET = "GET / HTTP/1.1\r\nhost: a.localhost\r\n\r\n";

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private Front front;
    private TargetGroup group;

    @BeforeEach
    void start() throws IOException {
        start(Duration.ofSeconds(30));
    }

    private void start(Duration limit) throws IOException {
        var balancer = new Balancer(limit, InstantSource.system());
        front = closing(new Front(balancer));
        group = balancer.newGroup("hello");
        balancer.route(InetAddress.getLoopbackAddress(), group);
    }

    @AfterEach
    void stop() throws Exception {
        clients.shutdownNow();
        for (AutoCloseable each : toClose) {
            each.close();
        }
    }

    @Test
    void findsTheGroupByHostToo() throws Exception {
        var balancer = new Balancer(Duration.ofSeconds(5), InstantSource.system());
        var other = closing(new Front(balancer));
        TargetGroup named = balancer.newGroup("named");
        named.add(closing(Backend.saying("by name")).target("a", 1));
        balancer.route("Abc.us-east-1.awsapprunner.localhost", named);
        try (var client = new Client(other.address())) {
            client.send("GET / HTTP/1.1\r\nhost: abc.us-east-1.awsapprunner.localhost:8080\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("by name");
            balancer.unroute(named);
            client.send("GET / HTTP/1.1\r\nhost: abc.us-east-1.awsapprunner.localhost:8080\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("control:0");
        }
    }

    @Test
    void reusesConnectionsOfBothSides() throws Exception {
        Backend backend = closing(Backend.saying("hi"));
        group.add(backend.target("a", 10));
        try (var client = new Client(front.address())) {
            for (int i = 0; i < 20; i++) {
                client.send(GET);
                assertThat(client.read().body()).isEqualTo("hi");
            }
        }
        assertThat(backend.requests).hasValue(20);
        assertThat(backend.connections).hasValue(1);
        assertThat(group.traffic().success2xx()).isEqualTo(20);
    }

    @Test
    void answersPipelinedRequestsInOrder() throws Exception {
        group.add(backend(connection -> {
                    for (String head = connection.readRequest(); head != null; head = connection.readRequest()) {
                        connection.answer(head.split(" ")[1]);
                    }
                })
                .target("a", 10));
        try (var client = new Client(front.address())) {
            var all = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                all.append("GET /").append(i).append(" HTTP/1.1\r\nhost: a.localhost\r\n\r\n");
            }
            client.send(all.toString());
            for (int i = 0; i < 50; i++) {
                assertThat(client.read().body()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void takesTheLeastBusyTargetThenQueuesThenRefuses() throws Exception {
        var gate = new Semaphore(0);
        Backend.Behaviour slow = connection -> {
            while (connection.readRequest() != null) {
                gate.acquire();
                connection.answer("ok");
            }
        };
        Backend one = backend(slow);
        Backend two = backend(slow);
        group.replace(List.of(one.target("1", 2), two.target("2", 2)));
        group.queueLimit(2);
        List<Future<Integer>> statuses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            statuses.add(clients.submit(() -> Client.get(front.address(), "/").status()));
        }
        until(() -> statuses.stream().filter(Future::isDone).count() == 2);
        until(() -> one.requests.get() == 2 && two.requests.get() == 2);
        assertThat(group.load()).satisfies(load -> {
            assertThat(load.inFlight()).isEqualTo(4);
            assertThat(load.queued()).isEqualTo(2);
        });
        gate.release(100);
        assertThat(results(statuses))
                .containsOnly(200, 429)
                .filteredOn(status -> status == 429)
                .hasSize(2);
        assertThat(one.mostWorking.get()).isLessThanOrEqualTo(2);
        assertThat(two.mostWorking.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void losesNoRequestWhileTargetsAreSwitched() throws Exception {
        var stop = new AtomicBoolean();
        List<String> failures = Collections.synchronizedList(new ArrayList<>());
        List<Future<Integer>> loads = new ArrayList<>();
        Backend current = closing(Backend.saying("v0"));
        group.add(current.target("v0", 100));
        group.queueLimit(100);
        for (int i = 0; i < 8; i++) {
            loads.add(clients.submit(() -> load(stop, failures)));
        }
        for (int version = 1; version <= 30; version++) {
            Backend next = Backend.saying("v" + version);
            CompletableFuture<Void> drained = group.replace(List.of(next.target("v" + version, 100)));
            drained.get(10, TimeUnit.SECONDS);
            current.close();
            current = next;
            int seen = current.requests.get();
            Backend serving = current;
            until(() -> serving.requests.get() > seen + 20);
        }
        stop.set(true);
        int requests = results(loads).stream().mapToInt(Integer::intValue).sum();
        current.close();
        assertThat(failures).isEmpty();
        assertThat(requests).isGreaterThan(500);
    }

    private int load(AtomicBoolean stop, List<String> failures) throws IOException {
        int requests = 0;
        try (var client = new Client(front.address())) {
            for (; !stop.get(); requests++) {
                client.send(
                        requests % 3 == 0 ? "POST / HTTP/1.1\r\nhost: a.localhost\r\ncontent-length: 0\r\n\r\n" : GET);
                Client.Answer answer = client.read();
                if (answer.status() != 200) {
                    failures.add(answer.toString());
                }
            }
        } catch (IOException e) {
            failures.add(e.toString());
        }
        return requests;
    }

    @Test
    void measuresLoadAsATimeIntegral() {
        var clock = new MovedClock();
        TargetGroup measured = new Balancer(Duration.ofSeconds(1), clock).newGroup("measured");
        assertThat(measured.load().average()).isZero();
        var gauge = new Gauge(clock);
        gauge.change(1);
        clock.advance(Duration.ofMillis(100));
        gauge.change(1);
        clock.advance(Duration.ofMillis(500));
        gauge.change(-1);
        clock.advance(Duration.ofMillis(400));
        assertThat(gauge.mean()).isCloseTo(1.5, org.assertj.core.data.Offset.offset(1e-6));
        clock.advance(Duration.ofSeconds(3));
        assertThat(gauge.mean()).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-6));
    }

    @Test
    void aTargetTakesAtLeastOneRequest() {
        assertThatThrownBy(() -> new Target("a", (loop, initializer) -> loop.newPromise(), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Backend backend(Backend.Behaviour behaviour) throws IOException {
        return closing(new Backend(behaviour));
    }

    private <T extends AutoCloseable> T closing(T each) {
        toClose.add(each);
        return each;
    }

    private static <T> List<T> results(List<Future<T>> futures) throws InterruptedException, ExecutionException {
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get());
        }
        return results;
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
            Thread.yield();
        }
    }
}
