package dev.slipway.oci.remote;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageIndex;
import dev.slipway.oci.InvalidContent;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.VerifiedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Speaks OCI distribution with one registry. Thread-safe; keeps connections and bearer tokens. Memory use does not grow with the size of an image. */
public final class RegistryClient {
    private static final int MOST_MANIFEST_BYTES = 4 << 20;
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** A registry that fetches a blob from elsewhere first may be silent for long. */
    private static final Duration BLOB_ANSWER = Duration.ofMinutes(10);

    private static final String ACCEPT = String.join(
            ", ", MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_MANIFEST, MediaTypes.OCI_INDEX, MediaTypes.DOCKER_INDEX);

    private final Connection connection;
    private final UnaryOperator<String> names;

    private RegistryClient(Connection connection, UnaryOperator<String> names) {
        this.connection = connection;
        this.names = names;
    }

    /**
     * @param registry scheme, host and port; plain HTTP is only accepted for a loopback host
     * @throws IllegalArgumentException for another address
     */
    public static RegistryClient of(URI registry, RegistryAuth auth) {
        return new RegistryClient(
                new Connection(registry, auth), repository -> registry.getAuthority() + "/" + repository);
    }

    /** This, for one repository that messages call by the name that a person wrote, and not by where it really is. */
    public RegistryClient calling(String repository) {
        return new RegistryClient(connection, any -> repository);
    }

    /**
     * Finds the linux/amd64 image that a tag or a digest stands for, through an index when there is one.
     *
     * @throws RemoteFailure {@code WRONG_PLATFORM} when the index has no such image; the message lists what it has
     */
    public ResolvedImage resolve(String repository, String reference) throws RemoteFailure {
        RemoteManifest named = manifest(repository, reference);
        try {
            if (!ImageIndex.isIndex(named.mediaType(), named.bytes())) {
                Manifest manifest = Manifest.parse(named.mediaType(), named.bytes());
                return new ResolvedImage(named.digest(), named.digest(), manifest, named.bytes());
            }
            ImageIndex index = ImageIndex.parse(named.mediaType(), named.bytes());
            Optional<Descriptor> found = index.find(Platform.LINUX_AMD64);
            if (found.isEmpty()) {
                throw new RemoteFailure(
                        RemoteFailure.Kind.WRONG_PLATFORM,
                        "the image " + name(repository, reference) + " is not built for linux/amd64, only for "
                                + platforms(index)
                                + "; build it with `--platform linux/amd64`");
            }
            RemoteManifest image = manifest(repository, found.get().digest().toString());
            return new ResolvedImage(
                    named.digest(), image.digest(), Manifest.parse(image.mediaType(), image.bytes()), image.bytes());
        } catch (InvalidContent e) {
            throw new RemoteFailure(
                    RemoteFailure.Kind.BAD_CONTENT,
                    "could not read the image " + name(repository, reference) + ": " + e.getMessage(),
                    e);
        }
    }

    private static String platforms(ImageIndex index) {
        return index.platforms().isEmpty()
                ? "platforms it does not name"
                : index.platforms().stream().map(Platform::toString).collect(Collectors.joining(", "));
    }

    /** The manifest or index itself, as it is stored; the digest is computed, and checked when {@code reference} is one. */
    public RemoteManifest manifest(String repository, String reference) throws RemoteFailure {
        String doing = "read the image " + name(repository, reference);
        Answer answer = connection.send(manifestAsk(doing, repository, "GET", reference));
        if (answer.status() != 200) {
            throw Answers.failure(doing, answer);
        }
        byte[] bytes;
        try (InputStream body = answer.body()) {
            bytes = body.readNBytes(MOST_MANIFEST_BYTES + 1);
        } catch (IOException e) {
            throw new RemoteFailure(RemoteFailure.Kind.UNREACHABLE, "could not " + doing + ": the connection broke", e);
        }
        if (bytes.length > MOST_MANIFEST_BYTES) {
            throw new RemoteFailure(
                    RemoteFailure.Kind.BAD_CONTENT,
                    "could not " + doing + ": the manifest is larger than " + MOST_MANIFEST_BYTES + " bytes");
        }
        return new RemoteManifest(answer.first("Content-Type").orElse(""), verified(doing, reference, bytes), bytes);
    }

