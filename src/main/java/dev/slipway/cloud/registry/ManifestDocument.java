package dev.slipway.cloud.registry;

import dev.slipway.oci.Artifact;
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
record ManifestDocument(
        String mediaType, boolean isIndex, List<Descriptor> needs, long imageSize, long size, Artifact artifact) {
    /** @throws RegistryException {@code MANIFEST_INVALID} */
    static ManifestDocument read(String mediaType, byte[] bytes) {
        try {
            Artifact artifact = Artifact.read(bytes);
            if (ImageIndex.isIndex(mediaType, bytes)) {
                ImageIndex index = ImageIndex.parse(mediaType, bytes);
                List<Descriptor> manifests = index.manifests().stream()
                        .map(ImageIndex.Entry::manifest)
                        .toList();
                return new ManifestDocument(index.mediaType(), true, manifests, 0, bytes.length, artifact);
            }
            Manifest manifest = Manifest.parse(mediaType, bytes);
            List<Descriptor> blobs = new ArrayList<>(List.of(manifest.config()));
            manifest.layers().stream()
                    .filter(layer -> !MediaTypes.isForeignLayer(layer.mediaType()))
                    .forEach(blobs::add);
            return new ManifestDocument(
                    manifest.mediaType(), false, List.copyOf(blobs), sum(blobs), bytes.length, artifact);
        } catch (InvalidContent e) {
            throw new RegistryException(400, "MANIFEST_INVALID", e.getMessage());
        }
    }

    private static long sum(List<Descriptor> blobs) {
        try {
            return blobs.stream().mapToLong(Descriptor::size).reduce(0, Math::addExact);
        } catch (ArithmeticException e) {
            throw new RegistryException(400, "MANIFEST_INVALID", "the sizes in the manifest are larger than any disk");
        }
    }
}
