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
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends one image to a repository: blobs first, because a registry refuses a manifest whose blobs it lacks. */
final class Push {
    private static final Duration ANSWER = Duration.ofMinutes(2);

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
        HttpResponse<InputStream> answer = send(
                doing,
                HttpRequest.newBuilder(uri("/manifests/" + reference))
                        .timeout(ANSWER)
                        .header("Content-Type", mediaType)
                        .PUT(BodyPublishers.ofByteArray(manifest)));
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
        HttpResponse<InputStream> answer = send(
                doing,
                HttpRequest.newBuilder(uri("/blobs/" + blob.digest()))
                        .timeout(ANSWER)
                        .method("HEAD", BodyPublishers.noBody()));
        if (answer.statusCode() == 404) {
            Connection.close(answer);
            return false;
        }
        // Who may push need not be allowed to look; the upload then decides, and tells the reason in its body.
        if (answer.statusCode() == 403) {
            Connection.close(answer);
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
        HttpResponse<InputStream> started = send(
                doing,
                HttpRequest.newBuilder(uri("/blobs/uploads/" + mount))
                        .timeout(ANSWER)
                        .POST(BodyPublishers.noBody()));
        if (!mount.isEmpty() && started.statusCode() == 201) {
            Connection.close(started);
            return;
        }
        expect(doing, started, 202);
        URI finish = sendBytes(doing, blob, blobs, location(doing, started));
        String digest = (finish.getQuery() == null ? "?" : "&") + "digest="
                + encode(blob.digest().toString());
        HttpResponse<InputStream> finished = send(
                doing,
                HttpRequest.newBuilder(URI.create(finish + digest))
                        .timeout(ANSWER)
                        .PUT(BodyPublishers.noBody()));
        expect(doing, finished, 201);
    }

    /** Sends the content and returns where to finish. */
    private URI sendBytes(String doing, Descriptor blob, BlobSource blobs, URI target) throws RemoteFailure {
        if (blob.size() == 0) {
            return target;
        }
        try (Watched content =
                new Watched(new VerifiedInputStream(blobs.open(blob.digest()), blob.digest(), blob.size()))) {
            HttpRequest.Builder request = HttpRequest.newBuilder(target)
                    .header("Content-Type", "application/octet-stream")
                    .method(
                            "PATCH",
                            BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> content), blob.size()));
            HttpResponse<InputStream> sent;
            try {
                sent = send(doing, request);
            } catch (RemoteFailure e) {
                throw content.failure == null ? e : content.failure;
            }
            expect(doing, sent, 202);
            return location(doing, sent);
        } catch (RemoteFailure e) {
            throw e;
        } catch (IOException e) {
            throw new RemoteFailure(
                    RemoteFailure.Kind.BAD_CONTENT,
                    "could not " + doing + ": its content can't be read: " + e.getMessage(),
                    e);
        }
    }

    private URI location(String doing, HttpResponse<InputStream> answer) throws RemoteFailure {
        try {
            return answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
        } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
            throw new RemoteFailure(
                    RemoteFailure.Kind.BAD_CONTENT,
                    "could not " + doing + ": the registry did not say where to upload",
                    e);
        }
    }

    private HttpResponse<InputStream> send(String doing, HttpRequest.Builder request) throws RemoteFailure {
        return connection.send(new Connection.Ask(doing, repository, request));
    }

    private static void expect(String doing, HttpResponse<InputStream> answer, int status) throws RemoteFailure {
        if (answer.statusCode() != status) {
            throw Answers.failure(doing, answer);
        }
        Connection.close(answer);
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
