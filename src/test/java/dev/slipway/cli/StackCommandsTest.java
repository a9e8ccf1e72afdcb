package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StackCommandsTest {
    @TempDir
    private Path root;

    private CommandLineBench slipway;

    @BeforeEach
    void project() throws IOException {
        slipway = new CommandLineBench(root);
    }

    private void deployed(String stack) {
        slipway.run("stack", "init", stack).well();
        slipway.input = CommandLineBench.deployment(stack);
        assertThat(slipway.run("stack", "import").well().out()).isEqualTo("Import complete.\n");
        slipway.input = "";
    }

    @Test
    void aNewStackIsSelectedAndListed() {
        assertThat(slipway.run("stack", "init", "dev").well().out()).isEqualTo("Created stack 'dev'\n");
        slipway.run("stack", "init", "organization/app/prod", "--no-select").well();
        assertThat(slipway.run("stack", "ls").well().out()).contains("dev*", "prod ", "RESOURCE COUNT");
        slipway.run("stack", "select", "prod").well();
        assertThat(slipway.run("stack", "--show-name").well().out()).isEqualTo("prod\n");
        assertThat(slipway.run("stack", "--show-name", "-s", "dev").well().out())
                .isEqualTo("dev\n");
        slipway.environment.put("PULUMI_STACK", "dev");
        assertThat(slipway.run("stack", "--show-name").well().out()).isEqualTo("dev\n");
        slipway.run("stack", "init", "dev").badly("stack 'dev' already exists");
        slipway.run("stack", "init").badly("missing stack name");
        slipway.run("stack", "init", "no/such/project").badly("none of this project");
        slipway.run("stack", "init", "with space").badly("with space", "letters, digits");
        slipway.run("stack", "init", "x", "--secrets-provider", "awskms://a").badly("expected passphrase");
    }

    @Test
    void aSelectionIsPulumisToo() throws IOException {
        slipway.run("stack", "init", "dev").well();
        try (var files = Files.list(root.resolve("home/workspaces"))) {
            Path file = files.findFirst().orElseThrow();
            assertThat(file.getFileName().toString()).matches("app-[0-9a-f]{40}-workspace.json");
            assertThat(new ObjectMapper().readTree(file.toFile()).path("stack").asText())
                    .isEqualTo("organization/app/dev");
        }
    }

    @Test
    void aStackThatIsNotThereIsSelectedOnlyWhenAskedToMakeIt() {
        slipway.run("stack", "select", "dev").badly("no stack named 'dev'", "stack init dev");
        slipway.run("stack", "select", "--create", "dev").well();
        slipway.run("stack", "select", "dev").well();
        slipway.run("stack", "select").badly("missing stack name", "dev");
    }

    @Test
    void aStackIsShownWithItsTreeAndOutputs() {
        deployed("dev");
        assertThat(slipway.run("stack").well().out())
                .contains(
                        "Current stack is dev:",
                        "Current stack resources (3):",
                        "├─ t:i:T",
                        "└─ t:i:T",
                        "url     http://it's");
        assertThat(slipway.run("stack", "--show-urns", "--show-ids").well().out())
                .contains("URN: urn:pulumi:dev::app::t:i:T::a", "ID: 1");
        assertThat(slipway.run("stack", "output", "url").well().out()).isEqualTo("http://it's\n");
        assertThat(slipway.run("stack", "output", "--shell").well().out())
                .isEqualTo("count='2'\nurl='http://it'\\''s'\n");
        slipway.run("stack", "output", "none").badly("has no output 'none'; it has these: count, url");
    }

    @Test
    void aStackWithResourcesIsRemovedOnlyByForce() {
        deployed("dev");
        slipway.run("config", "set", "a", "b").well();
        slipway.run("stack", "rm", "--yes").badly("'dev' still has resources; removal rejected", "--force");
        slipway.run("stack", "rm", "--force").badly("--yes must be passed");
        assertThat(slipway.run("stack", "rm", "--force", "--yes").well().out())
                .isEqualTo("Stack 'dev' has been removed!\n");
        assertThat(root.resolve("Pulumi.dev.yaml")).doesNotExist();
        assertThat(root.resolve(".pulumi/backups/app/dev")).isNotEmptyDirectory();
        slipway.run("stack", "rm", "dev", "--yes").badly("no stack named 'dev'");
    }

    @Test
    void aRemovedStacksFileStaysWhenAsked() throws IOException {
        slipway.run("stack", "init", "dev").well();
        slipway.run("config", "set", "a", "b").well();
        slipway.interactive = true;
        slipway.input = "no\n";
        slipway.run("stack", "rm", "dev").badly("nothing was changed");
        slipway.input = "yes\n";
        slipway.run("stack", "rm", "dev", "--preserve-config").well();
        assertThat(slipway.read("Pulumi.dev.yaml")).contains("app:a: b");
    }

    @Test
    void aStackIsRenamedWithItsFileAndSelection() throws IOException {
        deployed("dev");
        slipway.run("config", "set", "a", "b").well();
        assertThat(slipway.run("stack", "rename", "prod").well().out()).isEqualTo("Renamed dev to prod\n");
        assertThat(slipway.read("Pulumi.prod.yaml")).contains("app:a: b");
        assertThat(root.resolve("Pulumi.dev.yaml")).doesNotExist();
        assertThat(slipway.run("stack", "-u").well().out())
                .contains("Current stack is prod", "urn:pulumi:prod::app::t:i:T::a");
        slipway.run("stack", "init", "dev").well();
        slipway.run("config", "set", "a", "c").well();
        slipway.run("stack", "rename", "prod").badly("Pulumi.prod.yaml");
    }

    @Test
    void anExportIsImportedAgain() {
        deployed("dev");
        slipway.run("stack", "export", "--file", "state.json").well();
        slipway.run("state", "delete", "--all", "--yes").well();
        slipway.run("stack", "import", "--file", "state.json").well();
        assertThat(slipway.run("stack").well().out()).contains("Current stack resources (3):");
        slipway.run("stack", "init", "prod").well();
        slipway.run("stack", "import", "--file", "state.json").badly("different stack (dev != prod)", "--force");
        assertThat(slipway.run("stack", "import", "--file", "state.json", "--force")
                        .well()
                        .err())
                .contains("warning: resource");
        slipway.run("stack", "import", "--file", "nothing.json").badly("can't read nothing.json");
        slipway.input = "{}";
        slipway.run("stack", "import").badly("The deployment to import");
    }

    @Test
    void historyTellsEachRun() throws IOException {
        slipway.run("stack", "init", "dev").well();
        assertThat(slipway.run("stack", "history").well().out()).isEqualTo("Stack has never been updated\n");
        Files.createDirectories(root.resolve(".pulumi/history/app/dev"));
        slipway.write(".pulumi/history/app/dev/dev-1767225600000000000.history.json", """
                {"kind":"update","startTime":1767225600,"message":"first","environment":{},"config":{},
                 "result":"succeeded","endTime":1767225612,"resourceChanges":{"create":3,"same":1}}
                """);
        slipway.write(".pulumi/history/app/dev/dev-1767225700000000000.history.json", """
                {"kind":"destroy","startTime":1767225700,"message":"","result":"failed","endTime":1767225701}
                """);
        assertThat(slipway.run("stack", "history", "--full-dates").well().out())
                .startsWith("Version: 2\nUpdateKind: destroy\nStatus: failed\n")
                .contains("Message: first\n+3 -0 ~0 1 Updated 2026-01-01T00:00:00Z took 12s");
        var json = new ObjectMapper()
                .readTree(slipway.run("stack", "history", "-j", "--page-size", "1", "--page", "2")
                        .out());
        assertThat(json).hasSize(1);
        assertThat(json.at("/0/version").asInt()).isEqualTo(1);
        assertThat(json.at("/0/endTime").asText()).isEqualTo("2026-01-01T00:00:12Z");
        assertThat(json.at("/0/resourceChanges/create").asInt()).isEqualTo(3);
        assertThat(slipway.run("stack", "history", "--page", "9").well().out())
                .contains("No stack updates found on page '9'");
        String newest =
                slipway.run("stack", "history", "--page-size", "1").well().out();
        assertThat(slipway.run("stack", "history", "--page", "0", "--page-size", "1")
                        .well()
                        .out())
                .isEqualTo(newest);
        assertThat(slipway.run("stack", "history", "--page", "7", "--page-size", "0")
                        .well()
                        .out())
                .contains("Version: 2", "Version: 1");
    }

    @Test
    void historyTellsTheConfigurationAndHidesItsSecrets() throws IOException {
        slipway.environment.put("PULUMI_CONFIG_PASSPHRASE", "correct horse");
        slipway.run("stack", "init", "dev").well();
        slipway.run("config", "set", "word", "sesame", "--secret").well();
        slipway.run("config", "set", "--path", "names[0]", "7").well();
        slipway.run("refresh", "-y", "--skip-preview").well();
        String hidden = slipway.run("stack", "history", "--json").well().out();
        assertThat(hidden).doesNotContain("sesame", "correct horse");
        var entry = new ObjectMapper().readTree(hidden).path(0);
        assertThat(entry.at("/config/app:word").toString()).isEqualTo("{\"secret\":true}");
        assertThat(entry.at("/config/app:names").toString())
                .isEqualTo("{\"value\":\"[7]\",\"objectValue\":[7],\"secret\":false}");
        assertThat(entry.at("/environment/pulumi.env.PULUMI_CONFIG_PASSPHRASE").asText())
                .isEqualTo("set");
        assertThat(entry.at("/environment/pulumi.flag.yes").asText()).isEqualTo("true");
        assertThat(entry.at("/environment/exec.kind").asText()).isEqualTo("cli");
        assertThat(slipway.run("stack", "history", "--json", "--show-secrets")
                        .well()
                        .out())
                .contains("\"value\" : \"sesame\"");
        slipway.environment.put("PULUMI_CONFIG_PASSPHRASE", "wrong");
        assertThat(slipway.run("stack", "history", "--json", "--show-secrets")
                        .well()
                        .out())
                .contains("ERROR_UNABLE_TO_DECRYPT");
    }

    @Test
    void tagsAreSetReadAndFilteredBy() {
        slipway.run("stack", "init", "dev").well();
        slipway.run("stack", "init", "prod").well();
        slipway.run("stack", "tag", "set", "environment", "production").well();
        assertThat(slipway.run("stack", "tag", "get", "environment").well().out())
                .isEqualTo("production\n");
        assertThat(slipway.run("stack", "tag", "ls", "--json").well().out())
                .contains("\"environment\" : \"production\"");
        assertThat(slipway.run("stack", "ls", "--tag", "environment=production")
                        .well()
                        .out())
                .contains("prod*")
                .doesNotContain("dev");
        assertThat(slipway.run("stack", "ls", "--tag", "environment=x").well().out())
                .doesNotContain("prod");
        slipway.run("stack", "tag", "rm", "environment").well();
        slipway.run("stack", "tag", "get", "environment").badly("stack tag 'environment' not found for stack 'prod'");
    }

    @Test
    void globalOptionsStandBeforeOrAfterTheCommand() throws IOException {
        Path other = Files.createDirectories(root.resolve("elsewhere"));
        Files.writeString(other.resolve("Pulumi.yaml"), "name: other\nruntime: java\n");
        slipway.run("-C", "elsewhere", "stack", "init", "there").well();
        assertThat(slipway.run("stack", "ls", "--cwd", "elsewhere").well().out())
                .contains("there*");
        assertThat(slipway.run("stack", "ls").well().out()).doesNotContain("there");
        assertThat(slipway.run("-C", "elsewhere", "stack", "ls", "--all").well().out())
                .contains("organization/other/there*");
        slipway.interactive = true;
        slipway.input = "yes\n";
        slipway.run("--non-interactive", "stack", "rm", "there", "-C", "elsewhere")
                .badly("--yes must be passed");
        slipway.run("--color", "sometimes", "stack", "ls").badly("--color");
        slipway.run("-C", "nowhere", "stack", "ls").badly("nowhere is not a directory");
    }
}
