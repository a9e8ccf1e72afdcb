package dev.slipway.cloud.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Slow clients and targets, those that end one side or go away, and what is held for them meanwhile. */
@Timeout(60)
final class PatienceTest {
    private static final String GET = Stage.GET;
    private static final String POST = "POST / HTTP/1.1\r\nhost: a.localhost\r\n";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(150);

    private Stage stage;

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    @Test
    void aHeadThatDoesNotComeToItsEndIs408() throws Exception {
        stage = new Stage(new Limits(LONG, SHORT, LONG, LONG));
        Client client = stage.client();
        client.send("GET / HTTP/1.1\r\nhost: a");
        assertThat(client.read().status()).isEqualTo(408);
        assertThat(client.in.read()).isEqualTo(-1);
    }

    @Test
    void aHeadThatComesByteByByteHasNoMoreTime() throws Exception {
        stage = new Stage(new Limits(LONG, Duration.ofMillis(400), LONG, LONG));
        Client client = stage.client();
        client.send("GET / HTTP/1.1\r\nhost: a");
        client.socket.setSoTimeout(20);
        int first = 0;
        while (first == 0) {
            client.send("a");
            try {
                first = client.in.read();
            } catch (SocketTimeoutException goOn) {
                assertThat(first).isZero();
            }
        }
        client.socket.setSoTimeout(20_000);
        assertThat((char) first + client.readHead()).startsWith("HTTP/1.1 408");
    }

    @Test
    void aConnectionWithoutRequestsEndsInSilence() throws Exception {
        stage = new Stage(new Limits(LONG, LONG, SHORT, LONG));
        stage.saying("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        assertThat(stage.client().in.read()).isEqualTo(-1);
        Client client = stage.client();
        client.send(GET);
        client.read();
        assertThat(client.in.read()).isEqualTo(-1);
    }

    @Test
    void whoHasNoRequestMakesRoomAtTheBound() throws Exception {
        stage = new Stage();
        Semaphore goOn = new Semaphore(0);
        stage.target("slow", 10, connection -> {
            for (String head = connection.readRequest(); head != null; head = connection.readRequest()) {
                if (head.startsWith("GET /slow")) {
                    goOn.acquire();
                }
                connection.answer("ok");
            }
        });
        try (Front front = new Front(stage.balancer, 3);
                Client idle = new Client(front.address());
                Client busy = new Client(front.address());
                Client silent = new Client(front.address());
                Client late = new Client(front.address())) {
            idle.send(Stage.GET);
            assertThat(idle.read().body()).isEqualTo("ok");
            busy.send("GET /slow HTTP/1.1\r\nhost: a.localhost\r\n\r\n");
            late.send(Stage.GET);
            assertThat(late.read().body()).isEqualTo("ok");
            assertThat(idle.in.read()).isEqualTo(-1);
            goOn.release();
            assertThat(busy.read().body()).isEqualTo("ok");
            assertThat(silent.in.read()).isEqualTo(-1);
        }
    }

    @Test
    void aRequestThatTakesTooLongIs504() throws Exception {
        stage = new Stage(new Limits(SHORT, LONG, LONG, LONG));
        stage.target("a", 1, connection -> {
            connection.readRequest();
            connection.in().read();
        });
        Client.Answer answer = stage.ask(GET);
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.body()).isEqualTo("upstream request timeout\n");
        Stage.until(() -> stage.group.load().inFlight() == 0);
    }

