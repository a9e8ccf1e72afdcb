package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.display.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class CommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Context context() {
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new BufferedReader(new StringReader("")),
                false,
                false);
        return new Context(terminal, Map.of(), Path.of(""));
    }

    @Test
    void withoutArgumentsEveryCommandIsThereUnderItsOwnName() {
        Map<String, CommandLine> all = Commands.of(context()).getSubcommands();

        assertThat(all.keySet())
                .containsExactly(
                        "up", "preview", "refresh", "destroy", "import", "cancel", "stack", "config", "state", "logs",
                        "local", "image", "help");
        assertThat(all).allSatisfy((name, command) -> assertThat(command.getCommandName())
                .isEqualTo(name));
    }

    @Test
    void aCommandThatIsNamedIsMadeAlone() {
        assertThat(Commands.of(context(), "up", "--yes").getSubcommands()).containsOnlyKeys("up");
        CommandLine local =
                Commands.of(context(), "local", "serve").getSubcommands().get("local");
        assertThat(local.getSubcommands()).containsOnlyKeys("serve");
        assertThat(Commands.of(context(), "local", "status")
                        .getSubcommands()
                        .get("local")
                        .getSubcommands())
                .containsKeys("serve", "start", "stop", "status", "reset");
    }

    @Test
    void aWordThatIsNoCommandIsToldWithWhatWasMeant() {
        assertThat(mistake("prview")).contains("no command `slipway prview`; did you mean `preview`");
        assertThat(mistake("stack", "outptu")).contains("no command `slipway stack outptu`; did you mean `output`");
        assertThat(mistake("xyz")).contains("no command `slipway xyz`; ", "`slipway --help`");
        assertThat(mistake("config", "set", "key", "a", "b"))
                .contains("`slipway config set` does not know what to do with `b`");
        assertThat(mistake("up", "--nope")).contains("Unknown option: '--nope'");
    }

    private String mistake(String... arguments) {
        err.reset();
        assertThat(Main.run(context(), arguments)).isEqualTo(255);
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void helpAndMistakesKnowAllOfThem() {
        assertThat(Main.run(context(), "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("preview", "destroy", "image");
        assertThat(Main.run(context(), "help", "up")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: slipway up");
        assertThat(Main.run(context(), "udpate")).isEqualTo(Failure.CODE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("udpate");
        assertThat(Main.run(context(), "local", "serve", "--nothing")).isEqualTo(Failure.CODE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--nothing", "slipway local serve --help");
    }
}
