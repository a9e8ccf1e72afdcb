package dev.slipway.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LibrariesTest {
    private static final String LONG = "much the same, ".repeat(1000);

    @TempDir
    private Path directory;

    private Path one;
    private Path two;

    @BeforeEach
    void twoLibraries() throws IOException {
        one = jar(
                "one.jar",
                ZipEntry.DEFLATED,
                Map.of(
                        "a/A.txt", LONG,
                        "both.txt", "of the first",
                        "META-INF/services/some.Service", "a.First",
                        "META-INF/LICENSE", "the first licence",
                        "META-INF/KEY.SF", "signature",
                        "META-INF/versions/9/a/A.txt", "for newer Java"));
        two = jar(
                "two.jar",
                ZipEntry.STORED,
                Map.of(
                        "b/Bé.txt", LONG,
                        "both.txt", "of the second",
                        "META-INF/services/some.Service", "b.Second\n",
                        "META-INF/LICENSE", "the second licence"));
    }

    @Test
    void holdsWhatEachLibraryHolds() throws IOException {
        Path target = directory.resolve("lib");
        Libraries.pack(List.of(one, two), List.of(target));
        try (var merged = new JarFile(target.resolve(Libraries.NAME).toFile())) {
            assertThat(text(merged, "a/A.txt")).isEqualTo(LONG);
            assertThat(text(merged, "b/Bé.txt")).isEqualTo(LONG);
            assertThat(text(merged, "both.txt")).isEqualTo("of the first");
            assertThat(text(merged, "META-INF/services/some.Service").lines().filter(line -> !line.isEmpty()))
                    .containsExactly("a.First", "b.Second");
            assertThat(text(merged, "META-INF/legal/one/META-INF/LICENSE")).isEqualTo("the first licence");
            assertThat(text(merged, "META-INF/legal/two/META-INF/LICENSE")).isEqualTo("the second licence");
            assertThat(merged.getManifest().getEntries()).isEmpty();
            assertThat(merged.stream().map(ZipEntry::getName))
                    .doesNotContain("META-INF/KEY.SF", "META-INF/versions/9/a/A.txt");
        }
    }

    @Test
    void leavesNoOldLibraryBesideItAndARightOneAlone() throws IOException {
        Path target = Files.createDirectories(directory.resolve("lib"));
        Path stale = Files.writeString(target.resolve("old-1.0.jar"), "of a former build");
        Libraries.pack(List.of(one, two), List.of(target));
        assertThat(stale).doesNotExist();
        Path jar = target.resolve(Libraries.NAME);
        Object file = Files.readAttributes(jar, "unix:ino");
        Libraries.pack(List.of(one, two), List.of(target));
        assertThat(Files.readAttributes(jar, "unix:ino")).isEqualTo(file);
        Libraries.pack(List.of(two), List.of(target));
        try (var merged = new JarFile(jar.toFile())) {
            assertThat(merged.getEntry("a/A.txt")).isNull();
            assertThat(text(merged, "both.txt")).isEqualTo("of the second");
        }
    }

    @Test
    void namesTheLibraryThatIsDamaged() throws IOException {
        Path broken = Files.write(directory.resolve("broken.jar"), new byte[100]);
        assertThatThrownBy(() -> Libraries.pack(List.of(one, broken), List.of(directory.resolve("lib"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("broken.jar");
    }

    private static String text(JarFile jar, String name) throws IOException {
        try (var stream = jar.getInputStream(jar.getEntry(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path jar(String name, int method, Map<String, String> content) throws IOException {
        Path jar = directory.resolve(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> file : content.entrySet()) {
                byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
                var entry = new ZipEntry(file.getKey());
                entry.setMethod(method);
                var sum = new CRC32();
                sum.update(bytes);
                entry.setCrc(sum.getValue());
                entry.setSize(bytes.length);
                zip.putNextEntry(entry);
                zip.write(bytes);
                zip.closeEntry();
            }
        }
        return jar;
    }
}
