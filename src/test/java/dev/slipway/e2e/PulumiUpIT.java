package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The repository's own program, its stacks and its template under the real Pulumi, and every state in both engines. */
final class PulumiUpIT {
    private static final String HELLO = "public.ecr.aws/slipway/hello:1";

    @TempDir
    private Path directory;

    @Test
    void theLocalStackGoesFromPreviewToDestroyAndNeitherEngineMindsTheOther() {
        try (BothEngines both = BothEngines.in(directory)) {
            both.pulumi("stack", "init", "local").succeeded();
            both.pulumi("config", "set", "--path", "--secret", "launch:environment.GREETING", "battery staple")
                    .succeeded();
            assertThat(both.pulumi("preview", "-s", "local").succeeded().out())
                    .contains("slipway:index:ImageService service create", "slipway:index:Service service create");
            assertThat(both.pulumi("up", "--yes", "--skip-preview").succeeded().all())
                    .doesNotContain("battery staple");
            String url = both.slipway().output("local", "url");
            assertThat(Launcher.get(url).body()).contains("battery staple");
            both.agreeThatNothingChanges("local");

            both.pulumi("config", "set", "launch:cpu", "0.5 vCPU").succeeded();
            both.pulumi("config", "set", "launch:memory", "1 GB").succeeded();
            assertThat(both.slipway()
                            .run("up", "--yes", "--skip-preview", "-s", "local")
                            .succeeded()
                            .all())
                    .contains("updated")
                    .doesNotContain("battery staple");
            both.agreeThatNothingChanges("local");

            both.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
                    .succeeded();
            both.agreeThatNothingChanges("local");
            both.pulumi("destroy", "--yes", "--skip-preview").succeeded();
            assertThatThrownBy(() -> Launcher.get(url)).isInstanceOf(UncheckedIOException.class);
            both.assertNothingRuns();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "same-account, 111122223333.dkr.ecr.us-east-1.amazonaws.com/team/hello:1",
        "cross-account, 444455556666.dkr.ecr.us-east-1.amazonaws.com/team/hello:1"
    })
    void aStackWithAPrivateImageGoesBackAndForth(String stack, String image) {
        try (BothEngines both = BothEngines.in(directory)) {
            both.slipway()
                    .run("image", "copy", "--create-repository", HELLO, image)
                    .succeeded();
            both.slipway().run("up", "--yes", "--skip-preview", "-s", stack).succeeded();
            both.agreeThatNothingChanges(stack);
            Map<String, String> providers = providers(both.checkpoint("launch", stack));
            assertThat(providers).containsKey("default_0_1_0");

            both.pulumi("config", "set", "--path", "launch:environment.GREETING", "Good day", "-s", stack)
                    .succeeded();
            both.pulumi("up", "--yes", "--skip-preview", "-s", stack).succeeded();
            assertThat(Launcher.get(both.slipway().output(stack, "url")).body()).contains("Good day");
            assertThat(providers(both.checkpoint("launch", stack)))
                    .as("each engine keeps the other's providers")
                    .isEqualTo(providers);
            both.agreeThatNothingChanges(stack);
            both.slipway()
                    .run("destroy", "--yes", "--skip-preview", "-s", stack)
                    .succeeded();
        }
    }

    /** Name to id. */
    private static Map<String, String> providers(JsonNode checkpoint) {
        var ids = new TreeMap<String, String>();
        for (JsonNode resource : checkpoint.at("/checkpoint/latest/resources")) {
            if (resource.path("type").asText().startsWith("pulumi:providers:")) {
                String urn = resource.path("urn").asText();
                ids.put(
                        urn.substring(urn.lastIndexOf(':') + 1),
                        resource.path("id").asText());
            }
        }
        return ids;
    }

    @Test
    void theStackForAwsNeedsCredentialsToGoOn() {
        try (BothEngines both = BothEngines.in(directory)) {
            AwsStackIT.withoutCredentials(both.slipway());
            both.pulumi("stack", "init", "aws").succeeded();
            assertThat(both.pulumi("preview", "-s", "aws").succeeded().out())
                    .contains("slipway:index:Service service create")
                    .doesNotContain("AccessRole", "local cloud");
            assertThat(both.pulumi("up", "--yes", "--skip-preview", "-s", "aws")
                            .failed()
                            .all())
                    .contains("no AWS credentials", "slipway:profile", "AWS_ACCESS_KEY_ID");
            assertThat(Files.exists(both.slipway().home())).isFalse();
        }
    }

    @Test
    void theTemplateDeploysAnImage() throws IOException {
        Path template = Launcher.ROOT.resolve("templates/slipway-java");
        try (BothEngines both = BothEngines.in(directory)) {
            Path project = both.slipway().project();
            Launcher.write(project.resolve("Pulumi.yaml"), TemplateIT.projectFile(template));
            Files.createDirectories(project.resolve("target"));
            ProgramJar.of(template.resolve("src/main/java"), "app.App", project.resolve("target/app.jar"));
            String plugin = Launcher.ROOT.resolve("target/plugin").toString();
            both.pulumi("plugin", "install", "resource", "slipway", "0.1.0", "--file", plugin)
                    .succeeded();
            both.pulumi("stack", "init", "dev").succeeded();
            both.pulumi("config", "set", "image", HELLO, "-s", "dev").succeeded();
            both.pulumi("up", "--yes", "--skip-preview", "-s", "dev").succeeded();
            assertThat(Launcher.get(both.slipway().output("dev", "url")).statusCode())
                    .isEqualTo(200);
            both.agreeThatNothingChanges("dev");
            both.pulumi("destroy", "--yes", "--skip-preview", "-s", "dev").succeeded();
        }
    }
}
