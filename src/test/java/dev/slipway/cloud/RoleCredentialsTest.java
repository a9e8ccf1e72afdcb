package dev.slipway.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.http.HttpServer;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.cloud.wire.Credentials;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When an instance gets which credentials of its role. */
final class RoleCredentialsTest {
    private static final String PATH = RoleCredentials.PREFIX + "secret";

    private final Set<String> gone = new HashSet<>();
    private Instant now = Instant.parse("2026-05-01T10:00:00.250Z");
    private int sessions;
    private boolean trusted = true;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        var credentials = new RoleCredentials(
                PATH,
                "arn:aws:iam::111122223333:role/app",
                this::assume,
                kept -> !gone.contains(kept.caller().accessKeyId()),
                () -> now);
        server = HttpServer.builder()
                .fallback(exchange -> RoleCredentials.answer(exchange, Optional.of(credentials)))
                .start(0);
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Credentials assume() {
        if (!trusted) {
            throw new AwsException("AccessDenied", 403, "the role does not trust tasks.apprunner.amazonaws.com");
        }
        Caller caller = new Caller(
                "111122223333",
                "arn:aws:sts::111122223333:assumed-role/app/i",
                "AROA:i",
                "ASIA" + ++sessions,
                Optional.empty(),
                Optional.of(now.plus(Duration.ofHours(6))),
                Map.of());
        return new Credentials(caller, Optional.of("key"), Optional.of("token"));
    }

    private HttpResponse<String> ask(String method, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theFormIsThatOfAmazonEcs() throws Exception {
        assertThat(ask("GET", PATH).body())
                .isEqualTo("{\"RoleArn\":\"arn:aws:iam::111122223333:role/app\",\"AccessKeyId\":\"ASIA1\","
                        + "\"SecretAccessKey\":\"key\",\"Token\":\"token\",\"Expiration\":\"2026-05-01T16:00:00Z\"}");
    }

    @Test
    void theSameAreGivenUntilAnHourBeforeTheirEnd() throws Exception {
        ask("GET", PATH);
        now = now.plus(Duration.ofHours(5));
        assertThat(ask("GET", PATH).body()).contains("ASIA1");
        now = now.plusMillis(1);
        assertThat(ask("GET", PATH).body()).contains("ASIA2").doesNotContain("ASIA1");
    }

    @Test
    void aSessionOfARoleThatIsGoneIsNotGivenAgain() throws Exception {
        ask("GET", PATH);
        gone.add("ASIA1");
        assertThat(ask("GET", PATH).body()).contains("ASIA2");
    }

    @Test
    void aRoleThatDoesNotTrustTheServiceIsToldAsSuch() throws Exception {
        trusted = false;
        HttpResponse<String> refused = ask("GET", PATH);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("\"code\":\"AccessDenied\"", "does not trust", "\"HTTPErrorCode\":403");
    }

    @Test
    void nobodyGetsThemWithoutTheirPath() throws Exception {
        for (String path : new String[] {RoleCredentials.PREFIX, PATH + "x", "/v2/credentials", "/"}) {
            HttpResponse<String> refused = ask("GET", path);
            assertThat(refused.statusCode()).isEqualTo(404);
            assertThat(refused.body()).contains("InvalidIdInRequest").doesNotContain("ASIA");
        }
        assertThat(ask("POST", PATH).statusCode()).isEqualTo(404);
        assertThat(sessions).isZero();
    }
}
