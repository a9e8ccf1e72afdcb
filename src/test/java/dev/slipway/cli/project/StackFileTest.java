package dev.slipway.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.project.StackFile.StackConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StackFileTest {
    private static final String PULUMI_YAML = """
            name: launch
            runtime:
              name: java
              options: {binary: target/app.jar}
            stackConfigDir: stacks
            config:
              image: {type: string}
              port: {type: integer, default: 8080}
              autoDeploy: {type: boolean}
              environment: {type: object}
            """;

    @TempDir
    private Path root;

    @Test
    void structuredValuesBecomeJsonAndDefaultsFillIn() throws IOException {
        StackConfig config = resolve("""
                config:
                  slipway:region: eu-west-1
                  launch:image: a/b
                  launch:environment: {A: "1", B: two}
                """);
        assertThat(config.values())
                .containsEntry("slipway:region", "eu-west-1")
                .containsEntry("launch:port", "8080")
                .containsEntry("launch:environment", "{\"A\":\"1\",\"B\":\"two\"}");
        assertThat(config.secretKeys()).isEmpty();
    }

    @Test
    void aKeyWithoutNamespaceIsTheProjects() throws IOException {
        assertThat(resolve("config:\n  image: a/b\n").values()).containsEntry("launch:image", "a/b");
    }

    @Test
    void secureValuesAreDecryptedAndMarked() throws IOException {
        StackConfig config = resolve("""
                encryptionsalt: v1:salt
                config:
                  launch:image: {secure: abc}
                  launch:environment: {TOKEN: {secure: def}, PLAIN: x}
                """);
        assertThat(config.values())
                .containsEntry("launch:image", "clear-abc")
                .containsEntry("launch:environment", "{\"TOKEN\":\"clear-def\",\"PLAIN\":\"x\"}");
        assertThat(config.secretKeys()).containsExactlyInAnyOrder("launch:image", "launch:environment");
        assertThat(config.toString()).doesNotContain("clear");
    }

    @Test
    void everyWrongKeyAndTypeIsToldAtOnce() {
        assertThatThrownBy(() -> resolve("""
                        konfig: {}
                        config:
                          launch:imge: a/b
                          launch:port: eighty
                          launch:autoDeploy: perhaps
                          launch:environment: text
                          launch:entirelyElse: 1
                        """))
                .isInstanceOf(ProjectProblem.class)
                .hasMessageContaining("konfig: unknown key")
                .hasMessageContaining("launch:imge: unknown configuration key; did you mean launch:image?")
                .hasMessageContaining("launch:port: expected integer, got `eighty`")
                .hasMessageContaining("launch:autoDeploy: expected boolean")
                .hasMessageContaining("launch:environment: expected object")
                .hasMessageContaining(
                        "launch:entirelyElse: unknown configuration key; Pulumi.yaml declares autoDeploy, environment,");
    }

    @Test
    void otherNamespacesAreNotThisProjectsToJudge() throws IOException {
        assertThat(resolve("config:\n  aws:region: x\n").values()).containsEntry("aws:region", "x");
    }

    @Test
    void malformedYamlIsToldWithLineAndColumn() {
        assertThatThrownBy(() -> resolve("config:\n  launch:image: [unclosed\n"))
                .isInstanceOf(ProjectProblem.class)
                .hasMessageMatching("(?s).*Pulumi\\.dev\\.yaml:\\d+:\\d+: not valid YAML: .*");
    }

    @Test
    void aKeyWrittenTwiceIsRefused() {
        assertThatThrownBy(() -> resolve("config:\n  launch:image: a\n  launch:image: b\n"))
                .isInstanceOf(ProjectProblem.class)
                .hasMessageContaining("not valid YAML");
    }

    private StackConfig resolve(String yaml) throws IOException {
        Files.writeString(root.resolve("Pulumi.yaml"), PULUMI_YAML);
        Files.createDirectories(root.resolve("stacks"));
        Project project = Project.find(root.resolve("stacks"));
        Files.writeString(project.stackFile("dev"), yaml);
        return StackFile.read(project.stackFile("dev")).resolve(project, text -> "clear-" + text);
    }
}
