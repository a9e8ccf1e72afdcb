package dev.slipway.cloud.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets which request, how many at a time, and who gets it instead. */
@Timeout(60)
final class SharingTest {
    private static final String GET = Stage.GET;
    private static final String POST = "POST / HTTP/1.1\r\nhost: a.localhost\r\ncontent-length: 1\r\n\r\nx";

    private Stage stage;

    @BeforeEach
    void start() throws Exception {
        stage = new Stage();
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    @Test
    void noTargetEverWorksOnMoreThanItsLimit() throws Exception {
        List<Backend> backends = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            backends.add(stage.target("" + i, i, connection -> {
                while (connection.readRequest() != null) {
                    Thread.yield();
                    connection.answer("ok");
                }
            }));
        }
        stage.group.queueLimit(1000);
        List<CompletableFuture<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            clients.add(stage.aside(() -> {
                Client client = stage.client();
                for (int request = 0; request < 100; request++) {
                    client.send(GET);
                    assertThat(client.read().status()).isEqualTo(200);
                }
                return 100;
            }));
        }
        assertThat(clients.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(3000);
        for (int i = 1; i <= 3; i++) {
            assertThat(backends.get(i - 1).mostWorking.get()).isPositive().isLessThanOrEqualTo(i);
        }
        assertThat(backends.stream().mapToInt(each -> each.requests.get()).sum())
                .isEqualTo(3000);
    }

    @Test
    void equallyBusyTargetsTakeTurns() throws Exception {
        List<Backend> backends = new ArrayList<>();
        for (String id : List.of("a", "b", "c")) {
            backends.add(stage.target(id, 10, connection -> {
                while (connection.readRequest() != null) {
                    connection.answer(id);
                }
            }));
        }
        Client client = stage.client();
        for (int i = 0; i < 30; i++) {
            client.send(GET);
            client.read();
        }
        assertThat(backends).allSatisfy(each -> assertThat(each.requests).hasValue(10));
    }

    @Test
    void whoWaitsIsServedInOrder() throws Exception {
        Semaphore gate = new Semaphore(0);
        Queue<String> order = new ConcurrentLinkedQueue<>();
        stage.group.queueLimit(10);
        stage.target("a", 1, connection -> {
            for (String head = connection.readRequest(); head != null; head = connection.readRequest()) {
                order.add(head.split(" ")[1]);
                gate.acquire();
                connection.answer("ok");
            }
        });
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Client client = stage.client();
            client.send("GET /" + i + " HTTP/1.1\r\nhost: a.localhost\r\n\r\n");
            clients.add(client);
            int before = i;
            Stage.until(() -> stage.group.load().inFlight() + stage.group.load().queued() == before + 1);
        }
        gate.release(6);
        for (Client client : clients) {
            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(order).containsExactly("/0", "/1", "/2", "/3", "/4", "/5");
    }

    @Test
    void whoWaitsTooLongIs429() throws Exception {
        stage.close();
        stage = new Stage(new Limits(
                Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(5)));
        stage.group.queueLimit(10);
        stage.target("a", 1, connection -> {
            connection.readRequest();
            connection.in().read();
        });
        CompletableFuture<Integer> first = stage.aside(() -> stage.ask(GET).status());
        Stage.until(() -> stage.group.load().inFlight() == 1);
        Client second = stage.client();
        second.send(GET);
        int status = second.read().status();
        assertThat(List.of(first.join(), status)).contains(504);
        assertThat(status).isIn(429, 504);
        Stage.until(() -> stage.group.load().queued() == 0);
    }

    @Test
    void aFullQueueIs429AtOnce() throws Exception {
        stage.group.queueLimit(1);
        stage.target("a", 1, connection -> {
            connection.readRequest();
            connection.in().read();
        });
        stage.client().send(GET);
        Stage.until(() -> stage.group.load().inFlight() == 1);
        stage.client().send(GET);
        Stage.until(() -> stage.group.load().queued() == 1);
        assertThat(stage.ask(GET).status()).isEqualTo(429);
    }

