package dev.slipway.cloud.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which connections to an application serve another request: only those on which both sides surely know where it begins. */
@Timeout(60)
final class ReuseTest {
    private static final String GET = Stage.GET;
    private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nhost: a.localhost\r\n\r\n";

    private Stage stage;

    @BeforeEach
    void start() throws Exception {
        stage = new Stage();
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    private static String request(String method, String body) {
        return method + " / HTTP/1.1\r\nhost: a.localhost\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS"})
    void aBodyThatApplicationsDoNotLookForBecomesNobodysRequest(String method) throws Exception {
        Queue<String> heads = new ConcurrentLinkedQueue<>();
        Backend backend = stage.target("only", 10, connection -> {
            for (String head = connection.readRequest(); head != null; head = connection.readRequest()) {
                heads.add(head);
                connection.answer(method.equals("HEAD") && heads.size() == 1 ? "" : "ok");
            }
        });
        Client client = stage.client();
        client.send(request(method, HIDDEN));
        assertThat(client.read(!method.equals("HEAD")).status()).isEqualTo(200);
        assertThat(heads.peek()).as("who heeds this reads no further").contains("connection: close");
        client.send(GET);
        assertThat(client.read().body()).isEqualTo("ok");
        assertThat(backend.connections).hasValue(2);
    }

    @Test
    void aChunkedBodyOfGetIsNoBetter() throws Exception {
        Backend backend = stage.saying("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
        Client client = stage.client();
        client.send("GET / HTTP/1.1\r\nhost: a.localhost\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n");
        client.read();
        client.send(GET);
        assertThat(client.read().body()).isEqualTo("ok");
        assertThat(backend.connections).hasValue(2);
    }

    @Test
    void aLengthOfZeroIsNoBody() throws Exception {
        Backend backend = stage.saying("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
        Client client = stage.client();
        for (int i = 0; i < 3; i++) {
            client.send(request("GET", ""));
            client.read();
        }
        assertThat(backend.connections).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void aBodyThatBelongsToItsRequestCostsNoConnection(String method) throws Exception {
        Backend backend = stage.target("only", 10, connection -> {
            for (String head = connection.readRequest(); head != null; head = connection.readRequest()) {
                connection.answer(connection.readBody(head));
            }
        });
        Client client = stage.client();
        for (int i = 0; i < 3; i++) {
            client.send(request(method, "body"));
            assertThat(client.read().body()).isEqualTo("body");
        }
        assertThat(backend.connections).hasValue(1);
    }

    @Test
    void whoRefusesMayHaveLeftTheBodyUnread() throws Exception {
        Backend backend = stage.target("only", 10, connection -> {
            for (String head = connection.readRequest(); head != null; head = connection.readRequest()) {
                connection.readBody(head);
                connection.send("HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno");
            }
        });
        Client client = stage.client();
        client.send(request("POST", "body"));
        assertThat(client.read().body()).isEqualTo("no");
        client.send(GET);
        assertThat(client.read().body()).isEqualTo("no");
        assertThat(backend.connections).hasValue(2);
        client.send(GET);
        client.read();
        assertThat(backend.connections).as("a refusal alone is harmless").hasValue(2);
    }

    @Test
    void whoBeginsToAnswerBeforeAllIsSentMayNotReadTheRest() throws Exception {
        Semaphore goOn = new Semaphore(0);
        Backend backend = stage.target("only", 10, connection -> {
            for (String head = connection.readRequest(); head != null; head = connection.readRequest()) {
                connection.send("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nab");
                goOn.acquire();
                connection.send("cd");
            }
        });
        Client client = stage.client();
        client.send("POST / HTTP/1.1\r\nhost: a.localhost\r\ncontent-length: 4\r\n\r\nx");
        assertThat(client.readHead()).contains("200");
        client.send("yz!");
        client.send(GET);
        goOn.release(2);
        assertThat(client.in.readNBytes(4)).asString().isEqualTo("abcd");
        assertThat(client.read().body()).isEqualTo("abcd");
        assertThat(backend.connections).hasValue(2);
    }

    @Test
    void anAnswerThatIsThereBeforeItsRequestIsNotItsAnswer() throws Exception {
        Semaphore speak = new Semaphore(0);
        Semaphore spoken = new Semaphore(0);
        Backend backend = stage.target("only", 10, connection -> {
            connection.readRequest();
            connection.answer("first");
            speak.acquire();
            connection.send("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil");
            connection.awaitArrival();
            spoken.release();
        });
        Client client = stage.client();
        client.send(GET);
        assertThat(client.read().body()).isEqualTo("first");
        // Both arrive before the balancer looks, the request first.
        stage.front.whileStopped(() -> {
            client.send("POST / HTTP/1.1\r\nhost: a.localhost\r\ncontent-length: 0\r\n\r\n");
            speak.release();
            spoken.acquire();
        });
        assertThat(client.read().body()).isEqualTo("first");
        assertThat(backend.connections).hasValue(2);
    }
}
