package dev.slipway.cloud.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies go through in pieces, at the pace of the slower side. */
final class StreamingTest {
    private static final long LARGE = 96L << 20;

    private HttpServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    /** So many bytes that follow from their position; counts what was taken. */
    private static final class Pattern extends InputStream {
        final AtomicLong taken = new AtomicLong();
        private final long length;

        Pattern(long length) {
            this.length = length;
        }

        @Override
        public int read() {
            throw new AssertionError("one byte at a time");
        }

        @Override
        public int read(byte[] target, int offset, int count) {
            long at = taken.get();
            int here = (int) Math.min(count, length - at);
            for (int i = 0; i < here; i++) {
                target[offset + i] = (byte) ((at + i) * 31 >> 3);
            }
            taken.addAndGet(Math.max(here, 0));
            return here <= 0 ? -1 : here;
        }
    }

    private static long matching(InputStream in) throws IOException {
        Pattern expected = new Pattern(Long.MAX_VALUE);
        byte[] got = new byte[64 * 1024];
        byte[] want = new byte[64 * 1024];
        long total = 0;
        for (int count = in.read(got); count >= 0; count = in.read(got)) {
            int known = expected.read(want, 0, count);
            assertThat(java.util.Arrays.equals(got, 0, count, want, 0, known)).isTrue();
            total += count;
        }
        return total;
    }

    @Test
    void largeBodiesGoBothWays() throws Exception {
        server = HttpServer.builder()
                .handler(
                        "/up",
                        exchange -> exchange.respond(
                                200, Long.toString(matching(exchange.body())).getBytes(StandardCharsets.US_ASCII)))
                .handler("/down", exchange -> exchange.respond(200, LARGE, new Pattern(LARGE)))
                .start(0);
        HttpClient client = HttpClient.newHttpClient();

        HttpResponse<String> up = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/up"))
                        .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new Pattern(LARGE)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        HttpResponse<InputStream> down = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/down"))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());

        assertThat(up.body()).isEqualTo(Long.toString(LARGE));
        assertThat(matching(down.body())).isEqualTo(LARGE);
    }

    @Test
    void aSlowReaderHoldsTheSenderBack() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        server = HttpServer.builder()
                .fallback(exchange -> {
                    await(read);
                    exchange.respond(
                            200, Long.toString(matching(exchange.body())).getBytes(StandardCharsets.US_ASCII));
                })
                .start(0);

        try (SocketChannel client = SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()))) {
            client.write(ByteBuffer.wrap(("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: " + LARGE + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII)));
            client.configureBlocking(false);
            Pattern source = new Pattern(LARGE);
            ByteBuffer chunk = ByteBuffer.allocate(64 * 1024).limit(0);
            for (int stuck = 0; stuck < 50 && source.taken.get() < LARGE; ) {
                if (!chunk.hasRemaining()) {
                    chunk.clear().limit(source.read(chunk.array(), 0, chunk.capacity()));
                }
                if (client.write(chunk) == 0) {
                    stuck++;
                    assertThat(read.await(10, TimeUnit.MILLISECONDS)).isFalse();
                }
            }
            assertThat(source.taken.get())
                    .as("bytes on the way with nobody reading")
                    .isLessThan(LARGE / 2);

            read.countDown();
            client.configureBlocking(true);
            while (chunk.hasRemaining()) {
                client.write(chunk);
                if (!chunk.hasRemaining() && source.taken.get() < LARGE) {
                    chunk.clear().limit(source.read(chunk.array(), 0, chunk.capacity()));
                }
            }
            ByteBuffer answer = ByteBuffer.allocate(4096);
            while (!new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII)
                    .endsWith(Long.toString(LARGE))) {
                assertThat(client.read(answer)).isPositive();
            }
        }
    }

    @Test
    void aSlowClientHoldsTheHandlerBackAndThenIsGone() throws Exception {
        Pattern source = new Pattern(LARGE);
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        server = HttpServer.builder()
                .fallback(exchange -> {
                    try {
                        exchange.respond(200, LARGE, source);
                        outcome.complete(null);
                    } catch (IOException gone) {
                        outcome.complete(gone);
                        throw gone;
                    }
                })
                .start(0);

        try (RawClient client = new RawClient(server)) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").head()).contains("200 OK");
            assertThatThrownBy(() -> outcome.get(300, TimeUnit.MILLISECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            assertThat(source.taken.get()).isLessThan(LARGE / 2);
        }
        assertThat(outcome.get(10, TimeUnit.SECONDS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("client");
    }

    @Test
    void aClientThatLeavesInTheMiddleOfItsBodyIsAnIoException() throws Exception {
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        server = HttpServer.builder()
                .fallback(exchange -> {
                    try {
                        exchange.readBody(1000);
                        outcome.complete(null);
                    } catch (IOException gone) {
                        outcome.complete(gone);
                        throw gone;
                    }
                })
                .start(0);

        try (RawClient client = new RawClient(server)) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
        }

        assertThat(outcome.get(10, TimeUnit.SECONDS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed the connection");
    }

    @Test
    void aClientThatStillSendsGetsTheEarlyAnswer() throws Exception {
        server = HttpServer.builder()
                .fallback(exchange -> exchange.respond(401, "no".getBytes(StandardCharsets.US_ASCII)))
                .start(0);
        byte[] piece = new byte[100_000];

        try (RawClient client = new RawClient(server)) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: " + LARGE + "\r\n\r\n");
            try {
                for (int i = 0; i < 60; i++) {
                    client.out().write(piece);
                }
            } catch (IOException closed) {
                // The server may stop reading once it has answered; what counts is that the answer arrives.
            }
            assertThat(client.answer()).isEqualTo("no");
        }
        try (RawClient client = new RawClient(server)) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
            client.out().write(piece);
            assertThat(client.answer()).isEqualTo("no");
            assertThat(client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx")
                            .answer())
                    .as("a short rest is dropped and the connection lives on")
                    .isEqualTo("no");
        }
    }

    @Test
    void anAnswerThatEndsTooEarlyBreaksTheConnection() throws Exception {
        server = HttpServer.builder()
                .fallback(exchange -> exchange.respond(200, 10, new Pattern(4)))
                .start(0);

        try (RawClient client = new RawClient(server)) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").head()).contains("content-length: 10");
            assertThat(client.bytes(10)).hasSize(4);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }
}
