package dev.slipway.cloud.ecr;

import dev.slipway.oci.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The local stand-in for {@code public.ecr.aws}: images that were installed here, and all others fetched from the real one when they are first asked for. */
public final class Gallery {
    Gallery() {}

    /**
     * Puts an image into the gallery, or moves its tag.
     *
     * @param repository alias and name, for example {@code slipway/hello}
     * @param blobs the configuration and the layers
     */
    public void install(
            String repository, String tag, byte[] manifest, String mediaType, Map<Digest, Path> blobs)
            throws IOException {
        throw new UnsupportedOperationException("not written yet");
    }
}
