package dev.slipway.cloud.registry;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.ImageIndex;
import dev.slipway.oci.InvalidContent;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import java.util.ArrayList;
import java.util.List;

/**
 * What the registry needs of a manifest or an index.
 *
 * @param needs the blobs (of an index: the manifests) that must be here first
 * @param imageSize of configuration and layers, in bytes
 */
record ManifestDocument(String mediaType, boolean isIndex, List<Descriptor> needs, long imageSize) {
    /** @throws RegistryException {@code MANIFEST_INVALID} */
    static ManifestDocument read(String mediaType, byte[] bytes) {
        try {
            if (ImageIndex.isIndex(mediaType, bytes)) {
                ImageIndex index = ImageIndex.parse(mediaType, bytes);
                List<Descriptor> manifests = index.manifests().stream()
                        .map(ImageIndex.Entry::manifest)
                        .toList();
                return new ManifestDocument(index.mediaType(), true, manifests, 0);
            }
            Manifest manifest = Manifest.parse(mediaType, bytes);
            List<Descriptor> blobs = new ArrayList<>(List.of(manifest.config()));
            manifest.layers().stream()
                    .filter(layer -> !MediaTypes.isForeignLayer(layer.mediaType()))
                    .forEach(blobs::add);
            long size = blobs.stream().mapToLong(Descriptor::size).sum();
            return new ManifestDocument(manifest.mediaType(), false, List.copyOf(blobs), size);
        } catch (InvalidContent e) {
            throw new RegistryException(400, "MANIFEST_INVALID", e.getMessage());
        }
    }
}
