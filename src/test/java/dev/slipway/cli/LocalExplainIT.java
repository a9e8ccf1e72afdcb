package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.display.Terminal;
import dev.slipway.cli.local.LocalHome;
import dev.slipway.cli.local.LocalProcess;
import dev.slipway.testing.TestCloud;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

/** {@code slipway local explain} over a running cloud: control API, assuming and the registry. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LocalExplainIT {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private TestCloud cloud;
    private Path home;
    private AccessKey ann;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        cloud = TestCloud.start(directory);
        home = directory;
        LocalProcess.current(cloud.port(), "test", false, List.of()).write(LocalHome.of(environment()));
        try (IamClient root = client(IamClient.builder(), "111122223333", "any")) {
            root.createUser(in -> in.userName("ann"));
            root.putUserPolicy(in -> in.userName("ann").policyName("login").policyDocument("""
                    {"Version":"2012-10-17","Statement":[{"Sid":"Login","Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"*"}]}"""));
            ann = root.createAccessKey(in -> in.userName("ann")).accessKey();
        }
        try (EcrClient root = client(EcrClient.builder(), "111122223333", "any")) {
            root.createRepository(in -> in.repositoryName("app"));
        }
    }

    @AfterAll
    void stop() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @Test
    void refusedCallIsExplainedByTheIdInItsAnswer() throws IOException {
        IamException refused = refused(IamException.class, () -> {
            try (IamClient iam = client(IamClient.builder(), ann.accessKeyId(), ann.secretAccessKey())) {
                iam.listRoles();
            }
        });
        assertThat(explain(0, refused.requestId()))
                .contains(
                        "DENIED  iam:ListRoles",
                        "who        arn:aws:iam::111122223333:user/ann",
                        "because no identity-based policy allows the iam:ListRoles action",
                        "to allow   add to a policy of arn:aws:iam::111122223333:user/ann: {\"Effect\":\"Allow\",",
                        "Allow in the inline policy login of the user ann (identity), statement Login: is about other actions: ecr:GetAuthorizationToken",
                        "aws:username = ann",
                        "aws:requestedregion = eu-west-1");
        JsonNode told = new ObjectMapper().readTree(explain(0, refused.requestId(), "--json"));
        assertThat(told.get("mode").asText()).isEqualTo("enforce");
        assertThat(told.at("/decisions/0/action").asText()).isEqualTo("iam:ListRoles");
    }

    @Test
    void refusedRoleIsExplained() {
        StsException refused = refused(StsException.class, () -> {
            try (StsClient sts = client(StsClient.builder(), ann.accessKeyId(), ann.secretAccessKey());
                    IamClient root = client(IamClient.builder(), "111122223333", "any")) {
                root.createRole(in -> in.roleName("closed").assumeRolePolicyDocument("""
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/ann"},
                        "Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"right"}}}]}"""));
                sts.assumeRole(in -> in.roleArn("arn:aws:iam::111122223333:role/closed")
                        .roleSessionName("work")
                        .externalId("wrong"));
            }
        });
        assertThat(explain(0, refused.requestId()))
                .contains("DENIED  sts:AssumeRole", "its condition StringEquals sts:ExternalId does not hold");
    }

    @Test
    void refusedPullIsExplained() throws Exception {
        String token;
        try (EcrClient ecr = client(EcrClient.builder(), ann.accessKeyId(), ann.secretAccessKey())) {
            token = ecr.getAuthorizationToken().authorizationData().get(0).authorizationToken();
        }
        assertThat(new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8))
                .startsWith("AWS:");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(cloud.endpoint().resolve("/v2/111122223333/eu-west-1/app/manifests/1"))
                                .header("Authorization", "Basic " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        String id = answer.headers().firstValue("x-amzn-RequestId").orElseThrow();
        assertThat(explain(0, id))
                .contains("DENIED  ecr:BatchGetImage", "repository/app", "because no identity-based policy");
        assertThat(explain(0, "--denied", "--last", "5")).contains("ecr:BatchGetImage");
    }

    @Test
    void unknownIdAndBadNumbersAreSaid() throws Exception {
        assertThat(explain(1, "none")).contains("No decision belongs to the request `none`");
        assertThat(status("/_slipway/decisions?last=0")).isEqualTo(400);
        assertThat(status("/_slipway/decisions?last=1001")).isEqualTo(400);
        assertThat(status("/_slipway/decisions?last=many")).isEqualTo(400);
        assertThat(status("/_slipway/decisions?last=1")).isEqualTo(200);
    }

    private int status(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(cloud.endpoint().resolve(path)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private Map<String, String> environment() {
        return Map.of("SLIPWAY_HOME", home.toString());
    }

    private String explain(int exit, String... arguments) {
        out.reset();
        var print = new PrintStream(out, true, StandardCharsets.UTF_8);
        var terminal = new Terminal(print, print, new BufferedReader(new StringReader("")), false, false);
        var all = new java.util.ArrayList<>(List.of("local", "explain"));
        all.addAll(List.of(arguments));
        assertThat(Main.run(new Context(terminal, environment(), Path.of("")), all.toArray(String[]::new)))
                .as(() -> out.toString(StandardCharsets.UTF_8))
                .isEqualTo(exit);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static <E extends Throwable> E refused(
            Class<E> type, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        E refused = catchThrowableOfType(type, call);
        assertThat(refused).isNotNull();
        return refused;
    }

    private <B extends AwsClientBuilder<B, C>, C> C client(B builder, String key, String secret) {
        Consumer<B> settings = in -> in.endpointOverride(cloud.endpoint())
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)));
        return builder.applyMutation(settings).build();
    }
}
