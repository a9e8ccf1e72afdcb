package dev.slipway.provider.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Empty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plugin installed where nobody may write: its classes are archived for the user that runs it, and the next start uses them. */
final class PluginArchiveIT {
    @TempDir
    private Path directory;

    /** This Java, and those of other versions that the machine has. */
    static List<Path> javas() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        Path jvms = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(jvms)) {
            return List.of(own);
        }
        try (Stream<Path> homes = Files.list(jvms)) {
            return Stream.concat(
                            Stream.of(own),
                            homes.filter(home -> Files.isRegularFile(home.resolve("release"))
                                            && Files.isExecutable(home.resolve("bin/java")))
                                    .map(PluginArchiveIT::real))
                    .distinct()
                    .toList();
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void theSecondStartReadsTheArchiveThatTheFirstHadMade(Path java) throws IOException {
        Path installed = installed();
        Path cache = directory.resolve("the cache");
        Map<String, String> environment = Map.of("JAVA_HOME", java.toString(), "SLIPWAY_CACHE", cache.toString());
        List<Path> before = files(installed);
        start(installed, environment, false);
        await().atMost(Duration.ofMinutes(4)).until(() -> ends(cache, ".jsa") && !ends(cache, ".making"));
        assertThat(files(cache)).anySatisfy(file -> {
            assertThat(file.toString()).endsWith(".jsa");
            assertThat(file).isNotEmptyFile();
        });
        start(installed, environment, true);
        assertThat(files(installed))
                .as("nothing is written where it is installed")
                .isEqualTo(before);
    }

    /** Without a place for an archive it starts as well. */
    @Test
    void startsWhereNothingCanBeKept() throws IOException {
        Path file = Files.createFile(directory.resolve("a file"));
        start(
                PluginUnderTest.DIRECTORY,
                Map.of("SLIPWAY_CACHE", file.resolve("below").toString()),
                false);
    }

    private static void start(Path installed, Map<String, String> environment, boolean archived) throws IOException {
        try (var plugin = PluginUnderTest.start(installed.resolve("pulumi-resource-slipway"), environment);
                var client = plugin.client()) {
            assertThat(client.stub().getPluginInfo(Empty.getDefaultInstance()).getVersion())
                    .isNotEmpty();
            String maps = Files.readString(
                    Path.of("/proc", Long.toString(plugin.process().pid()), "maps"));
            if (archived) {
                assertThat(maps).contains(environment.get("SLIPWAY_CACHE"));
            } else {
                assertThat(maps).doesNotContain(environment.get("SLIPWAY_CACHE"));
            }
        }
    }

    private Path installed() throws IOException {
        Path installed = Files.createDirectories(directory.resolve("an installed plugin"));
        try (Stream<Path> files = Files.walk(PluginUnderTest.DIRECTORY)) {
            for (Path file : files.toList()) {
                Path copy = installed.resolve(
                        PluginUnderTest.DIRECTORY.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return installed;
    }

    private static boolean ends(Path directory, String end) throws IOException {
        return files(directory).stream().anyMatch(file -> file.toString().endsWith(end));
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
