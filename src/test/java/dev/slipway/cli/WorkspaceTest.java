package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.display.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkspaceTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void aProjectAndAStackInTheState() throws IOException {
        Files.writeString(directory.resolve("Pulumi.yaml"), "name: shop\nruntime: java\n");
        Path stacks = Files.createDirectories(directory.resolve("the 100% state/.pulumi/stacks/shop"));
        Files.writeString(stacks.resolve("recorded.json"), "{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file://DIRECTORY/the 100%25 state",
                "file://DIRECTORY/the%20100%25%20state",
                "file://DIRECTORY/the 100%25 state?no_tmp_dir=true",
                "file://the 100%25 state",
                "file://./the 100%25 state"
            })
    void findsTheStateWherePulumiWould(String url) {
        assertThat(stacks(url.replace("DIRECTORY", directory.toString()))).containsExactly("recorded");
    }

    @Test
    void aUrlThatPulumiWouldNotReadIsRefused() {
        assertThatThrownBy(() -> stacks("file://the 100% state"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("file://the 100% state")
                .hasMessageContaining("%25");
        assertThatThrownBy(() -> stacks("s3://bucket"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("file://DIRECTORY");
    }

    private SortedSet<String> stacks(String backend) {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var terminal = new Terminal(nowhere, nowhere, new BufferedReader(new StringReader("")), false, false);
        var context = new Context(terminal, Map.of("PULUMI_BACKEND_URL", backend), directory);
        return Workspace.open(context, new StackOptions()).stacks();
    }
}
