package dev.slipway.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the local cloud's jars are kept, which decides whether an archive of their classes is good for them. */
final class LocalLauncherTest {
    private static final FileTime BUILT = FileTime.from(Instant.parse("2026-01-02T03:04:05Z"));
    private static final Path OTHER_DISK = Path.of("/dev/shm");

    @TempDir
    private Path directory;

    private Path jar() throws IOException {
        Path jar = Files.createDirectories(directory.resolve("target/lib")).resolve("some.jar");
        Files.writeString(jar, "classes");
        return Files.setLastModifiedTime(jar, BUILT);
    }

    @Test
    void aJarGetsASecondNameInADirectoryOfTheSameName() throws IOException {
        Path jar = jar();

        Path kept = LocalLauncher.keep(directory.resolve("home/program/1"), jar);

        assertThat(kept).isEqualTo(directory.resolve("home/program/1/lib/some.jar"));
        assertThat(Files.isSameFile(kept, jar)).isTrue();
        assertThat(LocalLauncher.keep(directory.resolve("home/program/1"), jar)).isEqualTo(kept);
    }

    @Test
    void onAnotherDiskItIsCopiedWithItsTime() throws IOException {
        Path jar = jar();
        assumeTrue(
                Files.isWritable(OTHER_DISK) && !Files.getFileStore(OTHER_DISK).equals(Files.getFileStore(directory)),
                "needs " + OTHER_DISK + " as another disk");
        Path elsewhere = Files.createTempDirectory(OTHER_DISK, "slipway-test");
        Path kept = elsewhere.resolve("lib/some.jar");
        try {
            assertThat(LocalLauncher.keep(elsewhere, jar)).isEqualTo(kept).hasContent("classes");
            assertThat(Files.getLastModifiedTime(kept)).isEqualTo(BUILT);
            assertThat(kept.getParent().toFile().list()).hasSize(1);
        } finally {
            Files.deleteIfExists(kept);
            Files.deleteIfExists(elsewhere.resolve("lib"));
            Files.delete(elsewhere);
        }
    }
}
