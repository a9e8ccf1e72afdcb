package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.e2e.Launcher.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person gets wrong is told in words, with exit code 1 or 255, and changes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputIT {
    private Launcher slipway;

    @BeforeAll
    void start(@TempDir Path directory) {
        slipway = Launcher.in(directory);
    }

    @AfterAll
    void stop() {
        slipway.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            launch:image  | nginx:latest                               | Docker Hub
            launch:image  | ghcr.io/team/app:1                         | ghcr.io
            launch:port   | 70000                                      | 65535
            launch:port   | eighty                                     | expected integer
            launch:cpu    | 3 vCPU                                     | cpu
            launch:memory | 12 GB                                      | memory
            launch:imge   | public.ecr.aws/slipway/hello:latest        | did you mean launch:image?
            slipway:regin | us-east-1                                  | region
            launch:healthCheck | {"pth": "/"}                          | did you mean
            launch:environment | {"PORT": "1"}                         | PORT
            """)
    void aWrongValueIsRefusedWithTheReason(String key, String value, String told) {
        slipway.stack("bad", stackWith(key, value));
        Result result = slipway.run("up", "--yes", "-s", "bad").failed();
        assertThat(result.all()).contains(told).doesNotContain("created");
        assertThat(recorded("bad")).doesNotContain("slipway:index:Service");
    }

    @Test
    void aProblemIsToldInJsonToo() throws IOException {
        slipway.stack("bad", stackWith("launch:port", "70000"));
        Result result = slipway.run("up", "--yes", "--json", "-s", "bad").failed();
        JsonNode document = new ObjectMapper().readTree(result.out());
        assertThat(document.at("/diagnostics").toString()).contains("port: ", "65535");
        assertThat(document.at("/result").asText()).isEqualTo("failed");
    }

    @Test
    void everyProblemIsToldAtOnce() {
        slipway.stack("bad", """
                config:
                  launch:image: public.ecr.aws/slipway/hello:latest
                  launch:port: "70000"
                  launch:cpu: 3 vCPU
                  launch:healthCheck: {interval: 99, pth: /}
                """);
        assertThat(slipway.run("preview", "-s", "bad").failed().all())
                .contains("port", "cpu", "healthCheck.interval", "launch:healthCheck.pth");
    }

    @Test
    void malformedYamlIsToldWithItsPlace() {
        slipway.stack("bad", "config:\n  launch:image: [unclosed\n");
        assertThat(slipway.run("up", "--yes", "-s", "bad").failed().all())
                .contains("Pulumi.bad.yaml", "not valid YAML");
    }

    @Test
    void aMissingStackIsToldWithTheOnesThereAre() {
        assertThat(slipway.run("up", "--yes", "-s", "nowhere").failed().all())
                .contains("no stack named 'nowhere' found", "local");
    }

    @Test
    void aProgramThatEndsTheProcessIsAFailure(@TempDir Path directory) throws IOException {
        Launcher.write(
                directory.resolve("Pulumi.yaml"),
                "name: exiting\nruntime: {name: java, options: {binary: target/app.jar}}\n");
        Path sources = Files.createDirectories(directory.resolve("sources"));
        Launcher.write(sources.resolve("App.java"), """
                package demo;

                public final class App {
                    public static void stack(com.pulumi.Context ctx) {
                        System.exit(0);
                    }
                }
                """);
        Launcher.write(directory.resolve("Pulumi.dev.yaml"), "config: {}\n");
        Files.createDirectories(directory.resolve("target"));
        ProgramJar.of(sources, "demo.App", directory.resolve("target/app.jar"));
        assertThat(slipway.run("up", "--yes", "-C", directory.toString(), "-s", "dev")
                        .failed()
                        .all())
                .contains("System.exit");
    }

    @Test
    void aMissingProjectIsTold() {
        assertThat(slipway.run("up", "--yes", "-C", "/").failed().all()).contains("no Pulumi.yaml found");
    }

    @Test
    void anUnknownFlagIsTold() {
        assertThat(slipway.run("up", "--yess").failed().err()).contains("--yess");
    }

    @Test
    void withoutALoopbackInterfaceThatIsToldAndNothingIsLeftRunning(@TempDir Path directory) throws Exception {
        List<String> withoutNetwork = List.of("unshare", "--map-root-user", "--net");
        assumeTrue(
                new ProcessBuilder("unshare", "--map-root-user", "--net", "true")
                                .start()
                                .waitFor()
                        == 0,
                "this kernel lets nobody make namespaces");
        try (Launcher alone = Launcher.in(directory, withoutNetwork)) {
            assertThat(alone.run("preview").failed().all()).contains("no loopback interface", "ip link set lo up");
            assertThat(alone.home().resolve("local.json")).doesNotExist();
        }
    }

    @Test
    void withoutATerminalYesMustBeSaid() {
        assertThat(slipway.run("up").failed().err()).contains("--yes");
    }

    @Test
    void aSecondUpIsRefusedWhileOneRuns() throws Exception {
        // A start that never becomes healthy keeps the first run busy until it is told to end.
        slipway.stack("busy", """
                config:
                  launch:image: public.ecr.aws/slipway/hello:latest
                  launch:environment: {HELLO_DELAY: "8000"}
                """);
        slipway.run("local", "start").succeeded();
        CompletableFuture<Result> first = slipway.start("up", "--yes", "--skip-preview", "-s", "busy");
        Path locks = slipway.project().resolve(".pulumi/locks/organization/launch/busy");
        while (!first.isDone() && !(Files.isDirectory(locks) && locks.toFile().list().length > 0)) {
            Thread.onSpinWait();
        }
        assertThat(slipway.run("up", "--yes", "--skip-preview", "-s", "busy")
                        .failed()
                        .all())
                .contains("lock");
        first.join().succeeded();
        slipway.run("destroy", "--yes", "-s", "busy").succeeded();
    }

    private String recorded(String stack) {
        Path file = slipway.project().resolve(".pulumi/stacks/launch/" + stack + ".json");
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String stackWith(String key, String value) {
        String image = key.equals("launch:image") ? "" : "  launch:image: public.ecr.aws/slipway/hello:latest\n";
        return "config:\n" + image + "  " + key + ": " + (value.startsWith("{") ? value : "\"" + value + "\"") + "\n";
    }
}
