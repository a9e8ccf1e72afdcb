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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BalancerTest {
    private static final String GET = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private Front front;
    private TargetGroup group;

    @BeforeEach
    void start() {
        start(Duration.ofSeconds(30));
    }

    private void start(Duration limit) {
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
    void forwardsRequestsAndTellsTheTargetWhoAsked() throws Exception {
        var seen = new AtomicReference<String>();
        group.add(backend(connection -> {
                    seen.set(connection.readRequest());
                    connection.answer("hi");
                })
                .target("a", 10));
        try (var client = new Client(front.address())) {
            client.send(
                    "GET /x?y=%20 HTTP/1.1\r\nhost: app.example\r\nx-forwarded-for: 10.0.0.1\r\n"
                            + "connection: keep-alive, x-secret\r\nx-secret: 1\r\nte: trailers\r\nkeep-alive: timeout=5\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("hi");
        }
        assertThat(seen.get())
                .startsWith("GET /x?y=%20 HTTP/1.1\r\n")
                .contains("host: app.example\r\n", "x-forwarded-for: 10.0.0.1, 127.0.0.1\r\n")
                .contains("x-forwarded-proto: http\r\n", "x-forwarded-host: app.example\r\n")
                .doesNotContain("x-secret", "te:", "keep-alive", "connection");
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
            assertThat(client.read().status()).isEqualTo(404);
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
                all.append("GET /").append(i).append(" HTTP/1.1\r\nhost: a\r\n\r\n");
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
    void answers503WithoutTargetsAndPassesOverOnesThatRefuse() throws Exception {
        assertThat(Client.get(front.address(), "/").status()).isEqualTo(503);
        Backend gone = Backend.saying("never");
        Target dead = gone.target("dead", 10);
        gone.close();
        group.add(dead);
        assertThat(Client.get(front.address(), "/").status()).isEqualTo(503);
        group.add(closing(Backend.saying("alive")).target("alive", 10));
        for (int i = 0; i < 5; i++) {
            assertThat(Client.get(front.address(), "/").body()).isEqualTo("alive");
        }
        assertThat(group.load().inFlight()).isZero();
    }

    @Test
    void answers502WhenTheTargetEndsWithoutAnswerOrTalksNonsense() throws Exception {
        group.replace(List.of(backend(Backend.Connection::readRequest).target("a", 10)));
        assertThat(Client.get(front.address(), "/").status()).isEqualTo(502);
        group.replace(List.of(backend(connection -> {
                    connection.readRequest();
                    connection.send("what?\r\n\r\n");
                })
                .target("b", 10)));
        assertThat(Client.get(front.address(), "/").status()).isEqualTo(502);
        assertThat(group.traffic().server5xx()).isEqualTo(2);
    }

    @Test
    void answers504WhenTheTargetTakesTooLong() throws Exception {
        start(Duration.ofMillis(100));
        group.add(backend(connection -> {
                    connection.readRequest();
                    connection.in().read();
                })
                .target("a", 10));
        assertThat(Client.get(front.address(), "/").status()).isEqualTo(504);
        until(() -> group.load().inFlight() == 0);
    }

    @Test
    void repeatsASafeRequestWhoseIdleConnectionWasJustClosed() throws Exception {
        Backend backend = backend(connection -> {
            connection.readRequest();
            connection.answer("first");
            connection.readRequest();
        });
        group.add(backend.target("a", 10));
        try (var client = new Client(front.address())) {
            client.send(GET);
            assertThat(client.read().body()).isEqualTo("first");
            client.send(GET);
            assertThat(client.read().body()).isEqualTo("first");
            client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\n\r\nx");
            assertThat(client.read().status()).isEqualTo(502);
        }
        assertThat(backend.connections).hasValue(2);
    }

    @Test
    void streamsLargeBodiesBothWays() throws Exception {
        int length = 20_000_000;
        group.add(backend(connection -> {
                    connection.readRequest();
                    connection.send("HTTP/1.1 200 OK\r\ncontent-length: " + length + "\r\n\r\n");
                    byte[] buffer = new byte[8192];
                    for (int left = length; left > 0; ) {
                        int read = connection.in().read(buffer, 0, Math.min(buffer.length, left));
                        connection.out().write(buffer, 0, read);
                        left -= read;
                    }
                })
                .target("a", 10));
        byte[] sent = new byte[length];
        new java.util.Random(3).nextBytes(sent);
        try (var client = new Client(front.address())) {
            client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: " + length + "\r\n\r\n");
            Future<?> upload = clients.submit(() -> {
                client.socket.getOutputStream().write(sent);
                return null;
            });
            client.readHead();
            assertThat(client.in.readNBytes(length)).isEqualTo(sent);
            upload.get();
        }
    }

    @Test
    void doesNotReadMoreFromATargetThanAClientTakes() throws Exception {
        var written = new java.util.concurrent.atomic.AtomicLong();
        int total = 64 << 20;
        group.add(backend(connection -> {
                    connection.readRequest();
                    connection.send("HTTP/1.1 200 OK\r\ncontent-length: " + total + "\r\n\r\n");
                    byte[] piece = new byte[1 << 16];
                    for (int sent = 0; sent < total; sent += piece.length) {
                        connection.out().write(piece);
                        written.addAndGet(piece.length);
                    }
                })
                .target("a", 10));
        try (var client = new Client(front.address())) {
            client.send(GET);
            client.readHead();
            long last = -1;
            while (written.get() != last) {
                last = written.get();
                TimeUnit.MILLISECONDS.sleep(300);
            }
            assertThat(last)
                    .as("held in buffers while the client does not read")
                    .isLessThan(total / 2);
            assertThat(client.in.readNBytes(total)).hasSize(total);
        }
    }

    @Test
    void passesChunkedHeadAndOldClients() throws Exception {
        group.add(backend(connection -> {
                    for (String head = connection.readRequest(); head != null; head = connection.readRequest()) {
                        if (head.startsWith("HEAD")) {
                            connection.send("HTTP/1.1 200 OK\r\ncontent-length: 12345\r\n\r\n");
                        } else {
                            connection.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
                            connection.send("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
                        }
                    }
                })
                .target("a", 10));
        try (var client = new Client(front.address())) {
            client.send(GET);
            assertThat(client.read().body()).isEqualTo("abcde");
            client.send("HEAD / HTTP/1.1\r\nhost: a\r\n\r\n");
            assertThat(client.read(false).head()).contains("content-length: 12345");
            client.send("GET / HTTP/1.0\r\n\r\n");
            Client.Answer old = client.read();
            assertThat(old.body()).isEqualTo("abcde");
            assertThat(old.head()).doesNotContain("chunked").contains("connection: close");
        }
    }

    @Test
    void passesAnswersThatEndWithTheirConnection() throws Exception {
        group.add(backend(connection -> {
                    connection.readRequest();
                    connection.send("HTTP/1.0 200 OK\r\n\r\nto the end");
                })
                .target("a", 10));
        try (var client = new Client(front.address())) {
            for (int i = 0; i < 2; i++) {
                client.send(GET);
                assertThat(client.read().body()).isEqualTo("to the end");
            }
        }
    }

    @Test
    void deliversAnAnswerThatComesBeforeTheBodyWasSent() throws Exception {
        group.add(backend(connection -> {
                    connection.readRequest();
                    connection.send("HTTP/1.1 413 Too Large\r\ncontent-length: 5\r\nconnection: close\r\n\r\nlarge");
                })
                .target("a", 10));
        try (var client = new Client(front.address())) {
            client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3000000\r\n\r\n");
            clients.submit(() -> {
                client.socket.getOutputStream().write(new byte[3_000_000]);
                return null;
            });
            Client.Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo("large");
        }
    }

    @Test
    void asksForABodyOnlyWhenATargetWasFound() throws Exception {
        group.add(backend(connection -> {
                    String head = connection.readRequest();
                    connection.answer(new String(connection.in().readNBytes(4)) + head.contains("expect"));
                })
                .target("a", 10));
        try (var client = new Client(front.address())) {
            client.send("POST / HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 100");
            client.send("body");
            assertThat(client.read().body()).isEqualTo("bodyfalse");
        }
    }

    @Test
    void refusesWebSocketAndConnect() throws Exception {
        group.add(closing(Backend.saying("hi")).target("a", 10));
        try (var client = new Client(front.address())) {
            client.send("GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: WebSocket\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(403);
            client.send("CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(405);
        }
    }

    @Test
    void aClientThatGoesAwayFreesItsPlace() throws Exception {
        var started = new CountDownLatch(1);
        group.add(backend(connection -> {
                    connection.readRequest();
                    started.countDown();
                    connection.in().read();
                })
                .target("a", 1));
        try (var client = new Client(front.address());
                var waiting = new Client(front.address())) {
            client.send(GET);
            started.await();
            waiting.send(GET);
            until(() -> group.load().queued() == 1);
        }
        until(() -> group.load().inFlight() == 0 && group.load().queued() == 0);
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
                client.send(requests % 3 == 0 ? "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n" : GET);
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