    @Test
    void aBodyThatDoesNotComeToItsEndIsBoundedToo() throws Exception {
        stage = new Stage(new Limits(SHORT, LONG, LONG, SHORT));
        CountDownLatch gone = new CountDownLatch(1);
        stage.target("a", 1, connection -> {
            connection.readRequest();
            connection.in().readAllBytes();
            gone.countDown();
        });
        Client client = stage.client();
        client.send(POST + "content-length: 9\r\n\r\nabc");
        assertThat(client.read().status()).isEqualTo(504);
        assertThat(client.in.read()).isEqualTo(-1);
        assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anAnswerThatIsNotTakenIsBoundedInTimeAndMemory() throws Exception {
        stage = new Stage(new Limits(Duration.ofMillis(1500), LONG, LONG, LONG));
        AtomicLong written = new AtomicLong();
        CountDownLatch gone = new CountDownLatch(1);
        stage.target("a", 1, connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n");
            byte[] piece = new byte[1 << 16];
            try {
                while (true) {
                    connection.out().write(piece);
                    written.addAndGet(piece.length);
                }
            } catch (IOException ended) {
                gone.countDown();
            }
        });
        Client client = stage.client();
        client.send(GET);
        client.readHead();
        assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(written.get()).as("held in all buffers").isLessThan(40_000_000);
        Stage.until(() -> stage.group.load().inFlight() == 0);
    }

    @Test
    void interimAnswersThatAreNotTakenAreBoundedToo() throws Exception {
        stage = new Stage(new Limits(Duration.ofMillis(1500), LONG, LONG, LONG));
        AtomicLong written = new AtomicLong();
        CountDownLatch gone = new CountDownLatch(1);
        stage.target("a", 1, connection -> {
            connection.readRequest();
            String interim = "HTTP/1.1 103 Early Hints\r\nx: y\r\n\r\n".repeat(1000);
            try {
                while (true) {
                    connection.send(interim);
                    written.addAndGet(interim.length());
                }
            } catch (IOException ended) {
                gone.countDown();
            }
        });
        stage.client().send(GET);
        assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(written.get()).as("held in all buffers").isLessThan(40_000_000);
    }

    @Test
    void aClientThatEndsItsSideStillGetsItsAnswer() throws Exception {
        stage = new Stage();
        stage.target("a", 1, connection -> {
            String head = connection.readRequest();
            connection.answer("got " + connection.readBody(head));
        });
        Client client = stage.client();
        client.send(POST + "content-length: 4\r\n\r\nbody");
        client.socket.shutdownOutput();
        Client.Answer answer = client.read();
        assertThat(answer.body()).isEqualTo("got body");
        assertThat(client.in.read()).isEqualTo(-1);
    }

    @Test
    void aClientThatEndedItsSideAndWaitsLongIsAskedWhetherItIsThere() throws Exception {
        stage = new Stage();
        CountDownLatch go = new CountDownLatch(1);
        stage.target("a", 1, connection -> {
            connection.readRequest();
            go.await();
            connection.answer("late");
        });
        Client client = stage.client();
        client.send(GET);
        client.socket.shutdownOutput();
        assertThat(client.readHead()).startsWith("HTTP/1.1 100 ");
        go.countDown();
        assertThat(client.read().body()).isEqualTo("late");
    }

    @Test
    void aBodyThatIsCutOffIs400() throws Exception {
        stage = new Stage();
        stage.target("a", 1, connection -> connection.in().readAllBytes());
        Client client = stage.client();
        client.send(POST + "content-length: 9\r\n\r\nabc");
        client.socket.shutdownOutput();
        assertThat(client.read().status()).isEqualTo(400);
        assertThat(client.in.read()).isEqualTo(-1);
        Stage.until(() -> stage.group.load().inFlight() == 0);
    }

    @Test
    void clientsThatGoAwayLeaveTheirPlacesAndTheQueue() throws Exception {
        stage = new Stage();
        stage.group.queueLimit(5);
        CountDownLatch cancelled = new CountDownLatch(1);
        stage.target("a", 1, connection -> {
            connection.readRequest();
            connection.in().read();
            cancelled.countDown();
        });
        Client working = stage.client();
        working.send(GET);
        Stage.until(() -> stage.group.load().inFlight() == 1);
        Client queued = stage.client();
        queued.send(GET);
        Stage.until(() -> stage.group.load().queued() == 1);
        queued.close();
        Stage.until(() -> stage.group.load().queued() == 0);
        working.close();
        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        Stage.until(() -> stage.group.load().inFlight() == 0);
    }