    private static Digest verified(String doing, String reference, byte[] bytes) throws RemoteFailure {
        if (reference.indexOf(':') < 0) {
            return Digest.of(bytes);
        }
        Digest expected = Digest.parse(reference);
        Digest actual = expected.ofSameKind(bytes);
        if (!actual.equals(expected)) {
            throw new RemoteFailure(
                    RemoteFailure.Kind.BAD_CONTENT,
                    "could not " + doing + ": the registry sent other content, with the digest " + actual);
        }
        return actual;
    }

    /**
     * The digest a tag stands for now, without fetching anything.
     *
     * @throws RemoteFailure also when the registry does not tell digests
     */
    public Digest head(String repository, String reference) throws RemoteFailure {
        String doing = "look up the image " + name(repository, reference);
        Answer answer = connection.send(manifestAsk(doing, repository, "HEAD", reference));
        if (answer.status() != 200) {
            throw Answers.failure(doing, answer);
        }
        answer.discard();
        try {
            return Digest.parse(answer.first("Docker-Content-Digest").orElse(""));
        } catch (IllegalArgumentException e) {
            throw new RemoteFailure(
                    RemoteFailure.Kind.BAD_CONTENT, "could not " + doing + ": the registry told no digest", e);
        }
    }

    /** A blob's bytes as they come; the stream fails at its end (or as soon as it is too long) when they are not what the descriptor says. */
    public InputStream blob(String repository, Descriptor blob) throws RemoteFailure {
        return open(repository, blob.digest(), blob.size());
    }

    /** The blobs of a repository, each verified while it is read. */
    public BlobSource blobs(String repository) {
        return digest -> open(repository, digest, -1);
    }

    private InputStream open(String repository, Digest digest, long size) throws RemoteFailure {
        String doing = "read " + digest + " of " + name(repository, "");
        Answer answer = connection.send(Ask.get(doing, repository, uri(repository + "/blobs/" + digest), BLOB_ANSWER));
        if (answer.status() != 200) {
            throw Answers.failure(doing, answer);
        }
        return new VerifiedInputStream(answer.body(), digest, size);
    }

    /**
     * Uploads the blobs that the repository lacks, then the manifest.
     *
     * @param reference a tag, or the manifest's digest
     * @return the manifest's digest
     */
    public Digest push(String repository, String reference, String mediaType, byte[] manifest, BlobSource blobs)
            throws RemoteFailure {
        return new Push(connection, repository, Optional.empty()).image(reference, mediaType, manifest, blobs);
    }

    /** Copies the linux/amd64 image of {@code reference} to another registry, streaming; returns its manifest's digest there. */
    public Digest copy(String repository, String reference, RegistryClient to, String toRepository, String toReference)
            throws RemoteFailure {
        ResolvedImage image = resolve(repository, reference);
        Optional<String> mountFrom =
                connection.registry().equals(to.connection.registry()) ? Optional.of(repository) : Optional.empty();
        return new Push(to.connection, toRepository, mountFrom)
                .image(toReference, image.manifest().mediaType(), image.bytes(), blobs(repository));
    }

    private Ask manifestAsk(String doing, String repository, String method, String reference) {
        return new Ask(doing, repository, method, uri(repository + "/manifests/" + reference), ANSWER)
                .accepting(ACCEPT);
    }

    private URI uri(String path) {
        return connection.registry().resolve("/v2/" + path);
    }

    private String name(String repository, String reference) {
        String end = reference.isEmpty() ? "" : (reference.indexOf(':') < 0 ? ":" : "@") + reference;
        return names.apply(repository) + end;
    }
}
