package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.display.Terminal;
import dev.slipway.cli.local.LocalHome;
import dev.slipway.cli.local.LocalProcess;
import dev.slipway.cloud.http.HttpServer;
import dev.slipway.cloud.trouble.TroubleHandler;
import dev.slipway.cloud.trouble.Troubles;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against the real switches; this process stands for the local cloud's. */
final class LocalTroubleCommandTest {
    @TempDir
    Path home;

    private final Troubles troubles =
            new Troubles(() -> Instant.parse("2026-01-02T03:04:05Z"), new SplittableRandom(1));
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        String alive = "{\"pid\":" + ProcessHandle.current().pid() + "}";
        server = HttpServer.builder()
                .handler("/_slipway/health", exchange -> exchange.respond(200, alive.getBytes(StandardCharsets.UTF_8)))
                .handler(
                        TroubleHandler.PATH,
                        new TroubleHandler(
                                troubles,
                                () -> Map.of(
                                        "apprunner",
                                        Set.of("CreateService"),
                                        "ecr",
                                        Set.of("PutImage"),
                                        "registry",
                                        Set.of()),
                                () -> List.of()))
                .start(0);
        LocalProcess.current(server.port(), "test", false, List.of()).write(new LocalHome(home));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String slipway(int exitCode, String... arguments) {
        said.reset();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        var terminal = new Terminal(out, out, new BufferedReader(new StringReader("")), false, false);
        var context = new Context(terminal, Map.of("SLIPWAY_HOME", home.toString()), home);
        String[] words = new String[arguments.length + 2];
        words[0] = "local";
        words[1] = "trouble";
        System.arraycopy(arguments, 0, words, 2, arguments.length);
        assertThat(Main.run(context, words)).as("%s", said).isEqualTo(exitCode);
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void troubleIsAddedListedAndCleared() {
        assertThat(slipway(0, "ls")).isEqualTo("Nothing goes wrong on purpose.\n");
        assertThat(slipway(0, "add", "throttle", "--service", "ecr", "--next", "1"))
                .isEqualTo("t-1  throttle  service=ecr  next 1 call\n");
        assertThat(slipway(
                        0,
                        "add",
                        "slow",
                        "--time",
                        "2s",
                        "--operation",
                        "CreateService",
                        "--resource",
                        "web",
                        "--account",
                        "111122223333",
                        "--probability",
                        "0.2",
                        "--seed",
                        "7"))
                .isEqualTo("t-2  slow  time=2s  operation=CreateService  account=111122223333  resource=web"
                        + "  probability=0.2  seed=7\n");
        assertThat(slipway(0, "add", "skew", "--time=-20m")).isEqualTo("t-3  skew  time=-20m\n");
        assertThat(slipway(0, "ls").lines()).hasSize(3);
        assertThat(slipway(0, "add", "iam-propagation")).isEqualTo("t-4  iam-propagation  time=8s\n");
        assertThat(slipway(0, "clear", "t-4")).isEqualTo("1 trouble cleared.\n");
        assertThat(slipway(0, "ls", "--json")).contains("\"kind\" : \"skew\"");

        assertThat(slipway(0, "clear", "t-1")).isEqualTo("1 trouble cleared.\n");
        assertThat(slipway(0, "clear", "--kind", "skew")).isEqualTo("1 trouble cleared.\n");
        assertThat(slipway(0, "clear")).isEqualTo("1 trouble cleared.\n");
        assertThat(troubles.list()).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsSaidInOneLine() {
        assertThat(slipway(255, "add", "earthquake"))
                .isEqualTo(
                        "error: `kind`: expected one of throttle, error, lost, slow, closed-account, maintenance, delete-failed,"
                                + " iam-propagation, clock, skew, got `earthquake`\n");
        assertThat(slipway(255, "add", "slow")).isEqualTo("error: slow needs a time\n");
        assertThat(slipway(255, "add", "slow", "--time", "soon")).contains("expected a time such as 500ms");
        assertThat(slipway(255, "add", "maintenance", "--time", "1s", "--resource", "nosuch"))
                .isEqualTo("error: there is no App Runner service `nosuch`, nor any other\n");
        assertThat(slipway(255, "clear", "t-9"))
                .isEqualTo("error: there is no trouble `t-9`; `slipway local trouble ls` shows them\n");
    }

    @Test
    void withoutACloudThereIsNoTrouble() {
        server.close();

        assertThat(slipway(255, "ls"))
                .isEqualTo("error: the local cloud is not running; `slipway local start` starts it\n");
    }

    @Test
    void theHelpTeaches() {
        assertThat(slipway(0, "--help")).contains("closed-account", "slipway local trouble add throttle");
    }
}
