package dev.slipway.cloud.apprunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageCopiesTest {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    @TempDir
    private Path directory;

    private final Map<Digest, byte[]> source = new HashMap<>();
    private int reads;

    @Test
    void keepsAnImageAcrossProcessesAndReadsEachBlobOnce() throws IOException {
        Manifest manifest = manifest("layer one");
        byte[] bytes = manifest.toJson();
        Digest digest = Digest.of(bytes);
        new ImageCopies(directory).copy(digest, manifest, bytes, this::open);
        new ImageCopies(directory).copy(digest, manifest, bytes, this::open);
        assertThat(reads).isEqualTo(2);
        PulledImage found = new ImageCopies(directory).find(digest).orElseThrow();
        assertThat(found.manifest()).isEqualTo(manifest);
        assertThat(found.config().architecture()).isEqualTo("amd64");
        try (InputStream layer = found.blobs().open(manifest.layers().get(0).digest())) {
            assertThat(layer.readAllBytes()).asString().isEqualTo("layer one");
        }
    }

    @Test
    void doesNotKeepWhatIsNotWhatItsDigestSays() throws IOException {
        Manifest manifest = manifest("layer one");
        Digest layer = manifest.layers().get(0).digest();
        source.put(layer, "layer two".getBytes(StandardCharsets.UTF_8));
        var copies = new ImageCopies(directory);
        byte[] bytes = manifest.toJson();
        assertThatThrownBy(() -> copies.copy(Digest.of(bytes), manifest, bytes, this::open))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(layer.toString());
        assertThat(copies.find(Digest.of(bytes))).isEmpty();
    }

    @Test
    void removesOnlyWhatNoImageNeeds() throws IOException {
        var copies = new ImageCopies(directory);
        Manifest kept = manifest("kept");
        Manifest gone = manifest("gone");
        copies.copy(Digest.of(kept.toJson()), kept, kept.toJson(), this::open);
        copies.copy(Digest.of(gone.toJson()), gone, gone.toJson(), this::open);
        assertThat(copies.retain(List.of(Digest.of(kept.toJson())), 0, 0)).isEmpty();
        assertThat(copies.find(Digest.of(gone.toJson()))).isEmpty();
        assertThat(copies.find(Digest.of(kept.toJson()))).isPresent();
        try (Stream<Path> files = Files.list(directory.resolve("blobs"))) {
            assertThat(files).as("manifest, configuration and layer").hasSize(3);
        }
    }

    @Test
    void keepsTheIdleImagesThatWereInUseLastWithinBothBounds() throws IOException {
        var copies = new ImageCopies(directory);
        List<Digest> all = new ArrayList<>();
        for (String name : List.of("first", "second", "third", "fourth")) {
            Manifest manifest = manifest(name);
            Digest digest = Digest.of(manifest.toJson());
            copies.copy(digest, manifest, manifest.toJson(), this::open);
            all.add(digest);
            Files.setLastModifiedTime(
                    directory.resolve("images/sha256-" + digest.hex()), FileTime.fromMillis(1000L * all.size()));
        }
        // To be in use now is younger than all of these.
        copies.retain(List.of(all.get(0)), 4, 1000);
        assertThat(copies.retain(List.of(), 2, 1000))
                .extracting(PulledImage::digest)
                .containsExactly(all.get(0), all.get(3));
        assertThat(copies.find(all.get(2))).isEmpty();
        assertThat(copies.retain(List.of(), 2, "first".length() + "fourth".length() - 1))
                .extracting(PulledImage::digest)
                .containsExactly(all.get(0));
    }

    private Manifest manifest(String layer) {
        Descriptor content = put("application/vnd.oci.image.layer.v1.tar+gzip", layer);
        String diffId = Digest.of(layer.getBytes(StandardCharsets.UTF_8)).toString();
        Descriptor config = put("application/vnd.oci.image.config.v1+json", """
                {"architecture":"amd64","os":"linux","config":{"Cmd":["/app"]},
                 "rootfs":{"type":"layers","diff_ids":["%s"]}}""".formatted(diffId));
        return new Manifest(MANIFEST, config, List.of(content));
    }

    private Descriptor put(String mediaType, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(bytes);
        source.put(digest, bytes);
        return new Descriptor(mediaType, digest, bytes.length);
    }

    private InputStream open(Digest digest) {
        reads++;
        return new ByteArrayInputStream(source.get(digest));
    }
}
