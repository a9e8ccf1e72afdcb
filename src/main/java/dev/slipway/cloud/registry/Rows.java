package dev.slipway.cloud.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the store keeps of the registry's content. Optional components came later than the others: older rows lack them. */
final class Rows {
    private Rows() {}

    /**
     * @param needs digests of the blobs or manifests that the manifest names
     * @param size of the document, in bytes
     * @param subject the manifest that this one is about
     * @param artifactType what it says it is, else its configuration's media type
     */
    record ManifestRow(
            RepositoryId repository,
            String digest,
            String mediaType,
            Instant pushedAt,
            long imageSize,
            List<String> needs,
            Optional<Long> size,
            Optional<String> subject,
            Optional<String> artifactType) {
        static String key(RepositoryId repository, String digest) {
            return repository.path() + "@" + digest;
        }

        String key() {
            return key(repository, digest);
        }
    }

    record TagRow(RepositoryId repository, String tag, String digest, Instant movedAt) {
        static String key(RepositoryId repository, String tag) {
            return repository.path() + ":" + tag;
        }
    }

    /**
     * That a repository has a blob: the same bytes pushed elsewhere can't be read through it.
     *
     * @param since when it came
     */
    record BlobRow(RepositoryId repository, String digest, long size, Optional<Instant> since) {
        static String key(RepositoryId repository, String digest) {
            return repository.path() + "@" + digest;
        }

        String key() {
            return key(repository, digest);
        }
    }

    /** When an image was last pulled; recorded now and then, not for every pull. */
    record PullRow(RepositoryId repository, String digest, Instant at) {}
}
