package dev.slipway.cloud.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an application's answer reaches a client. */
@Timeout(60)
final class AnswersTest {
    private static final String GET = Stage.GET;
    private static final String POST = "POST / HTTP/1.1\r\nhost: a.localhost\r\n";

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
    void passesDateServerAndCookiesAndLeavesOutHopByHop() throws Exception {
        stage.saying("HTTP/1.1 200 Fine\r\nDate: then\r\nServer: mine\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
                + "Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nContent-Length: 2\r\n\r\nok");
        Client.Answer answer = stage.ask(GET);
        assertThat(answer.head())
                .startsWith("HTTP/1.1 200 Fine\r\n")
                .contains("Date: then\r\nServer: mine\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n")
                .doesNotContainIgnoringCase("keep-alive")
                .doesNotContainIgnoringCase("x-hop");
        assertThat(answer.body()).isEqualTo("ok");
    }

    @Test
    void addsADateWhereTheApplicationGaveNone() throws Exception {
        stage.saying("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        assertThat(stage.ask(GET).head())
                .containsPattern("date: [A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} .* GMT\r\n");
    }

    @Test
    void headAnd204And304HaveNoBodyWhateverTheySay() throws Exception {
        stage.target("a", 10, connection -> {
            for (String head = connection.readRequest(); head != null; head = connection.readRequest()) {
                String status = head.startsWith("HEAD") ? "200 OK" : head.split(" ")[1].substring(1) + " X";
                connection.send("HTTP/1.1 " + status + "\r\nContent-Length: 5\r\n\r\n");
            }
        });
        Client client = stage.client();
        client.send("HEAD / HTTP/1.1\r\nhost: a.localhost\r\n\r\nGET /304 HTTP/1.1\r\nhost: a.localhost\r\n\r\n"
                + "GET /204 HTTP/1.1\r\nhost: a.localhost\r\n\r\n");
        assertThat(client.readHead()).startsWith("HTTP/1.1 200").contains("Content-Length: 5");
        assertThat(client.readHead()).startsWith("HTTP/1.1 304").contains("Content-Length: 5");
        assertThat(client.readHead()).startsWith("HTTP/1.1 204").doesNotContain("Content-Length");
    }

    @Test
    void passesInterimAnswersToClientsThatKnowThem() throws Exception {
        stage.saying(
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 P\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
        Client client = stage.client();
        client.send(GET);
        assertThat(client.readHead()).isEqualTo("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
        assertThat(client.readHead()).startsWith("HTTP/1.1 102");
        assertThat(client.read().body()).isEqualTo("ok");
        assertThat(stage.ask("GET / HTTP/1.0\r\n\r\n").head()).startsWith("HTTP/1.1 200");
    }

    @Test
    void continueComesFromTheApplication() throws Exception {
        stage.target("a", 10, connection -> {
            while (connection.readRequest() != null) {
                connection.send("HTTP/1.1 100 Continue\r\n\r\n");
                connection.answer(new String(connection.in().readNBytes(4), StandardCharsets.US_ASCII));
            }
        });
        Client client = stage.client();
        for (int i = 0; i < 2; i++) {
            client.send(POST + "expect: 100-Continue\r\ncontent-length: 4\r\n\r\n");
            assertThat(client.readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            client.send("body");
            Client.Answer answer = client.read();
            assertThat(answer.body()).isEqualTo("body");
            assertThat(answer.head()).doesNotContain("connection: close");
        }
    }

    @Test
    void aClientThatIsNotAskedForItsBodyIsToldToBeginAnew() throws Exception {
        stage.saying("HTTP/1.1 401 No\r\ncontent-length: 0\r\n\r\n");
        Client client = stage.client();
        client.send(POST + "expect: 100-continue\r\ncontent-length: 4\r\n\r\n");
        assertThat(client.read().head()).startsWith("HTTP/1.1 401").contains("connection: close");
        assertThat(client.in.read()).isEqualTo(-1);
    }

    @Test
    void passesChunksAndTrailersAndNoneOfThemToOldClients() throws Exception {
        stage.saying(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n02\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n");
        Client client = stage.client();
        client.send(GET);
        assertThat(client.readHead()).contains("transfer-encoding: chunked\r\n");
        assertThat(new String(client.in.readNBytes(30), StandardCharsets.US_ASCII))
                .isEqualTo("3\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n");
        Client.Answer old = stage.ask("GET / HTTP/1.0\r\nconnection: keep-alive\r\n\r\n");
        assertThat(old.head()).contains("connection: close").doesNotContain("chunked");
        assertThat(old.body()).isEqualTo("abcde");
    }

    @Test
    void anAnswerThatEndsWithItsConnectionGoesInChunks() throws Exception {
        stage.target("a", 10, connection -> {
            connection.readRequest();
            connection.send("HTTP/1.0 200 OK\n\nto the end");
        });
        Client client = stage.client();
        for (int i = 0; i < 2; i++) {
            client.send(GET);
            assertThat(client.read().body()).isEqualTo("to the end");
        }
    }

    @Test
    void anApplicationMayEndItsSideAfterTheAnswer() throws Exception {
        Semaphore noticed = new Semaphore(0);
        stage.target("a", 10, connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            connection.socket().shutdownOutput();
            assertThat(connection.in().read()).isNegative();
            noticed.release();
        });
        Client client = stage.client();
        for (int i = 0; i < 3; i++) {
            client.send(POST + "content-length: 0\r\n\r\n");
            assertThat(client.read().body()).isEqualTo("ok");
            // Whoever sends a POST on a connection whose end is still on its way can't send it again.
            assertThat(noticed.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length: 9\r\n\r\nshort",
                "transfer-encoding: chunked\r\n\r\n9\r\nshort",
                "transfer-encoding: chunked\r\n\r\n5\r\nshort\r\n"
            })
    void aClientSeesThatAnAnswerIsNotComplete(String rest) throws Exception {
        stage.target("a", 10, connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\n" + rest);
        });
        Client client = stage.client();
        client.send(GET);
        client.readHead();
        assertThat(new String(client.in.readAllBytes(), StandardCharsets.US_ASCII))
                .contains("short")
                .doesNotContain("0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "what?\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
                "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\na: b\r\n c\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n"
            })
    void anAnswerThatCannotBeTrustedIsA502(String answer) throws Exception {
        Backend backend = stage.saying(answer);
        Client.Answer got = stage.ask(GET);
        assertThat(got.status()).isEqualTo(502);
        assertThat(got.body()).contains("protocol error").doesNotContain("127.0.0.1");
        assertThat(backend.requests).as("is not asked again").hasValue(1);
    }

    @Test
    void bytesAfterAnAnswerAreNobodysAndEndTheConnection() throws Exception {
        Backend backend = stage.saying(
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil");
        Client client = stage.client();
        for (int i = 0; i < 3; i++) {
            client.send(GET);
            assertThat(client.read().body()).isEqualTo("ok");
        }
        assertThat(backend.connections).hasValue(3);
    }
}
