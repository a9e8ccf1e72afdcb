package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.testing.Programs;
import dev.slipway.testing.PulumiCli;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What our commands write the real Pulumi reads, and the other way round. */
final class PulumiCommandsIT {
    @TempDir
    private Path root;

    @TempDir
    private Path scratch;

    private CommandLineBench slipway;
    private PulumiCli cli;

    @BeforeEach
    void project() throws IOException {
        cli = PulumiCli.in(scratch);
        slipway = new CommandLineBench(root);
        slipway.environment.putAll(cli.environment());
        slipway.environment.put("PULUMI_BACKEND_URL", "file://" + root);
    }

    private String pulumi(String... arguments) throws IOException {
        Map<String, String> environment = new HashMap<>(cli.environment());
        environment.put("PULUMI_BACKEND_URL", "file://" + root);
        var command = cli.command(arguments);
        command.add("--cwd");
        command.add(root.toString());
        return Programs.run(scratch, environment, "", command).well().output();
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void aStackWithItsSelectionConfigurationAndTagsIsTheSameForBoth() throws IOException {
        slipway.run("stack", "init", "dev").well();
        slipway.run("config", "set", "plain", "as it is").well();
        slipway.run("config", "set", "--secret", "password", "hunter2").well();
        slipway.run("config", "set", "--path", "parent.names[0]", "7").well();
        slipway.run("config", "set", "--path", "--secret", "parent.word", "sesame")
                .well();
        slipway.run("stack", "tag", "set", "owner", "me").well();
        assertThat(pulumi("config", "get", "password").strip()).isEqualTo("hunter2");
        assertThat(pulumi("config", "get", "--path", "parent.word").strip()).isEqualTo("sesame");
        JsonNode theirs = json(pulumi("config", "--json", "--show-secrets"));
        assertThat(json(slipway.run("config", "--json", "--show-secrets").well().out()))
                .isEqualTo(theirs);
        assertThat(pulumi("stack", "tag", "get", "owner").strip()).isEqualTo("me");
        pulumi("config", "set", "--secret", "other", "word");
        pulumi("stack", "init", "prod");
        assertThat(slipway.run("stack", "--show-name").well().out()).isEqualTo("prod\n");
        slipway.run("stack", "select", "dev").well();
        assertThat(pulumi("stack", "--show-name").strip()).isEqualTo("dev");
        assertThat(slipway.run("config", "get", "other").well().out()).isEqualTo("word\n");
    }

    @Test
    void anEditedAndARenamedRecordIsTrustedByPulumi() throws IOException {
        slipway.run("stack", "init", "dev").well();
        slipway.input = CommandLineBench.deployment("dev");
        slipway.run("stack", "import").well();
        slipway.run("state", "protect", "urn:pulumi:dev::app::t:i:T::b", "-y").well();
        slipway.run("state", "rename", "urn:pulumi:dev::app::t:i:T::a", "z", "-y")
                .well();
        slipway.run("stack", "rename", "prod").well();
        JsonNode resources = json(pulumi("stack", "export", "--stack", "prod")).at("/deployment/resources");
        assertThat(resources).hasSize(3);
        assertThat(resources.at("/1/urn").asText()).isEqualTo("urn:pulumi:prod::app::t:i:T::z");
        assertThat(resources.at("/2/protect").asBoolean()).isTrue();
        assertThat(pulumi("state", "unprotect", "--all", "--yes", "--stack", "prod"))
                .contains("unprotected");
        assertThat(slipway.run("stack", "-s", "prod").well().out()).doesNotContain("[protected]");
        pulumi("stack", "rename", "live", "--stack", "prod");
        assertThat(slipway.run("stack", "-u", "-s", "live").well().out()).contains("urn:pulumi:live::app::t:i:T::z");
    }
}
