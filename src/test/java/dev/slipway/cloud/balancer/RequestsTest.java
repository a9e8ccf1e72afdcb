package dev.slipway.cloud.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a request reaches an application, and what never does (RFC 9112, 9110; App Runner's edge where they leave a choice). */
@Timeout(60)
final class RequestsTest {
    private static final String POST = "POST / HTTP/1.1\r\nhost: a.localhost\r\n";

    private final AtomicReference<String> seen = new AtomicReference<>("nothing");
    private Stage stage;

    @BeforeEach
    void start() throws Exception {
        stage = new Stage();
        stage.target("echo", 100, connection -> {
            for (String head = connection.readRequest(); head != null; head = connection.readRequest()) {
                String body = connection.readBody(head);
                seen.set(head + body);
                connection.answer(body);
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    CL.TE                    | 400 | Content-Length: 6\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\nG
                    TE.CL                    | 400 | Transfer-Encoding: chunked\\r\\nContent-Length: 4\\r\\n\\r\\n5c\\r\\nGPOST
                    TE.TE, a second coding   | 400 | Transfer-Encoding: chunked\\r\\nTransfer-encoding: cow\\r\\n\\r\\n0\\r\\n\\r\\n
                    TE.TE, a space before    | 400 | Transfer-Encoding : chunked\\r\\n\\r\\n0\\r\\n\\r\\n
                    TE.TE, folded            | 400 | Transfer-Encoding:\\r\\n chunked\\r\\n\\r\\n0\\r\\n\\r\\n
                    TE.TE, in a value        | 400 | X: X\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n
                    an unknown coding        | 501 | Transfer-Encoding: gzip, chunked\\r\\n\\r\\n0\\r\\n\\r\\n
                    lengths that differ      | 400 | Content-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\nab
                    a bad chunk              | 400 | Transfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n
                    a chunk that ends wrong  | 400 | Transfer-Encoding: chunked\\r\\n\\r\\n1\\r\\nabc
                    a bad trailer            | 400 | Transfer-Encoding: chunked\\r\\n\\r\\n0\\r\\nT : v\\r\\n\\r\\n
                    an unknown expectation   | 417 | Expect: miracles\\r\\n\\r\\n
                    """)
    void refusesAndCloses(String what, int status, String rest) throws Exception {
        Client client = stage.client();
        client.send(POST + rest.replace("\\r", "\r").replace("\\n", "\n"));
        Client.Answer answer = client.read();
        assertThat(answer.status()).as(what).isEqualTo(status);
        if (status != 417) {
            assertThat(answer.head()).contains("connection: close");
            assertThat(client.in.read()).as("the end").isEqualTo(-1);
        }
        assertThat(answer.body().length()).isLessThan(200);
        assertThat(seen).hasValue("nothing");
    }

    @Test
    void refusesHeadsThatAreTooLong() throws Exception {
        assertThat(stage.ask("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nhost: a.localhost\r\n\r\n")
                        .status())
                .isEqualTo(414);
        assertThat(stage.ask("GET / HTTP/1.1\r\nhost: a.localhost\r\nx: " + "a".repeat(70_000) + "\r\n\r\n")
                        .status())
                .isEqualTo(431);
        assertThat(stage.ask("GET / HTTP/1.1\r\nhost: a.localhost\r\n" + "x: a\r\n".repeat(100) + "\r\n")
                        .status())
                .isEqualTo(431);
    }

    @Test
    void refusesUpgradesAsAppRunnerDoesButNotTheOfferOfHttp2() throws Exception {
        assertThat(stage.ask(POST + "connection: keep-alive, Upgrade\r\nupgrade: websocket\r\n\r\n")
                        .status())
                .isEqualTo(403);
        assertThat(stage.ask(POST + "connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: x\r\n\r\n")
                        .status())
                .isEqualTo(200);
        assertThat(seen.get()).doesNotContainIgnoringCase("upgrade").doesNotContainIgnoringCase("settings");
    }

    @Test
    void refusesConnectAndTrace() throws Exception {
        assertThat(stage.ask("CONNECT a.localhost:80 HTTP/1.1\r\nhost: a.localhost\r\n\r\n")
                        .status())
                .isEqualTo(405);
        assertThat(stage.ask("TRACE / HTTP/1.1\r\nhost: a.localhost\r\n\r\n").status())
                .isEqualTo(405);
    }

    @Test
    void refusesNamesThatAPageElsewhereCouldHave() throws Exception {
        assertThat(stage.ask("GET / HTTP/1.1\r\nhost: evil.example\r\n\r\n").status())
                .isEqualTo(421);
        assertThat(seen).hasValue("nothing");
    }

    @Test
    void anAbsoluteTargetBecomesPathAndHost() throws Exception {
        stage.ask("GET http://other.localhost:81/x?y HTTP/1.1\r\nhost: a.localhost\r\n\r\n");
        assertThat(seen.get())
                .startsWith("GET /x?y HTTP/1.1\r\nhost: other.localhost:81\r\n")
                .doesNotContain("a.localhost");
        stage.ask("OPTIONS http://a.localhost HTTP/1.1\r\nhost: a.localhost\r\n\r\n");
        assertThat(seen.get()).startsWith("OPTIONS * HTTP/1.1\r\n");
    }

    @Test
    void forwardsTrailersAndChunksAnew() throws Exception {
        assertThat(stage.ask(POST + "transfer-encoding: chunked\r\ntrailer: x-sum\r\n\r\n"
                                + "003;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 5\r\nContent-Length: 99\r\n\r\n")
                        .body())
                .contains("abc", "de", "X-Sum: 5");
        assertThat(seen.get())
                .contains("transfer-encoding: chunked\r\n", "trailer: x-sum\r\n")
                .doesNotContain("ext=1", "99");
    }

    @Test
    void forwardsWhatAppRunnerForwards() throws Exception {
        stage.ask(
                "GET / HTTP/1.1\r\nhost: a.localhost:99\r\nx-forwarded-for: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8\r\n"
                        + "x-forwarded-proto: https\r\nx-forwarded-host: mine\r\nx-forwarded-port: 1\r\n"
                        + "connection: x-hop, x-forwarded-for\r\nx-hop: 1\r\nte: trailers\r\nkeep-alive: 3\r\nproxy-connection: a\r\n\r\n");
        assertThat(seen.get())
                .contains("host: a.localhost:99\r\n", "x-forwarded-for: 1.2.3.4, 5.6.7.8, 127.0.0.1\r\n")
                .contains("x-forwarded-proto: http\r\n", "x-forwarded-host: mine\r\n", "x-forwarded-port: 1\r\n")
                .doesNotContain("x-hop", "te:", "keep-alive", "proxy-connection", "connection:", "https");
    }

    @Test
    void anOldClientGetsAHostAndNoChunks() throws Exception {
        Client.Answer answer = stage.ask("GET / HTTP/1.0\r\n\r\n");
        assertThat(seen.get()).startsWith("GET / HTTP/1.1\r\nhost: 127.0.0.1:");
        assertThat(answer.head()).startsWith("HTTP/1.1 200").contains("connection: close");
        Client client = stage.client();
        for (int i = 0; i < 2; i++) {
            client.send("GET / HTTP/1.0\r\nconnection: keep-alive\r\n\r\n");
            assertThat(client.read().head()).contains("connection: keep-alive");
        }
    }

    @Test
    void countsMaxForwardsOfOptions() throws Exception {
        stage.ask("OPTIONS / HTTP/1.1\r\nhost: a.localhost\r\nmax-forwards: 7\r\n\r\n");
        assertThat(seen.get()).contains("max-forwards: 6\r\n");
        seen.set("nothing");
        assertThat(stage.ask("OPTIONS / HTTP/1.1\r\nhost: a.localhost\r\nmax-forwards: 0\r\n\r\n")
                        .status())
                .isEqualTo(200);
        assertThat(seen).hasValue("nothing");
    }

    @Test
    void takesEmptyLinesBetweenRequests() throws Exception {
        Client client = stage.client();
        client.send(POST + "content-length: 2\r\n\r\nab\r\n" + POST + "content-length: 1\r\n\r\nc");
        assertThat(client.read().body()).isEqualTo("ab");
        assertThat(client.read().body()).isEqualTo("c");
    }

    @Test
    void aConnectionGoesBetweenServicesAndTheControlApiRequestByRequest() throws Exception {
        TargetGroup named = stage.balancer.newGroup("named");
        Backend other = Backend.saying("by name");
        named.add(other.target("n", 5));
        stage.balancer.route("web.localhost", named);
        stage.balancer.unroute(stage.group);
        Client client = stage.client();
        String service = "GET / HTTP/1.1\r\nhost: Web.localhost:1\r\n\r\n";
        String control = "PUT / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 3\r\n\r\nabc";
        client.send(service + control + control + service + service + control);
        for (String wanted : new String[] {"by name", "control:3", "control:3", "by name", "by name", "control:3"}) {
            assertThat(client.read().body()).isEqualTo(wanted);
        }
        other.close();
    }
}
