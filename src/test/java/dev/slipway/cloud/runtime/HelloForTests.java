package dev.slipway.cloud.runtime;

import dev.slipway.cloud.gallery.BuiltImage;
import dev.slipway.cloud.gallery.HelloImage;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The hello image, built once for all tests of this JVM and removed at its end. */
final class HelloForTests {
    static final BuiltImage IMAGE = build();
    static final Manifest MANIFEST = Manifest.parse(IMAGE.mediaType(), IMAGE.manifest());
    static final BlobSource BLOBS = digest -> Files.newInputStream(IMAGE.blobs().get(digest));

    private HelloForTests() {}

    private static BuiltImage build() {
        try {
            Path directory = Files.createTempDirectory("slipway-hello-test");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    TreeRemoval.of(directory);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return HelloImage.build(directory, "7");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
