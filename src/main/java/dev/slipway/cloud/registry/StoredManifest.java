package dev.slipway.cloud.registry;

import dev.slipway.oci.Digest;
import java.time.Instant;
import java.util.List;

/**
 * An image (or an index) in a repository.
 *
 * @param tags the tags that stand for it now, ordered
 * @param imageSize the sum of what the manifest names (configuration and layers), in bytes; 0 for an index
 */
public record StoredManifest(
        RepositoryId repository, Digest digest, String mediaType, Instant pushedAt, long imageSize, List<String> tags) {
    public StoredManifest {
        tags = List.copyOf(tags);
    }
}
