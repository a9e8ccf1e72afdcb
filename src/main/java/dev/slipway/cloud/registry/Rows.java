package dev.slipway.cloud.registry;

import java.time.Instant;
import java.util.List;

/** What the store keeps of the registry's content. */
final class Rows {
    private Rows() {}

    /** @param needs digests of the blobs or manifests that the manifest names */
    record ManifestRow(
            RepositoryId repository,
            String digest,
            String mediaType,
            Instant pushedAt,
            long imageSize,
            List<String> needs) {
        static String key(RepositoryId repository, String digest) {
            return repository.path() + "@" + digest;
        }
    }

    record TagRow(RepositoryId repository, String tag, String digest, Instant movedAt) {
        static String key(RepositoryId repository, String tag) {
            return repository.path() + ":" + tag;
        }
    }

    /** That a repository has a blob: the same bytes pushed elsewhere can't be read through it. */
    record BlobRow(RepositoryId repository, String digest, long size) {
        static String key(RepositoryId repository, String digest) {
            return repository.path() + "@" + digest;
        }
    }
}
