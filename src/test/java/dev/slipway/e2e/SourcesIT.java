package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.e2e.Launcher.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;

/** The three places an image can be in, and what each needs to be pulled. */
final class SourcesIT {
    private static final String SAME = "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/hello:1";
    private static final String OTHER = "444455556666.dkr.ecr.us-east-1.amazonaws.com/team/hello:1";

    @TempDir
    private Path directory;

    private Launcher slipway;

    @BeforeEach
    void start() {
        slipway = Launcher.in(directory);
    }

    @AfterEach
    void stop() {
        slipway.close();
    }

    @Test
    void theSameAccountNeedsTheRolesPolicy() {
        put(SAME, "1");
        slipway.run("up", "--yes", "-s", "same-account").succeeded();
        assertThat(Launcher.get(slipway.output("same-account", "url")).statusCode())
                .isEqualTo(200);
        String role = roleName(slipway.output("same-account", "accessRoleArn"));

        try (IamClient iam = Aws.root(slipway.endpoint(), "111122223333").iam()) {
            iam.listRolePolicies(list -> list.roleName(role))
                    .policyNames()
                    .forEach(policy ->
                            iam.deleteRolePolicy(delete -> delete.roleName(role).policyName(policy)));
        }
        put(SAME.replace(":1", ":2"), "2");
        slipway.stack("same-account", """
                config:
                  launch:image: %s
                """.formatted(SAME.replace(":1", ":2")));
        Result denied = slipway.run("up", "--yes", "-s", "same-account").failed();
        assertThat(denied.all()).contains(role, "ecr:BatchGetImage", "none of its policies allows it");
    }

    @Test
    void anotherAccountNeedsTheRepositoryPolicyToo() {
        put(OTHER, "1");
        Result up = slipway.run("up", "--yes", "-s", "cross-account").succeeded();
        assertThat(up.out()).contains("slipway:index:RepositoryPolicy", "slipway:index:AccessRole");
        assertThat(Launcher.get(slipway.output("cross-account", "url")).statusCode())
                .isEqualTo(200);

        try (var ecr = Aws.root(slipway.endpoint(), "444455556666").ecr()) {
            ecr.deleteRepositoryPolicy(delete -> delete.repositoryName("team/hello"));
        }
        String yaml = read(slipway.stackFile("cross-account"));
        slipway.stack("cross-account", yaml.replace("GREETING: Hello", "GREETING: Good day"));
        Result mended = slipway.run("up", "--yes", "-s", "cross-account").succeeded();
        assertThat(mended.out()).contains("slipway:index:RepositoryPolicy service-pull updated");

        slipway.run("refresh", "--yes", "-s", "cross-account").succeeded();
        slipway.run("up", "--yes", "-s", "cross-account").succeeded();
        assertThat(Launcher.get(slipway.output("cross-account", "url")).body()).contains("Good day");
        slipway.run("destroy", "--yes", "-s", "cross-account").succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {OTHER, "public.ecr.aws/slipway/hello:latest"})
    void automaticDeploymentIsRefusedAtPreviewWhereAppRunnerRefusesIt(String image) {
        slipway.stack("refused", """
                config:
                  launch:image: %s
                  launch:autoDeploy: true
                  launch:accountId: "111122223333"
                  launch:repositoryAccount: {accessKey: "444455556666"}
                  slipway:accessKey: "111122223333"
                """.formatted(image));
        Result refused = slipway.run("up", "--yes", "-s", "refused").failed();
        assertThat(refused.all()).contains("autoDeploy", "doesn't support automatic deployments");
        assertThat(refused.all()).doesNotContain("created");
        try (IamClient iam = Aws.root(slipway.endpoint(), "111122223333").iam()) {
            assertThat(iam.listRoles().roles()).isEmpty();
        }
    }

    @Test
    void aPushToTheTagDeploysWhenAutoDeployIsOn() {
        put(SAME, "1");
        slipway.run("up", "--yes", "-s", "same-account").succeeded();
        String url = slipway.output("same-account", "url");
        assertThat(Launcher.get(url).body()).containsPattern("version +1");
        put(SAME, "2");
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Launcher.get(url).body()).containsPattern("version +2"));
    }

    private void put(String image, String version) {
        slipway.run("image", "copy", "--create-repository", "public.ecr.aws/slipway/hello:" + version, image)
                .succeeded();
    }

    private static String roleName(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static String read(Path file) {
        try {
            return java.nio.file.Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
