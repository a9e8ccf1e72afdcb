package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same on a newer Java than the one the build runs on. */
final class OtherJavaIT {
    @TempDir
    private Path directory;

    @Test
    void upRunsOnJava25() throws IOException {
        try (Launcher slipway = Launcher.in(directory).with("JAVA_HOME", java25().toString())) {
            slipway.run("up", "--yes").succeeded();
            assertThat(Launcher.get(slipway.output("local", "url")).statusCode())
                    .isEqualTo(200);
            assertThat(slipway.run("up", "--yes").succeeded().out()).contains("Nothing changed");
            slipway.run("destroy", "--yes").succeeded();
        }
    }

    @Test
    void pulumiUpEndsOnJava25WithOneProcessor() throws IOException {
        Path java = java25();
        try (BothEngines both = PlainProgram.in(directory)) {
            both.slipway()
                    .with("PATH", java.resolve("bin") + ":" + System.getenv("PATH"))
                    .with("JDK_JAVA_OPTIONS", "-XX:ActiveProcessorCount=1");
            both.pulumi("stack", "init", "dev").succeeded();
            both.pulumi("config", "set", "plain", "as it is", "-s", "dev").succeeded();
            both.pulumi("config", "set", "--secret", "password", "battery staple", "-s", "dev")
                    .succeeded();
            both.pulumi("up", "--yes", "--skip-preview", "-s", "dev").succeeded();
        }
    }

    private static Path java25() throws IOException {
        Optional<Path> home = javaHome("25");
        assumeTrue(home.isPresent(), "no JDK 25 is installed below /usr/lib/jvm");
        return home.get();
    }

    private static Optional<Path> javaHome(String version) throws IOException {
        Path jvms = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(jvms)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(jvms)) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin/javac")))
                    .filter(home -> release(home).contains("JAVA_VERSION=\"" + version))
                    .findFirst();
        }
    }

    private static String release(Path home) {
        try {
            return Files.readString(home.resolve("release"));
        } catch (IOException e) {
            return "";
        }
    }
}
