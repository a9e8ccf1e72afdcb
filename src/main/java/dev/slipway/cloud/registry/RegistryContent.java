package dev.slipway.cloud.registry;

import dev.slipway.cloud.store.Store;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the registry holds: blobs as content-addressed files, manifests and tags in tables. Thread-safe; a write is durable when the call returns. */
public final class RegistryContent {
    private RegistryContent() {}

    /** Opens what {@code directory} and {@code store} hold, and removes the files that nothing refers to. */
    public static RegistryContent open(Path directory, Store store, InstantSource clock) throws IOException {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Stores an image from files; every digest is verified. Moves the tag. */
    public StoredManifest install(
            RepositoryId repository, String tag, String mediaType, byte[] manifest, Map<Digest, Path> blobs)
            throws IOException {
        throw new UnsupportedOperationException("not written yet");
    }

    /** The image that a tag or a digest stands for. */
    public Optional<StoredManifest> find(RepositoryId repository, String reference) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** All images of a repository with their tags, ordered by digest. */
    public List<StoredManifest> images(RepositoryId repository) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Told of every push from now on. */
    public void onPush(PushListener listener) {
        throw new UnsupportedOperationException("not written yet");
    }
}