    @Test
    void aTargetThatRefusesIsPassedOverAndRestsForAMoment() throws Exception {
        AtomicInteger dialled = new AtomicInteger();
        Backend gone = new Backend(connection -> {});
        Target refusing = gone.target("gone", 10);
        gone.close();
        stage.group.add(new Target(
                "gone",
                (loop, initializer) -> {
                    dialled.incrementAndGet();
                    return refusing.dialer().dial(loop, initializer);
                },
                10));
        assertThat(stage.ask(POST).status()).isEqualTo(503);
        stage.saying("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        for (int i = 0; i < 20; i++) {
            assertThat(stage.ask(POST).status()).isEqualTo(200);
        }
        assertThat(dialled).as("not asked again for every request").hasValueLessThan(5);
    }

    @Test
    void aSafeRequestWhoseIdleConnectionWasJustClosedIsSentAgainAndAnUnsafeOneIsNot() throws Exception {
        Backend backend = stage.target("a", 10, connection -> {
            connection.readRequest();
            connection.answer("first");
            connection.readRequest();
        });
        Client client = stage.client();
        client.send(GET);
        assertThat(client.read().body()).isEqualTo("first");
        client.send(GET);
        assertThat(client.read().body()).isEqualTo("first");
        client.send(POST);
        assertThat(client.read().status()).isEqualTo(503);
        assertThat(backend.connections).hasValue(2);
    }

    @Test
    void anUnsafeRequestIsNotSentWhereTheTargetHasEndedItsSide() throws Exception {
        Semaphore ended = new Semaphore(0);
        Backend backend = stage.target("a", 10, connection -> {
            String head = connection.readRequest();
            connection.readBody(head);
            connection.answer("ok");
            connection.socket().close();
            ended.release();
        });
        Client client = stage.client();
        for (int i = 0; i < 50; i++) {
            client.send(POST);
            assertThat(client.read().status()).isEqualTo(200);
            ended.acquire();
        }
        assertThat(backend.connections).hasValue(50);
    }

    @Test
    void aTargetThatTookTheRequestAndDiedIsNotCalledUnreachable() throws Exception {
        stage.target("only", 10, connection -> connection.readRequest());
        assertThat(stage.ask(GET).body()).contains("connection termination");
    }

    @Test
    void aSafeRequestOfATargetThatDiesGoesElsewhereOnce() throws Exception {
        AtomicInteger deaths = new AtomicInteger();
        for (String id : List.of("a", "b", "c")) {
            stage.target(id, 10, connection -> {
                connection.readRequest();
                deaths.incrementAndGet();
            });
        }
        assertThat(stage.ask(GET).status()).isEqualTo(503);
        assertThat(deaths).as("a request that kills does not kill all").hasValue(2);
        assertThat(stage.ask(POST).status()).isEqualTo(503);
        assertThat(deaths).as("an unsafe one is sent once").hasValue(3);
        stage.saying("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        assertThat(stage.ask(GET).status()).isEqualTo(200);
    }

    @Test
    void drainingEndsWhenTheLastRequestIsAnsweredAndTakesNoMore() throws Exception {
        Semaphore gate = new Semaphore(0);
        stage.target("old", 10, connection -> {
            while (connection.readRequest() != null) {
                gate.acquire();
                connection.answer("old");
            }
        });
        Client client = stage.client();
        client.send(GET);
        Stage.until(() -> stage.group.load().inFlight() == 1);
        CompletableFuture<Void> drained = stage.group.drain("old");
        stage.target("new", 10, connection -> {
            while (connection.readRequest() != null) {
                connection.answer("new");
            }
        });
        assertThat(stage.ask(GET).body()).isEqualTo("new");
        assertThat(drained).isNotDone();
        gate.release();
        assertThat(client.read().body()).isEqualTo("old");
        drained.join();
    }

    @Test
    void noRequestIsLostWhileTargetsAreKilledUnderLoad() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        stage.group.queueLimit(100);
        stage.saying("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
        List<CompletableFuture<Integer>> loads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            loads.add(stage.aside(() -> load(stop)));
        }
        for (int version = 0; version < 30; version++) {
            Backend mortal = Backend.saying("mortal");
            stage.group.add(mortal.target("v" + version, 20));
            Stage.until(() -> mortal.requests.get() > 20);
            mortal.close();
            stage.group.drain("v" + version);
        }
        stop.set(true);
        assertThat(loads.stream().mapToInt(CompletableFuture::join).sum()).isGreaterThan(600);
    }

    private int load(AtomicBoolean stop) throws IOException {
        Client client = stage.client();
        int requests = 0;
        for (; !stop.get(); requests++) {
            client.send(GET);
            assertThat(client.read().status()).isEqualTo(200);
        }
        return requests;
    }
}
