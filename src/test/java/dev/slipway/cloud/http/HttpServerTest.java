package dev.slipway.cloud.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpServerTest {
    private static final HttpHandler ECHO = exchange -> exchange.respond(200, exchange.readBody(1 << 20));

    private HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private HttpServer start(HttpServer.Builder builder) throws IOException {
        server = builder.start(0);
        return server;
    }

    private static HttpHandler text(String text) {
        return exchange -> exchange.respond(200, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void answersARequestOfTheJdkClient() throws Exception {
        start(HttpServer.builder().fallback(exchange -> {
            exchange.setHeader(
                    "X-Seen",
                    exchange.method() + " " + exchange.path() + " " + exchange.query() + " "
                            + exchange.headers().get("x-two")
                            + exchange.header("X-TWO").orElse(""));
            ECHO.handle(exchange);
        }));

        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/a%20b?c=d"))
                                .header("X-Two", "1")
                                .header("X-Two", "2")
                                .POST(HttpRequest.BodyPublishers.ofString("hellö"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("hellö");
        assertThat(answer.headers().firstValue("x-seen")).contains("POST /a%20b c=d [1, 2]1");
    }

    @Test
    void aConnectionWithoutARequestMakesRoomAtTheBound() throws Exception {
        start(HttpServer.builder().fallback(text("hello")).connections(1));
        String get = "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";
        try (RawClient idle = new RawClient(server);
                RawClient late = new RawClient(server)) {
            assertThat(idle.send(get).answer()).isEqualTo("hello");
            assertThat(late.send(get).answer()).isEqualTo("hello");
            assertThat(idle.head()).as("its end").isEmpty();
        }
    }

    @Test
    void theLongestPrefixWins() throws Exception {
        start(HttpServer.builder()
                .handler("/", text("root"))
                .handler("/v2/", text("registry"))
                .handler("/v2/x/", text("x")));

        try (RawClient client = new RawClient(server)) {
            assertThat(client.send("GET /v2/ HTTP/1.1\r\nHost: a\r\n\r\n").answer())
                    .isEqualTo("registry");
            assertThat(client.send("GET /v2 HTTP/1.1\r\nHost: a\r\n\r\n").answer())
                    .isEqualTo("registry");
            assertThat(client.send("GET /v2/x/y HTTP/1.1\r\nHost: a\r\n\r\n").answer())
                    .isEqualTo("x");
            assertThat(client.send("GET /v21 HTTP/1.1\r\nHost: a\r\n\r\n").answer())
                    .isEqualTo("root");
            assertThat(client.send("GET http://h/v2/ HTTP/1.1\r\nHost: h\r\n\r\n")
                            .answer())
                    .isEqualTo("registry");
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrderAndOneAtATime() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        start(HttpServer.builder().fallback(exchange -> {
            byte[] body = exchange.readBody(100);
            if (exchange.path().equals("/2")) {
                second.countDown();
            } else if (exchange.path().equals("/1")) {
                assertThat(await(second, 200)).isFalse();
            }
            exchange.respond(200, body);
        }));

        try (RawClient client = new RawClient(server)) {
            client.send("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\none"
                    + "POST /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n"
                    + "POST /3 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nthree");
            assertThat(client.answer()).isEqualTo("one");
            assertThat(client.answer()).isEqualTo("two");
            assertThat(client.answer()).isEqualTo("three");
        }
    }

    @Test
    void headGetsTheLengthAndNoBytes() throws Exception {
        start(HttpServer.builder()
                .handler("/own", exchange -> {
                    exchange.setHeader("Content-Length", "77");
                    exchange.respond(200, new byte[0]);
                })
                .handler("/", text("hello")));

        try (RawClient client = new RawClient(server)) {
            assertThat(client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").head()).contains("content-length: 5\r\n");
            assertThat(client.send("HEAD /own HTTP/1.1\r\nHost: a\r\n\r\n").head())
                    .contains("Content-Length: 77\r\n");
            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").answer())
                    .isEqualTo("hello");
        }
    }

    @Test
    void anAnswerOfUnknownLengthIsChunkedAndTheConnectionLivesOn() throws Exception {
        start(HttpServer.builder()
                .fallback(exchange -> exchange.respond(200, -1, new java.io.ByteArrayInputStream("abc".getBytes()))));

        try (RawClient client = new RawClient(server)) {
            for (int i = 0; i < 2; i++) {
                assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").head())
                        .contains("transfer-encoding: chunked");
                assertThat(client.bytes(13)).isEqualTo("3\r\nabc\r\n0\r\n\r\n");
            }
            assertThat(client.send("GET / HTTP/1.0\r\n\r\n").head())
                    .contains("200")
                    .doesNotContain("chunked");
            assertThat(client.bytes(3)).isEqualTo("abc");
            assertThat(client.ended()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
                    garbage                          | NONSENSE\\r\\n\\r\\n                                                                              | 400
                    no host                          | GET / HTTP/1.1\\r\\n\\r\\n                                                                        | 400
                    two hosts                        | GET / HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n\\r\\n                                              | 400
                    length and chunked               | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 3\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n | 400
                    two lengths                      | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 3\\r\\nContent-Length: 4\\r\\n\\r\\nabcd          | 400
                    negative length                  | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: -1\\r\\n\\r\\n                                   | 400
                    length that is no number         | POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 1x\\r\\n\\r\\n                                   | 400
                    encoding that is not chunked     | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\n                              | 400
                    encoding that hides chunked      | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked, identity\\r\\n\\r\\n                 | 400
                    chunked in HTTP 1.0              | POST / HTTP/1.0\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n                           | 400
                    space before colon               | GET / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length : 3\\r\\n\\r\\nabc                                 | 400
                    HTTP 2                           | PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n                                                          | 505
                    chunk that is no number          | POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nxyz\\r\\nabc\\r\\n0\\r\\n\\r\\n | 400
                    unknown expectation              | POST / HTTP/1.1\\r\\nHost: a\\r\\nExpect: miracles\\r\\nContent-Length: 1\\r\\n\\r\\na             | 417
                    """, delimiter = '|')
    void refusesWhatIsMalformed(String what, String request, int status) throws Exception {
        start(HttpServer.builder().fallback(ECHO));

        try (RawClient client = new RawClient(server)) {
            String head = client.send(request.replace("\\r", "\r").replace("\\n", "\n"))
                    .head();
            assertThat(head).as(what).startsWith("HTTP/1.1 " + status).contains("connection: close");
        }
    }

    @Test
    void refusesHeadsThatAreTooLong() throws Exception {
        start(HttpServer.builder().fallback(ECHO));

        try (RawClient client = new RawClient(server)) {
            assertThat(client.send("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n")
                            .head())
                    .startsWith("HTTP/1.1 414");
        }
        try (RawClient client = new RawClient(server)) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(70_000) + "\r\n\r\n")
                            .head())
                    .startsWith("HTTP/1.1 431");
        }
    }

    @Test
    void aBugInAHandlerIsA500WithoutDetail() throws Exception {
        start(HttpServer.builder()
                .handler("/bug", exchange -> {
                    throw new IllegalStateException("secret");
                })
                .handler("/silent", exchange -> {})
                .handler("/large", exchange -> exchange.readBody(2)));

        try (RawClient client = new RawClient(server)) {
            assertThat(client.send("GET /bug HTTP/1.1\r\nHost: a\r\n\r\n").answer())
                    .isEqualTo("500 Internal Server Error\n");
            assertThat(client.ended()).isTrue();
        }
        try (RawClient client = new RawClient(server)) {
            assertThat(client.send("GET /silent HTTP/1.1\r\nHost: a\r\n\r\n").head())
                    .startsWith("HTTP/1.1 500");
        }
        try (RawClient client = new RawClient(server)) {
            assertThat(client.send("POST /large HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
                            .head())
                    .startsWith("HTTP/1.1 413");
        }
        try (RawClient client = new RawClient(server)) {
            assertThat(client.send(
                                    "POST /large HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
                            .head())
                    .startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void oldClientsGetTheirConnectionClosedUnlessTheyAskOtherwise() throws Exception {
        start(HttpServer.builder().fallback(text("x")));

        try (RawClient client = new RawClient(server)) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(client.head()).contains("connection: keep-alive");
            assertThat(client.bytes(1)).isEqualTo("x");
            assertThat(client.send("GET / HTTP/1.0\r\n\r\n").answer()).isEqualTo("x");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void listensOnFurtherLoopbackAddressesOfTheSamePort() throws Exception {
        start(HttpServer.builder()
                .fallback(exchange -> text(exchange.localAddress().getAddress().getHostAddress())
                        .handle(exchange)));
        InetAddress other = InetAddress.getByName("127.45.6.7");
        server.bind(other);
        server.bind(other);

        try (RawClient client = new RawClient(other, server.port())) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").answer())
                    .isEqualTo("127.45.6.7");
            server.unbind(other);
            server.unbind(other);
            assertThatThrownBy(() -> new RawClient(other, server.port()).close())
                    .isInstanceOf(IOException.class);
            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").answer())
                    .as("a connection that was open stays")
                    .isEqualTo("127.45.6.7");
        }
        server.bind(other);
        new RawClient(other, server.port()).close();
    }

    @Test
    void refusesAddressesThatOthersCanReach() throws Exception {
        start(HttpServer.builder());

        assertThatThrownBy(() -> server.bind(InetAddress.getByName("0.0.0.0")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("loopback");
    }

    @Test
    void namesTheAddressThatIsTaken() throws Exception {
        start(HttpServer.builder());

        assertThatThrownBy(() -> HttpServer.builder().start(server.port()).close())
                .isInstanceOf(BindException.class)
                .hasMessageContaining("cannot listen on 127.0.0.1:" + server.port());
    }

    @Test
    void closingLetsARequestUnderWayFinish() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        start(HttpServer.builder().fallback(exchange -> {
            arrived.countDown();
            await(goOn, 10_000);
            text("done").handle(exchange);
        }));
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (RawClient client = new RawClient(server);
                RawClient idle = new RawClient(server)) {
            assertThat(idle.send("GET / HTTP/1.1\r\nHost: a\r\n").toString()).isNotNull();
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            arrived.await();
            Future<?> closed = other.submit(server::close);
            assertThat(idle.ended()).isTrue();
            goOn.countDown();

            assertThat(client.head()).contains("connection: close");
            assertThat(client.bytes(4)).isEqualTo("done");
            closed.get(10, TimeUnit.SECONDS);
            assertThatThrownBy(() -> new RawClient(server).close()).isInstanceOf(IOException.class);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void continueIsSentOnlyToWhoeverIsReadFrom() throws Exception {
        start(HttpServer.builder()
                .handler("/read", ECHO)
                .handler("/refuse", exchange -> exchange.respond(401, new byte[0])));
        String rest = " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";

        try (RawClient client = new RawClient(server)) {
            assertThat(client.send("PUT /read" + rest).head()).startsWith("HTTP/1.1 100");
            assertThat(client.send("ab").answer()).isEqualTo("ab");
            assertThat(client.send("PUT /read" + rest + "cd").head()).startsWith("HTTP/1.1 ");
        }
        try (RawClient client = new RawClient(server)) {
            assertThat(client.send("PUT /refuse" + rest).head())
                    .startsWith("HTTP/1.1 401")
                    .contains("connection: close");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aClientThatSendsNothingIsGivenUp() throws Exception {
        start(HttpServer.builder().fallback(ECHO).patience(java.time.Duration.ofMillis(100)));

        try (RawClient client = new RawClient(server)) {
            client.timeout(5000);
            assertThat(client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab")
                            .head())
                    .startsWith("HTTP/1.1 500");
        } catch (SocketTimeoutException late) {
            throw new AssertionError("the handler still waits", late);
        }
    }

    private static boolean await(CountDownLatch latch, long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }
}
