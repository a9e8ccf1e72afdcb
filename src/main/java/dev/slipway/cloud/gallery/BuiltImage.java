package dev.slipway.cloud.gallery;

import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageConfig;
import java.nio.file.Path;
import java.util.Map;

/**
 * An image as files, ready to be stored in a registry.
 *
 * @param manifest the exact bytes of the manifest; {@link Digest#of} them names the image
 * @param mediaType the manifest's media type
 * @param blobs every blob that the manifest names (configuration and layers), as files that stay where they are
 * @param config the configuration, read
 */
public record BuiltImage(byte[] manifest, String mediaType, Map<Digest, Path> blobs, ImageConfig config) {
    public BuiltImage {
        manifest = manifest.clone();
        blobs = Map.copyOf(blobs);
    }

    @Override
    public byte[] manifest() {
        return manifest.clone();
    }
}
