package dev.slipway.cloud.ecr;

import static dev.slipway.cloud.ecr.LocalAccounts.OWN;
import static dev.slipway.cloud.ecr.LocalAccounts.root;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cloud.registry.TestImage;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.trouble.Kind;
import dev.slipway.cloud.trouble.Scope;
import dev.slipway.cloud.trouble.Trouble;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** How registry clients say who they are, and how long that counts. */
final class RegistryLoginTest {
    private static final String HELLO = "/v2/public.ecr.aws/slipway/hello/manifests/latest";
    private static final String APP = "/v2/" + OWN + "/us-east-1/team/app/tags/list";
    private static final String ALL = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*"}]}""";

    @TempDir
    private Path directory;

    private LocalAccounts cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = new LocalAccounts(directory, Store.inMemory(), Optional.empty());
        cloud.install("slipway/hello", "latest", TestImage.named("hello"), directory);
        cloud.ecr(root(OWN)).createRepository(request -> request.repositoryName("team/app"));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private HttpResponse<String> get(String path, String... authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(cloud.uri().resolve(path));
        for (String value : authorization) {
            request.header("Authorization", value);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String basic(AwsCredentials credentials) {
        return "Basic "
                + cloud.ecr(credentials)
                        .getAuthorizationToken(request -> {})
                        .authorizationData()
                        .get(0)
                        .authorizationToken();
    }

    private JsonNode token(String... authorization) throws Exception {
        HttpResponse<String> answer = get("/v2/token?service=any&scope=repository:x:pull", authorization);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void whoDoesNotLogInGetsATokenThatOpensTheGalleryAlone() throws Exception {
        String nobody = "Bearer " + token().path("token").asText();

        assertThat(get(HELLO, nobody).statusCode()).isEqualTo(200);
        assertThat(get("/v2/", nobody).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = get(APP, nobody);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("only the public gallery is open to all", "aws ecr get-login-password");
    }

    /** So does public.ecr.aws, of which people learn by {@code docker logout}. */
    @Test
    void theGalleryRefusesALoginThatIsOverThoughItNeedsNone() throws Exception {
        String basic = basic(root(OWN));
        assertThat(get(HELLO, basic).statusCode()).isEqualTo(200);
        cloud.later = Duration.ofHours(13);

        for (String path : List.of("/v2/", HELLO)) {
            HttpResponse<String> refused = get(path, basic);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body())
                    .contains(
                            "authorization token has expired",
                            "docker logout 127.0.0.1:" + cloud.uri().getPort());
        }
        assertThat(get(HELLO).statusCode()).isEqualTo(200);
    }

    @Test
    void aTokenEndsWithThePasswordThatItIsFor() throws Exception {
        String basic = basic(root(OWN));
        cloud.later = Duration.ofHours(11);
        JsonNode token = token(basic);
        String bearer = "Bearer " + token.path("token").asText();

        assertThat(token.path("expires_in").asLong()).isBetween(3500L, 3600L);
        assertThat(get(APP, bearer).statusCode()).isEqualTo(200);
        assertThat(get(APP, basic).statusCode()).isEqualTo(200);
        cloud.later = Duration.ofHours(13);
        assertThat(get(APP, bearer).statusCode()).isEqualTo(401);
        HttpResponse<String> refused = get("/v2/token", basic);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("authorization token has expired");
        assertThat(get("/v2/token", "Basic bm9ib2R5Ong=").body()).contains("expected the user name AWS");
    }

    /** On AWS too: a password lives for twelve hours, but it has only the rights that its owner has now. */
    @Test
    void aPasswordOutlivesTheKeyButNotTheRightsOfItsOwner() throws Exception {
        AwsCredentials ana = cloud.user("ana", ALL);
        String login = basic(ana);
        assertThat(get(APP, login).statusCode()).isEqualTo(200);

        var iam = cloud.iam(OWN);
        iam.deleteAccessKey(request -> request.userName("ana").accessKeyId(ana.accessKeyId()));
        assertThat(get(APP, login).statusCode()).isEqualTo(200);

        iam.deleteUserPolicy(request -> request.userName("ana").policyName("p"));
        assertThat(get(APP, login).statusCode()).isEqualTo(403);

        iam.deleteUser(request -> request.userName("ana"));
        assertThat(get(APP, login).statusCode()).isEqualTo(403);
        cloud.user("ana", ALL);
        assertThat(get(APP, login).statusCode())
                .as("the new user of that name is another one")
                .isEqualTo(403);
    }

    @Test
    void troubleIsNamedByTheOperationThatARequestStandsFor() throws Exception {
        Scope scope = new Scope(OWN, "registry", "listimages", "team/app");
        cloud.troubles.add(Trouble.of(Kind.THROTTLE, null).in(scope).next(1));
        cloud.troubles.add(Trouble.of(Kind.ERROR, null)
                .in(new Scope(null, "registry", "BatchGetImage", "slipway/hello"))
                .next(1));
        String login = basic(root(OWN));

        assertThat(get(APP, login).statusCode()).isEqualTo(429);
        assertThat(get(APP, login).statusCode()).isEqualTo(200);
        assertThat(get(HELLO).statusCode()).isEqualTo(500);
        assertThat(get(HELLO).statusCode()).isEqualTo(200);
    }
}
