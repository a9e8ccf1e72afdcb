package dev.slipway.cloud.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TroubleHandlerTest {
    private static final String WEB = "arn:aws:apprunner:us-east-1:111122223333:service/web/0123456789abcdef";

    private final Troubles troubles =
            new Troubles(() -> Instant.parse("2026-01-02T03:04:05Z"), new SplittableRandom(1));
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.builder()
                .handler(
                        TroubleHandler.PATH,
                        new TroubleHandler(
                                troubles,
                                () -> Map.of(
                                        "apprunner",
                                        Set.of("CreateService"),
                                        "ecr",
                                        Set.of("PutImage"),
                                        "registry",
                                        Set.of()),
                                () -> List.of(WEB)))
                .start(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aTroubleThatCouldStrikeNobodyIsRefused() throws Exception {
        for (String[] one : new String[][] {
            {"{\"kind\":\"throttle\",\"account\":\"1\"}", "`account`: expected twelve digits, got `1`"},
            {"{\"kind\":\"clock\"}", "clock needs a time or a speed"}
        }) {
            HttpResponse<String> answer = send("POST", TroubleHandler.PATH, one[0]);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains(one[1]);
        }
        assertThat(troubles.list()).isEmpty();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aServiceThatNobodyKnowsIsRefusedWithThoseThereAre() throws Exception {
        HttpResponse<String> refused =
                send("POST", TroubleHandler.PATH, "{\"kind\":\"throttle\",\"service\":\"AppRunner\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("there is no service `AppRunner`; there are [apprunner, ecr, registry]");
        assertThat(troubles.list()).isEmpty();
    }

    @Test
    void aTroubleIsSetListedAndCleared() throws Exception {
        String set = send("POST", TroubleHandler.PATH, """
                        {"kind": "slow", "service": "ecr", "operation": "PutImage", "time": "1.5s", "calls": 3}
                        """).body();

        assertThat(set.strip()).isEqualTo("""
                        {"id":"t-1","kind":"slow","service":"ecr","operation":"PutImage","calls":3,"time":"1500ms",\
                        "since":"2026-01-02T03:04:05Z"}""");
        send("POST", TroubleHandler.PATH, "{\"kind\":\"throttle\",\"probability\":0.5,\"seed\":7}");
        send("POST", TroubleHandler.PATH, "{\"kind\":\"clock\",\"time\":\"-20m\",\"speed\":60}");
        assertThat(send("GET", TroubleHandler.PATH, "").body())
                .startsWith("{\"troubles\":[" + set.strip() + ",")
                .contains("\"id\":\"t-2\",\"kind\":\"throttle\",\"probability\":0.5,\"seed\":7")
                .contains("\"kind\":\"clock\",\"time\":\"-20m\",\"speed\":60.0");

        assertThat(send("DELETE", TroubleHandler.PATH + "?id=t-1", "").body()).contains("\"cleared\":1");
        assertThat(send("DELETE", TroubleHandler.PATH + "?id=t-1", "").body()).contains("\"cleared\":0");
        assertThat(send("DELETE", TroubleHandler.PATH + "?kind=throttle", "").body())
                .contains("\"cleared\":1");
        assertThat(send("DELETE", TroubleHandler.PATH, "").body()).contains("\"cleared\":1");
        assertThat(troubles.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                               | the body is not JSON",
                "[]                              | must be a JSON object",
                "{}                              | `kind`: expected one of throttle, error",
                "{\"kind\":\"earthquake\"}       | got `earthquake`",
                "{\"kind\":\"error\",\"x\":1}    | unknown member `x`",
                "{\"kind\":\"error\",\"kind\":1} | the body is not JSON",
                "{\"kind\":\"error\",\"calls\":0} | at least 1",
                "{\"kind\":\"error\",\"calls\":\"1\"} | `calls`: expected a whole number",
                "{\"kind\":\"error\",\"calls\":99999999999} | at most",
                "{\"kind\":\"error\",\"probability\":1.5} | above 0 and at most 1",
                "{\"kind\":\"error\",\"account\":7} | `account`: expected text",
                "{\"kind\":\"error\",\"account\":\"7\"} | `account`: expected twelve digits, got `7`",
                "{\"kind\":\"error\",\"service\":\"app-runner\"} | there is no service `app-runner`; there are [apprunner, ecr, registry]",
                "{\"kind\":\"error\",\"operation\":\"PutThing\"} | `operation`: no service has `PutThing` here",
                "{\"kind\":\"error\",\"service\":\"ecr\",\"operation\":\"CreateService\"} | ecr does not have `CreateService`",
                "{\"kind\":\"clock\",\"time\":\"1s\",\"service\":\"ecr\"} | clock cannot be for a service only",
                "{\"kind\":\"iam-propagation\",\"time\":\"1s\",\"resource\":\"x\"} | iam-propagation cannot be for a resource only",
                "{\"kind\":\"maintenance\",\"time\":\"1s\",\"service\":\"ecr\"} | maintenance cannot be for a service only",
                "{\"kind\":\"slow\"}             | slow needs a time",
                "{\"kind\":\"slow\",\"time\":\"soon\"} | expected a time such as 500ms",
                "{\"kind\":\"clock\",\"speed\":-1} | speed must be above 0 and at most 1000000",
                "{\"kind\":\"clock\",\"speed\":0} | speed must be above 0 and at most 1000000",
                "{\"kind\":\"clock\",\"speed\":1000001} | speed must be above 0 and at most 1000000",
                "{\"kind\":\"clock\",\"speed\":\"NaN\"} | `speed`: expected a number",
                "{\"kind\":\"maintenance\",\"time\":\"1s\",\"resource\":\"nosuch\"} | no App Runner service `nosuch`; there are [arn:aws:apprunner:",
                "{\"kind\":\"maintenance\",\"time\":\"1s\",\"resource\":\"web\",\"account\":\"444455556666\"} | no App Runner service `web` of 444455556666",
            })
    void whatMakesNoSenseIsRefusedWithAReason(String body, String reason) throws Exception {
        HttpResponse<String> answer = send("POST", TroubleHandler.PATH, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"message\":").contains(reason);
        assertThat(troubles.list()).isEmpty();
    }

    @Test
    void aServiceThatIsThereCanBeInMaintenance() throws Exception {
        for (String resource : List.of("web", WEB)) {
            String body = "{\"kind\":\"maintenance\",\"time\":\"1s\",\"resource\":\"" + resource + "\"}";
            assertThat(send("POST", TroubleHandler.PATH, body).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void webPagesMayNotSwitchTrouble() throws Exception {
        HttpResponse<String> answer =
                send("POST", TroubleHandler.PATH, "{\"kind\":\"error\"}", "Origin", "http://evil.example");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(troubles.list()).isEmpty();
    }

    @Test
    void otherMethodsAndPathsAreRefused() throws Exception {
        assertThat(send("PUT", TroubleHandler.PATH, "{}").statusCode()).isEqualTo(405);
        assertThat(send("GET", TroubleHandler.PATH + "/t-1", "").statusCode()).isEqualTo(404);
        assertThat(send("DELETE", TroubleHandler.PATH + "?kind=all", "").statusCode())
                .isEqualTo(400);
        assertThat(send("POST", TroubleHandler.PATH, " ".repeat(20_000)).statusCode())
                .isEqualTo(413);
    }
}
