package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.display.Terminal;
import dev.slipway.cli.local.LocalHome;
import dev.slipway.cli.local.LocalOptions;
import dev.slipway.cli.local.LocalProcess;
import dev.slipway.cloud.http.HttpServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the commands say to mistakes; where a cloud must run, this process stands for it. */
final class LocalCommandTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    Path home;

    private String local(int exitCode, String... arguments) {
        return local(home, exitCode, arguments);
    }

    private String local(Path in, int exitCode, String... arguments) {
        said.reset();
        environment.put("SLIPWAY_HOME", in.toString());
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        var terminal = new Terminal(out, out, new BufferedReader(new StringReader("")), false, false);
        var context = new Context(terminal, environment, home);
        String[] words = new String[arguments.length + 1];
        words[0] = "local";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        assertThat(Main.run(context, words)).as("%s", said).isEqualTo(exitCode);
        return said.toString(StandardCharsets.UTF_8);
    }

    private HttpServer running() throws IOException {
        String alive = "{\"pid\":" + ProcessHandle.current().pid() + "}";
        HttpServer server = HttpServer.builder()
                .handler("/_slipway/health", exchange -> exchange.respond(200, alive.getBytes(StandardCharsets.UTF_8)))
                .start(0);
        LocalProcess.current(server.port(), "test", false, List.of("containers: namespaces, as root", "iam: enforce"))
                .write(new LocalHome(home));
        return server;
    }

    @Test
    void resetDeletesNothingThatNoCloudWrote() throws IOException {
        Path thesis = Files.createDirectories(home.resolve("data")).resolve("thesis.txt");
        Files.writeString(thesis, "years of work");

        assertThat(local(255, "reset", "--yes"))
                .contains("data holds other files than a local cloud's; nothing was deleted. Check SLIPWAY_HOME");
        assertThat(thesis).hasContent("years of work");

        Files.createDirectory(home.resolve("data/control"));
        assertThat(local(0, "reset", "--yes")).contains("stopped and empty");
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    void aHomeThatIsAFileIsNamedWithTheReason() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");

        assertThat(local(file, 255, "stop"))
                .isEqualTo("error: can't make " + file
                        + ": there is a file of that name; SLIPWAY_HOME must name a directory\n");
    }

    @Test
    void statusIsThereForPrograms() throws IOException {
        ObjectMapper json = new ObjectMapper();

        assertThat(json.readTree(local(1, "status", "--json")).get("running").booleanValue())
                .isFalse();
        try (HttpServer server = running()) {
            assertThat(json.readTree(local(0, "status", "--json"))
                            .get("endpoint")
                            .textValue())
                    .isEqualTo("http://127.0.0.1:" + server.port());
        }
    }

    @Test
    void aCloudThatRunsOtherwiseThanAskedIsNotPassedOverInSilence() throws IOException {
        try (HttpServer server = running()) {
            int other = server.port() == 1 ? 2 : 1;
            assertThat(local(255, "start", "--port", String.valueOf(other)))
                    .isEqualTo("error: the local cloud runs already, and not with --port " + other + " but on "
                            + server.port() + "; stop it first: slipway local stop\n");
            assertThat(local(255, "start", "--iam", "audit")).contains("not with --iam audit");
            assertThat(local(255, "start", "--tls")).contains("not with --tls");
            assertThat(local(255, "start", "--runtime", "docker")).contains("not with --runtime docker");
            assertThat(local(
                            0,
                            "start",
                            "--port",
                            String.valueOf(server.port()),
                            "--iam",
                            "enforce",
                            "--runtime",
                            "namespaces"))
                    .contains("The local cloud runs.");
        }
    }

    @Test
    void whatTheEnvironmentAsksForIsNotPassedOverEither() throws IOException {
        try (HttpServer server = running()) {
            int other = server.port() == 1 ? 2 : 1;
            environment.putAll(Map.of("SLIPWAY_PORT", String.valueOf(other), "SLIPWAY_IAM", "audit"));
            assertThat(local(255, "start"))
                    .isEqualTo("error: the local cloud runs already, and not with SLIPWAY_PORT=" + other + " but on "
                            + server.port() + ", nor with SLIPWAY_IAM=audit; stop it first: slipway local stop\n");
            assertThat(local(255, "start", "--iam", "enforce"))
                    .contains("SLIPWAY_PORT")
                    .doesNotContain("SLIPWAY_IAM");
            environment.putAll(Map.of("SLIPWAY_PORT", "0", "SLIPWAY_TLS", "on"));
            environment.remove("SLIPWAY_IAM");
            assertThat(local(255, "start")).contains("not with SLIPWAY_TLS=on;");
            environment.put("SLIPWAY_TLS", "off");
            assertThat(local(0, "start")).contains("The local cloud runs.");
        }
    }

    @Test
    void serveTakesFlagsThenTheEnvironmentThenTheUsualAsStartDoes() {
        assertThat(options(Map.of())).isEqualTo(new LocalOptions(4780, true, "auto", "enforce", false));
        Map<String, String> environment = Map.of(
                "SLIPWAY_PORT", "4799", "SLIPWAY_RUNTIME", "docker", "SLIPWAY_IAM", "audit", "SLIPWAY_TLS", "on");
        assertThat(options(environment)).isEqualTo(new LocalOptions(4799, false, "docker", "audit", true));
        assertThat(options(environment, "--port", "0", "--runtime", "namespaces", "--iam", "enforce", "--no-tls"))
                .isEqualTo(new LocalOptions(0, false, "namespaces", "enforce", false));
        assertThat(local(255, "serve", "--port", "70000")).isEqualTo("error: --port: expected 0 to 65535, got 70000\n");
        assertThat(local(255, "serve", "--iam", "loose")).contains("--iam: expected enforce or audit, got `loose`");
    }

    private static LocalOptions options(Map<String, String> environment, String... arguments) {
        return CommandLine.populateCommand(new CloudFlags(), arguments).options(environment);
    }

    @Test
    void serveReadsTheEnvironment() {
        environment.put("SLIPWAY_PORT", "70000");
        assertThat(local(255, "serve"))
                .isEqualTo("error: SLIPWAY_PORT: expected a port from 0 to 65535, got `70000`\n");
        environment.put("SLIPWAY_PORT", "0");
        environment.put("SLIPWAY_IAM", "loose");
        assertThat(local(255, "serve")).isEqualTo("error: SLIPWAY_IAM: expected enforce or audit, got `loose`\n");
    }
}
