package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.e2e.Launcher.Result;
import dev.slipway.testing.PulumiCli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One project and one state that the embedded engine and the real Pulumi engine use in turn, with the same passphrase. */
final class BothEngines implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Launcher slipway;
    private final PulumiCli pulumi;
    private final Path state;

    private BothEngines(Launcher slipway, PulumiCli pulumi, Path state) {
        this.slipway = slipway;
        this.pulumi = pulumi;
        this.state = state;
    }

    /** A copy of the repository's own project; skips the test where there is no Pulumi CLI. */
    static BothEngines in(Path directory) {
        PulumiCli pulumi = PulumiCli.in(directory);
        Path state = directory.resolve("the state");
        try {
            Files.createDirectories(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Launcher slipway = Launcher.in(directory);
        pulumi.environment().forEach(slipway::with);
        slipway.with("PULUMI_BACKEND_URL", "file://" + state);
        return new BothEngines(slipway, pulumi, state);
    }

    /** The project, its stack files and {@code ./slipway}. */
    Launcher slipway() {
        return slipway;
    }

    /** {@code pulumi ARGUMENTS} in the project's directory. */
    Result pulumi(String... arguments) {
        return slipway.program(pulumi.command(arguments).toArray(String[]::new));
    }

    /** The same, interrupted as soon as its output has {@code words}. */
    Result pulumiInterrupted(String words, String... arguments) {
        return slipway.programInterrupted(
                List.of(words), pulumi.command(arguments).toArray(String[]::new));
    }

    /** Another of the programs that are made together with the CLI; the directory of all of them for an empty name. */
    String program(String name) {
        return pulumi.program(name).toString();
    }

    /** What Pulumi's file backend holds of a stack. */
    JsonNode checkpoint(String project, String stack) {
        try {
            return JSON.readTree(state.resolve(".pulumi/stacks/" + project + "/" + stack + ".json")
                    .toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    /** Both find nothing to do in what the other one left. */
    void agreeThatNothingChanges(String stack) {
        pulumi("preview", "--expect-no-changes", "--diff", "-s", stack).succeeded();
        slipway.run("preview", "--expect-no-changes", "-s", stack).succeeded();
    }

    /** Every command is over, so nothing of the real engine may be left: no language host, program or plugin. */
    void assertNothingRuns() {
        assertThat(pulumi.processes()).isEmpty();
    }

    @Override
    public void close() {
        slipway.close();
    }
}
