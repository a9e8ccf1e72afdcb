package dev.slipway.cloud.registry;

import dev.slipway.cloud.http.HttpExchange;
import dev.slipway.cloud.registry.RegistryAuthorizer.Verb;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /v2/NAME/blobs/uploads/ID}: takes blobs, whole or in chunks; nothing is kept in memory. */
final class UploadEndpoint {
    /** An upload that nobody went on with for so long is dropped. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private static final Pattern CONTENT_RANGE = Pattern.compile("(?:bytes )?([0-9]{1,18})-([0-9]{1,18})(?:/.*)?");

    private final RegistryContent content;
    private final RegistryAuthorizer authorizer;
    private final RandomGenerator random;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    UploadEndpoint(RegistryContent content, RegistryAuthorizer authorizer, RandomGenerator random) {
        this.content = content;
        this.authorizer = authorizer;
        this.random = random;
    }

    void handle(HttpExchange exchange, Route route) throws IOException {
        Query query = new Query(exchange.query());
        switch (exchange.method()) {
            case "POST" -> start(exchange, route, query);
            case "PATCH" -> {
                Upload upload = upload(route);
                append(exchange, upload);
                accepted(exchange, route, upload, 202);
            }
            case "PUT" -> finish(exchange, route, query);
            case "DELETE" -> {
                upload(route).discard();
                uploads.remove(route.last());
                exchange.respond(204, new byte[0]);
            }
            default -> accepted(exchange, route, upload(route), 204);
        }
    }

    private void start(HttpExchange exchange, Route route, Query query) throws IOException {
        dropForgotten();
        Optional<String> mount = query.first("mount");
        if (mount.isPresent() && mounted(exchange, route, Registry.digest(mount.get()), query)) {
            created(exchange, route, mount.get());
            return;
        }
        Optional<Digest> whole = query.first("digest").map(Registry::digest);
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        Upload upload = content.newUpload(route.repository(), id);
        if (whole.isPresent()) {
            try {
                upload.append(-1, exchange.body(), content.now());
                content.finish(upload, whole.get());
            } finally {
                upload.discard();
            }
            created(exchange, route, whole.get().toString());
            return;
        }
        uploads.put(id, upload);
        exchange.setHeader("Docker-Upload-UUID", id);
        accepted(exchange, new Route(route.kind(), route.repository(), route.base(), id), upload, 202);
    }

    /** Takes a blob over from another repository, when the client may read it there. Otherwise the client just uploads. */
    private boolean mounted(HttpExchange exchange, Route route, Digest digest, Query query) throws IOException {
        Optional<String> from = query.first("from");
        if (from.isEmpty()) {
            return false;
        }
        try {
            RepositoryId source = Route.repository(exchange.header("Host").orElse(""), from.get());
            authorizer.authorize(exchange.header("Authorization"), Verb.READ_BLOB, source);
            if (content.blobSize(source, digest).isEmpty()) {
                return false;
            }
            content.link(route.repository(), digest);
            return true;
        } catch (RegistryException e) {
            return false;
        }
    }

    private void append(HttpExchange exchange, Upload upload) throws IOException {
        long from = -1;
        Optional<String> range = exchange.header("Content-Range");
        if (range.isPresent()) {
            Matcher match = CONTENT_RANGE.matcher(range.get().strip());
            if (!match.matches()) {
                throw new RegistryException(
                        416, "BLOB_UPLOAD_INVALID", "the Content-Range `" + range.get() + "` is not FIRST-LAST");
            }
            from = Long.parseLong(match.group(1));
        }
        upload.append(from, exchange.body(), content.now());
    }

    private void finish(HttpExchange exchange, Route route, Query query) throws IOException {
        Upload upload = upload(route);
        Digest digest = Registry.digest(query.first("digest")
                .orElseThrow(() ->
                        new RegistryException(400, "DIGEST_INVALID", "the upload ends with ?digest=ALGORITHM:HEX")));
        append(exchange, upload);
        uploads.remove(route.last());
        content.finish(upload, digest);
        created(exchange, route, digest.toString());
    }

    private Upload upload(Route route) {
        Upload upload = uploads.get(route.last());
        if (upload == null || !upload.repository().equals(route.repository())) {
            throw new RegistryException(
                    404, "BLOB_UPLOAD_UNKNOWN", "there is no upload `" + route.last() + "`; start a new one");
        }
        return upload;
    }

    private static void accepted(HttpExchange exchange, Route route, Upload upload, int status) throws IOException {
        exchange.setHeader("Location", route.base() + "/blobs/uploads/" + route.last());
        exchange.setHeader("Range", "0-" + Math.max(0, upload.size() - 1));
        exchange.respond(status, new byte[0]);
    }

    private static void created(HttpExchange exchange, Route route, String digest) throws IOException {
        exchange.setHeader("Location", route.base() + "/blobs/" + digest);
        exchange.setHeader("Docker-Content-Digest", digest);
        exchange.respond(201, new byte[0]);
    }

    private void dropForgotten() throws IOException {
        Instant limit = content.now().minus(PATIENCE);
        for (String id : List.copyOf(uploads.keySet())) {
            Upload upload = uploads.get(id);
            if (upload != null && upload.untouchedSince(limit) && uploads.remove(id, upload)) {
                upload.discard();
            }
        }
    }
}
