package dev.slipway.oci.remote;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.InvalidContent;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.VerifiedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends one image to a repository: blobs first, because a registry refuses a manifest whose blobs it lacks. */
final class Push {
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final String BYTES = "application/octet-stream";

    private final Connection connection;
    private final String repository;
    private final Optional<String> mountFrom;

    /** @param mountFrom a repository of the same registry that has the blobs; spares the upload */
    Push(Connection connection, String repository, Optional<String> mountFrom) {
        this.connection = connection;
        this.repository = repository;
        this.mountFrom = mountFrom;
    }

    Digest image(String reference, String mediaType, byte[] manifest, BlobSource blobs) throws RemoteFailure {
        for (Descriptor blob : blobsOf(mediaType, manifest)) {
            if (!has(blob)) {
                upload(blob, blobs);
            }
        }
        String doing = "store the image " + name() + (reference.indexOf(':') < 0 ? ":" : "@") + reference;
        Answer answer = send(doing, "PUT", uri("/manifests/" + reference), Ask.Content.of(mediaType, manifest));
        expect(doing, answer, 201);
        return Digest.of(manifest);
    }

    private Set<Descriptor> blobsOf(String mediaType, byte[] bytes) throws RemoteFailure {
        Manifest manifest;
        try {
            manifest = Manifest.parse(mediaType, bytes);
        } catch (InvalidContent e) {
            throw new RemoteFailure(
                    RemoteFailure.Kind.BAD_CONTENT, "could not push to " + name() + ": " + e.getMessage(), e);
        }
        Set<Descriptor> blobs = new LinkedHashSet<>(manifest.layers());
        blobs.removeIf(layer -> MediaTypes.isForeignLayer(layer.mediaType()));
        blobs.add(manifest.config());
        return blobs;
    }

    private boolean has(Descriptor blob) throws RemoteFailure {
        String doing = "look for " + blob.digest() + " in " + name();
        Answer answer = connection.send(new Ask(doing, repository, "HEAD", uri("/blobs/" + blob.digest()), ANSWER));
        if (answer.status() == 404) {
            answer.discard();
            return false;
        }
        // Who may push need not be allowed to look; the upload then decides, and tells the reason in its body.
        if (answer.status() == 403) {
            answer.discard();
            return false;
        }
        expect(doing, answer, 200);
        return true;
    }

    private void upload(Descriptor blob, BlobSource blobs) throws RemoteFailure {
        String doing = "upload " + blob.digest() + " to " + name();
        String mount = mountFrom
                .map(from -> "?mount=" + encode(blob.digest().toString()) + "&from=" + encode(from))
                .orElse("");
        Answer started = send(doing, "POST", uri("/blobs/uploads/" + mount), Ask.Content.of(BYTES, new byte[0]));
        if (!mount.isEmpty() && started.status() == 201) {
            started.discard();
            return;
        }
        expect(doing, started, 202);
        URI target = location(doing, started);
        String digest = (target.getQuery() == null ? "?" : "&") + "digest="
                + encode(blob.digest().toString());
        expect(doing, sendBytes(doing, blob, blobs, URI.create(target + digest)), 201);
    }

    /** The whole content in one request, which also finishes the upload. */
    private Answer sendBytes(String doing, Descriptor blob, BlobSource blobs, URI target) throws RemoteFailure {
        try (Watched content =
                new Watched(new VerifiedInputStream(blobs.open(blob.digest()), blob.digest(), blob.size()))) {
            try {
                return send(doing, "PUT", target, Ask.Content.of(BYTES, blob.size(), content));
            } catch (RemoteFailure e) {
                throw content.failure == null ? e : content.failure;
            }
        } catch (RemoteFailure e) {
            throw e;
        } catch (IOException e) {
            throw new RemoteFailure(
                    RemoteFailure.Kind.BAD_CONTENT,
                    "could not " + doing + ": its content can't be read: " + e.getMessage(),
                    e);
        }
    }

    private URI location(String doing, Answer answer) throws RemoteFailure {
        try {
            return answer.target().resolve(answer.first("Location").orElseThrow());
        } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
            throw new RemoteFailure(
                    RemoteFailure.Kind.BAD_CONTENT,
                    "could not " + doing + ": the registry did not say where to upload",
                    e);
        }
    }

    private Answer send(String doing, String method, URI target, Ask.Content content) throws RemoteFailure {
        return connection.send(new Ask(doing, repository, method, target, ANSWER).with(content));
    }

    private static void expect(String doing, Answer answer, int status) throws RemoteFailure {
        if (answer.status() != status) {
            throw Answers.failure(doing, answer);
        }
        answer.discard();
    }

    private URI uri(String path) {
        return connection.registry().resolve("/v2/" + repository + path);
    }

    private String name() {
        return connection.registry().getAuthority() + "/" + repository;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Remembers why reading failed: the HTTP client only tells that sending did. */
    private static final class Watched extends FilterInputStream {
        @Nullable
        IOException failure;

        Watched(InputStream content) {
            super(content);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