    @Test
    void anAnswerBeforeTheEndOfTheBodyArrivesAlthoughTheTargetClosed() throws Exception {
        stage = new Stage();
        stage.target("a", 10, connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 413 Too Large\r\ncontent-length: 5\r\n\r\nlarge");
        });
        for (int i = 0; i < 5; i++) {
            Client client = stage.client();
            client.send(POST + "content-length: 30000000\r\n\r\n");
            var upload = stage.aside(() -> {
                client.socket.getOutputStream().write(new byte[30_000_000]);
                return true;
            });
            Client.Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo("large");
            assertThat(upload.join()).isTrue();
            client.send(GET);
            assertThat(client.read().status()).as("the connection lives on").isEqualTo(413);
        }
    }

    @Test
    void anAnswerBeforeTheEndOfTheBodyArrivesFromATargetThatGoesOnReading() throws Exception {
        stage = new Stage();
        stage.target("a", 10, connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nearly");
            connection.in().readAllBytes();
        });
        Client client = stage.client();
        client.send(POST + "transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n");
        assertThat(client.read().body()).isEqualTo("early");
        client.send("0\r\n\r\n" + GET);
        assertThat(client.read().body()).isEqualTo("early");
    }

    @Test
    void whoGoesOnSendingWhatNobodyWantsIsCutOff() throws Exception {
        stage = new Stage(new Limits(LONG, LONG, LONG, SHORT));
        stage.saying("HTTP/1.1 413 No\r\ncontent-length: 0\r\n\r\n");
        Client client = stage.client();
        client.send(POST + "content-length: 999999999999\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(413);
        assertThatThrownBy(() -> {
                    while (true) {
                        client.send("x".repeat(100_000));
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void hundredsOfMebibytesPassBothWaysThroughBoundedBuffers() throws Exception {
        long length = 300L << 20;
        stage = new Stage();
        stage.target("a", 10, connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
            byte[] buffer = new byte[1 << 16];
            for (long left = length; left > 0; ) {
                int count = connection.in().read(buffer, 0, (int) Math.min(buffer.length, left));
                connection.send(Integer.toHexString(count) + "\r\n");
                connection.out().write(buffer, 0, count);
                connection.send("\r\n");
                left -= count;
            }
            connection.send("0\r\n\r\n");
        });
        Client client = stage.client();
        client.send("POST / HTTP/1.0\r\ncontent-length: " + length + "\r\n\r\n");
        var upload = stage.aside(() -> {
            byte[] piece = new byte[1 << 16];
            for (long sent = 0; sent < length; sent += piece.length) {
                java.util.Arrays.fill(piece, (byte) (sent >> 16));
                client.socket.getOutputStream().write(piece);
            }
            return true;
        });
        client.readHead();
        long most = 0;
        byte[] piece = new byte[1 << 16];
        for (long got = 0; got < length; got += piece.length) {
            client.in.readNBytes(piece, 0, piece.length);
            assertThat(piece[77]).isEqualTo((byte) (got >> 16));
            most = Math.max(
                    most,
                    io.netty.buffer.PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() + direct());
        }
        assertThat(upload.join()).isTrue();
        assertThat(client.in.readAllBytes()).isEmpty();
        assertThat(most).as("bytes of buffers").isLessThan(64L << 20);
    }

    private static long direct() {
        return io.netty.buffer.ByteBufAllocator.DEFAULT instanceof io.netty.buffer.ByteBufAllocatorMetricProvider known
                ? known.metric().usedDirectMemory()
                : 0;
    }

    @Test
    void textOfOwnAnswersIsShortAndPlain() throws Exception {
        for (OwnAnswer each : OwnAnswer.values()) {
            assertThat(each.text().getBytes(StandardCharsets.UTF_8))
                    .hasSize(each.text().length());
            assertThat(each.text()).hasSizeLessThan(120).endsWith("\n");
        }
        stage = new Stage();
        Client.Answer none = stage.ask(GET);
        assertThat(none.status()).isEqualTo(503);
        assertThat(none.body()).isEqualTo("no healthy upstream\n");
    }
}
