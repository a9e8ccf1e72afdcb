package dev.slipway.cloud.registry;

import dev.slipway.cloud.http.HttpExchange;
import dev.slipway.cloud.registry.RegistryAuthorizer.Verb;
import dev.slipway.cloud.registry.RepositoryDirectory.Rules;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /v2/NAME/blobs/uploads/ID}: takes blobs, whole or in chunks; nothing is kept in memory. */
final class UploadEndpoint {
    private static final Pattern CONTENT_RANGE = Pattern.compile("(?:bytes )?([0-9]{1,18})-([0-9]{1,18})(?:/.*)?");

    private final RegistryContent content;
    private final RegistryAuthorizer authorizer;
    private final Uploads uploads;

    UploadEndpoint(RegistryContent content, RegistryAuthorizer authorizer) {
        this.content = content;
        this.authorizer = authorizer;
        this.uploads = content.uploads();
    }

    void handle(HttpExchange exchange, Client client, Route route, Rules rules) throws IOException {
        Query query = new Query(exchange.query());
        switch (exchange.method()) {
            case "POST" -> start(exchange, client, route, rules, query);
            case "PATCH" -> {
                append(exchange, route);
                accepted(exchange, route, 202);
            }
            case "PUT" -> finish(exchange, route, query);
            case "DELETE" -> {
                uploads.cancel(route.repository(), route.last());
                exchange.respond(204, new byte[0]);
            }
            default -> accepted(exchange, route, 204);
        }
    }

    private void start(HttpExchange exchange, Client client, Route route, Rules rules, Query query) throws IOException {
        if (!rules.writable()) {
            throw RegistryException.denied("the repository " + route.repository() + " takes no images");
        }
        Optional<Digest> mount = query.first("mount").map(Registry::digest);
        if (mount.isPresent() && mounted(exchange, client, route, rules, mount.get(), query)) {
            created(exchange, route, mount.get().toString());
            return;
        }
        Optional<Digest> whole = query.first("digest").map(Registry::digest);
        if (whole.isPresent()) {
            uploads.whole(route.repository(), whole.get(), exchange.body());
            created(exchange, route, whole.get().toString());
            return;
        }
        String algorithm =
                query.first("digest-algorithm").filter("sha512"::equals).orElse("sha256");
        String id = uploads.start(route.repository(), algorithm);
        exchange.setHeader("Docker-Upload-UUID", id);
        accepted(exchange, new Route(route.kind(), route.repository(), route.base(), id), 202);
    }

    /**
     * Takes a blob over from another repository of the same registry, when the repository allows it and the client may read the blob there.
     * Otherwise the client just uploads.
     */
    private boolean mounted(HttpExchange exchange, Client client, Route route, Rules rules, Digest digest, Query query)
            throws IOException {
        Optional<String> from = query.first("from");
        if (from.isEmpty() || !rules.mountable()) {
            return false;
        }
        try {
            RepositoryId source = Route.repository(exchange.header("Host").orElse(""), from.get());
            if (!source.isInRegistryOf(route.repository())) {
                return false;
            }
            authorizer.access(client, Verb.READ_BLOB, source).authorize();
            return content.adopt(source, route.repository(), digest);
        } catch (RegistryException e) {
            return false;
        }
    }

    private void append(HttpExchange exchange, Route route) throws IOException {
        long from = -1;
        Optional<String> range = exchange.header("Content-Range");
        if (range.isPresent()) {
            Matcher match = CONTENT_RANGE.matcher(range.get().strip());
            if (!match.matches() || Long.parseLong(match.group(2)) < Long.parseLong(match.group(1))) {
                refuseRange(exchange, route, "the Content-Range `" + range.get() + "` is not FIRST-LAST");
            }
            from = Long.parseLong(match.group(1));
            long length = Long.parseLong(match.group(2)) - from + 1;
            if (exchange.header("Content-Length").map(Long::parseLong).orElse(length) != length) {
                refuseRange(exchange, route, "the Content-Range `" + range.get() + "` is not the Content-Length");
            }
            if (from != uploads.size(route.repository(), route.last())) {
                refuseRange(
                        exchange,
                        route,
                        "the next byte is " + uploads.size(route.repository(), route.last())
                                + ", but the chunk starts at " + from);
            }
        }
        uploads.append(route.repository(), route.last(), from, exchange.body());
    }

    /** The answer says where to go on from, as the specification wants it. */
    private void refuseRange(HttpExchange exchange, Route route, String why) {
        place(exchange, route);
        throw new RegistryException(416, "BLOB_UPLOAD_INVALID", why);
    }

    private void finish(HttpExchange exchange, Route route, Query query) throws IOException {
        uploads.size(route.repository(), route.last());
        Digest digest = Registry.digest(query.first("digest")
                .orElseThrow(() ->
                        new RegistryException(400, "DIGEST_INVALID", "the upload ends with ?digest=ALGORITHM:HEX")));
        append(exchange, route);
        uploads.finish(route.repository(), route.last(), digest);
        created(exchange, route, digest.toString());
    }

    private void accepted(HttpExchange exchange, Route route, int status) throws IOException {
        place(exchange, route);
        exchange.respond(status, new byte[0]);
    }

    private void place(HttpExchange exchange, Route route) {
        long size = uploads.size(route.repository(), route.last());
        exchange.setHeader("Location", route.base() + "/blobs/uploads/" + route.last());
        exchange.setHeader("Range", "0-" + Math.max(0, size - 1));
    }

    private static void created(HttpExchange exchange, Route route, String digest) throws IOException {
        exchange.setHeader("Location", route.base() + "/blobs/" + digest);
        exchange.setHeader("Docker-Content-Digest", digest);
        exchange.respond(201, new byte[0]);
    }
}
