package dev.slipway.oci.remote;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import java.io.InputStream;
import java.net.URI;

/** Speaks OCI distribution with one registry. Thread-safe; keeps connections and bearer tokens. Memory use does not grow with the size of an image. */
public final class RegistryClient {
    private RegistryClient() {}

    /** @param registry scheme, host and port; plain HTTP is only accepted for a loopback host */
    public static RegistryClient of(URI registry, RegistryAuth auth) {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * Finds the linux/amd64 image that a tag or a digest stands for, through an index when there is one.
     *
     * @throws RemoteFailure {@code WRONG_PLATFORM} when the index has no such image; the message lists what it has
     */
    public ResolvedImage resolve(String repository, String reference) throws RemoteFailure {
        throw new UnsupportedOperationException("not written yet");
    }

    /** The manifest or index itself, as it is stored; the digest is computed, and checked when {@code reference} is one. */
    public RemoteManifest manifest(String repository, String reference) throws RemoteFailure {
        throw new UnsupportedOperationException("not written yet");
    }

    /** The digest a tag stands for now, without fetching anything. */
    public Digest head(String repository, String reference) throws RemoteFailure {
        throw new UnsupportedOperationException("not written yet");
    }

    /** A blob's bytes as they come; the stream fails at its end (or as soon as it is too long) when they are not what the descriptor says. */
    public InputStream blob(String repository, Descriptor blob) throws RemoteFailure {
        throw new UnsupportedOperationException("not written yet");
    }

    /** The blobs of a repository, each verified while it is read. */
    public BlobSource blobs(String repository) {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * Uploads the blobs that the repository lacks, then the manifest.
     *
     * @param reference a tag, or the manifest's digest
     * @return the manifest's digest
     */
    public Digest push(String repository, String reference, String mediaType, byte[] manifest, BlobSource blobs)
            throws RemoteFailure {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Copies the linux/amd64 image of {@code reference} to another registry, streaming; returns its manifest's digest there. */
    public Digest copy(
            String repository, String reference, RegistryClient to, String toRepository, String toReference)
            throws RemoteFailure {
        throw new UnsupportedOperationException("not written yet");
    }
}
