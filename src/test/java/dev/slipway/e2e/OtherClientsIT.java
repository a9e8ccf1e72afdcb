package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.e2e.Launcher.Result;
import dev.slipway.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The local cloud as other client families see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OtherClientsIT {
    private static final String IMAGE = "444455556666.dkr.ecr.us-east-1.amazonaws.com/team/hello:1";

    private Launcher slipway;
    private String endpoint;

    @BeforeAll
    void deploy(@TempDir Path directory) {
        Programs.need("aws");
        slipway = Launcher.in(directory)
                .with("AWS_ACCESS_KEY_ID", "111122223333")
                .with("AWS_SECRET_ACCESS_KEY", "any")
                .with("AWS_DEFAULT_REGION", "us-east-1")
                .with("AWS_PAGER", "")
                .with("AWS_CONFIG_FILE", "/dev/null")
                .with("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        slipway.run("image", "copy", "--create-repository", "public.ecr.aws/slipway/hello:1", IMAGE)
                .succeeded();
        slipway.run("up", "--yes", "-s", "cross-account").succeeded();
        endpoint = slipway.endpoint();
    }

    @AfterAll
    void stop() {
        if (slipway != null) {
            slipway.close();
        }
    }

    @Test
    void theAwsCliListsWhatUpMade() {
        String role = slipway.output("cross-account", "accessRoleArn");
        String service = slipway.output("cross-account", "serviceArn");
        assertThat(aws("sts", "get-caller-identity").succeeded().out())
                .contains("111122223333", "arn:aws:iam::111122223333:root");
        assertThat(aws("iam", "get-role", "--role-name", role.substring(role.lastIndexOf('/') + 1))
                        .succeeded()
                        .out())
                .contains(role, "build.apprunner.amazonaws.com");
        assertThat(aws("apprunner", "describe-service", "--service-arn", service)
                        .succeeded()
                        .out())
                .contains("\"Status\": \"RUNNING\"", IMAGE);
        assertThat(aws("apprunner", "list-operations", "--service-arn", service)
                        .succeeded()
                        .out())
                .contains("CREATE_SERVICE", "SUCCEEDED");
        slipway.with("AWS_ACCESS_KEY_ID", "444455556666");
        try {
            assertThat(aws("ecr", "get-repository-policy", "--repository-name", "team/hello")
                            .succeeded()
                            .out())
                    .contains(role, "ecr:BatchGetImage");
        } finally {
            slipway.with("AWS_ACCESS_KEY_ID", "111122223333");
        }
    }

    @Test
    void aWrongSecretForACreatedUsersKeyIsRefused() {
        aws("iam", "create-user", "--user-name", "ana").succeeded();
        aws(
                        "iam",
                        "attach-user-policy",
                        "--user-name",
                        "ana",
                        "--policy-arn",
                        "arn:aws:iam::aws:policy/AdministratorAccess")
                .succeeded();
        String[] key = aws(
                        "iam",
                        "create-access-key",
                        "--user-name",
                        "ana",
                        "--query",
                        "AccessKey.[AccessKeyId,SecretAccessKey]",
                        "--output",
                        "text")
                .succeeded()
                .out()
                .strip()
                .split("\\s+");
        try {
            slipway.with("AWS_ACCESS_KEY_ID", key[0]).with("AWS_SECRET_ACCESS_KEY", key[1]);
            assertThat(aws("sts", "get-caller-identity").succeeded().out()).contains("user/ana");
            slipway.with("AWS_SECRET_ACCESS_KEY", "wrong" + key[1].substring(5));
            Result refused = aws("sts", "get-caller-identity");
            assertThat(refused.code()).isNotZero();
            assertThat(refused.err()).contains("SignatureDoesNotMatch").doesNotContain(key[1]);
        } finally {
            slipway.with("AWS_ACCESS_KEY_ID", "111122223333").with("AWS_SECRET_ACCESS_KEY", "any");
        }
    }

    @Test
    void skopeoPushesWithThePasswordOfTheAwsCli() throws IOException {
        Programs.need("skopeo");
        String password = aws("ecr", "get-login-password").succeeded().out().strip();
        aws("ecr", "create-repository", "--repository-name", "team/pushed").succeeded();
        String host = endpoint.substring("http://".length());
        Result push = slipway.program(
                "skopeo",
                "copy",
                // Not the credentials file of whoever runs the tests.
                "--authfile",
                Files.writeString(slipway.project().resolve("auth.json"), "{}").toString(),
                "--src-tls-verify=false",
                "--dest-tls-verify=false",
                "--dest-creds",
                "AWS:" + password,
                "docker://" + host + "/public.ecr.aws/slipway/hello:2",
                "docker://" + host + "/111122223333/us-east-1/team/pushed:two");
        push.succeeded();
        assertThat(aws("ecr", "list-images", "--repository-name", "team/pushed")
                        .succeeded()
                        .out())
                .contains("\"imageTag\": \"two\"");
    }

    private Result aws(String... arguments) {
        var command = new ArrayList<>(List.of("aws", "--endpoint-url", endpoint, "--output", "json"));
        if (List.of(arguments).contains("--output")) {
            command.subList(3, 5).clear();
        }
        command.addAll(List.of(arguments));
        return slipway.program(command.toArray(String[]::new));
    }
}
