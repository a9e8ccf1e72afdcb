package dev.slipway.cloud.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.cloud.gallery.hello.Hello;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.VerifiedInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds the image with the running JDK, which takes some seconds. */
final class HelloImageIT {
    private static Path work;

    private static BuiltImage one;

    @BeforeAll
    static void build(@TempDir Path temporary) throws Exception {
        // A home may have a name that the tools might take apart.
        work = Files.createDirectory(temporary.resolve("a home, mine"));
        assumeTrue(
                System.getProperty("os.name").equals("Linux"), "the image is made of this machine's Linux libraries");
        one = HelloImage.build(work, "1");
    }

    @Test
    void everyBlobIsWhatItsNameSays() throws Exception {
        Manifest manifest = Manifest.parse(one.mediaType(), one.manifest());
        for (Descriptor blob : List.of(
                manifest.config(), manifest.layers().get(0), manifest.layers().get(1))) {
            try (InputStream in = new VerifiedInputStream(
                    Files.newInputStream(one.blobs().get(blob.digest())), blob.digest(), blob.size())) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
        for (int i = 0; i < 2; i++) {
            Path blob = one.blobs().get(manifest.layers().get(i).digest());
            try (InputStream in = new VerifiedInputStream(
                    new GZIPInputStream(Files.newInputStream(blob)),
                    one.config().diffIds().get(i),
                    -1)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    @Test
    void versionsDifferInTheApplicationOnly() throws Exception {
        BuiltImage two = HelloImage.build(work, "2");
        assertThat(two.config().diffIds().get(0))
                .isEqualTo(one.config().diffIds().get(0));
        assertThat(two.config().diffIds().get(1))
                .isNotEqualTo(one.config().diffIds().get(1));
        assertThat(Digest.of(two.manifest())).isNotEqualTo(Digest.of(one.manifest()));
    }

    @Test
    void doesNotBuildTheRuntimeAgain() throws Exception {
        Manifest manifest = Manifest.parse(one.mediaType(), one.manifest());
        Path runtime = one.blobs().get(manifest.layers().get(0).digest());
        FileTime before = Files.getLastModifiedTime(runtime);
        BuiltImage again = HelloImage.build(work, "1");
        assertThat(again.manifest()).isEqualTo(one.manifest());
        assertThat(Files.getLastModifiedTime(runtime)).isEqualTo(before);
    }

    @Test
    void theSameJdkGivesTheSameFilesButForTheClassDataArchive(@TempDir Path elsewhere) throws Exception {
        BuiltImage again = HelloImage.build(elsewhere, "1");
        Map<String, Digest> files = files(one);
        Map<String, Digest> others = files(again);
        assertThat(files.remove("opt/java/lib/server/classes.jsa")).isNotNull();
        assertThat(others.remove("opt/java/lib/server/classes.jsa")).isNotNull();
        assertThat(others).isEqualTo(files).containsKeys("opt/java/bin/java", "opt/java/lib/modules", "etc/passwd");
    }

    /** Name → digest of header and content, of the runtime's layer. */
    private static Map<String, Digest> files(BuiltImage image) throws Exception {
        Manifest manifest = Manifest.parse(image.mediaType(), image.manifest());
        Map<String, Digest> files = new TreeMap<>();
        try (InputStream tar = new GZIPInputStream(
                Files.newInputStream(image.blobs().get(manifest.layers().get(0).digest())))) {
            for (byte[] header = tar.readNBytes(512); header[0] != 0; header = tar.readNBytes(512)) {
                int size = Integer.parseInt(new String(header, 124, 11, StandardCharsets.US_ASCII), 8);
                byte[] all = Arrays.copyOf(header, 512 + (size + 511) / 512 * 512);
                tar.readNBytes(all, 512, all.length - 512);
                files.put(new String(header, 0, 100, StandardCharsets.US_ASCII).trim(), Digest.of(all));
            }
        }
        return files;
    }

    @Test
    void holdsEveryClassOfTheApplication() throws Exception {
        Path classes = Path.of(
                Hello.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        assumeTrue(Files.isDirectory(classes), "the classes are in a jar");
        try (Stream<Path> all =
                Files.list(classes.resolve(Hello.class.getPackageName().replace('.', '/')))) {
            Set<String> names = all.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("package-info.class"))
                    .collect(Collectors.toSet());
            assertThat(names).containsExactlyInAnyOrder("Hello.class", "Pages.class", "Pages$Answer.class");
        }
    }

    @Test
    void refusesAVersionThatIsNone() {
        assertThatThrownBy(() -> HelloImage.build(work, "../x")).isInstanceOf(IllegalArgumentException.class);
    }
}
