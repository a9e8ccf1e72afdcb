package dev.slipway.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Provider plugins that are not ours: those with which Pulumi tests its language hosts, made by {@code src/test/plugins/build}. */
public final class PulumiPlugins {
    private static final int MINUTES_TO_BUILD = 30;

    private PulumiPlugins() {}

    /** The directory of {@code pulumi-resource-…}; skips the test, with the reason, where it can't be made. */
    public static Path directory() {
        assumeTrue(Once.BUILT.directory != null, "no plugins: " + Once.BUILT.reason);
        return Path.of(String.valueOf(Once.BUILT.directory));
    }

    private record Built(String directory, String reason) {
        static Built now() {
            Path root = Path.of(System.getProperty("slipway.root", "")).toAbsolutePath();
            try {
                Path words = Files.createTempFile("slipway-plugins", ".txt");
                try {
                    Process process = new ProcessBuilder(
                                    root.resolve("src/test/plugins/build").toString())
                            .redirectError(words.toFile())
                            .start();
                    process.getOutputStream().close();
                    if (!process.waitFor(MINUTES_TO_BUILD, TimeUnit.MINUTES)) {
                        process.descendants().forEach(ProcessHandle::destroyForcibly);
                        process.destroyForcibly();
                        return new Built(null, "they were not built within " + MINUTES_TO_BUILD + " minutes");
                    }
                    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                    return process.exitValue() == 0
                            ? new Built(said, "")
                            : new Built(null, Files.readString(words).strip());
                } finally {
                    Files.delete(words);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** One attempt a JVM. */
    private static final class Once {
        static final Built BUILT = Built.now();
    }
}
