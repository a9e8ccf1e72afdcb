package dev.slipway.cloud.registry;

import dev.slipway.oci.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An image (or an index) in a repository.
 *
 * @param tags the tags that stand for it now, ordered
 * @param imageSize the sum of what the manifest names (configuration and layers), in bytes; of an index that of its largest image
 * @param size of the document, in bytes
 * @param subject the manifest that this one is about, for example of which it is the signature
 * @param artifactType what it says it is, else its configuration's media type
 * @param lastPull when it was last pulled, to the hour
 */
public record StoredManifest(
        RepositoryId repository,
        Digest digest,
        String mediaType,
        Instant pushedAt,
        long imageSize,
        List<String> tags,
        long size,
        Optional<Digest> subject,
        Optional<String> artifactType,
        Optional<Instant> lastPull) {
    public StoredManifest {
        tags = List.copyOf(tags);
    }
}
