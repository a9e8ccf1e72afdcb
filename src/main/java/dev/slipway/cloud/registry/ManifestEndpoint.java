package dev.slipway.cloud.registry;

import dev.slipway.cloud.http.HttpExchange;
import dev.slipway.cloud.registry.RepositoryDirectory.Rules;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /v2/NAME/manifests/REFERENCE}: reads and stores manifests. */
final class ManifestEndpoint {
    private static final int MOST_BYTES = 4 << 20;
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    private final RegistryContent content;

    ManifestEndpoint(RegistryContent content) {
        this.content = content;
    }

    void handle(HttpExchange exchange, Client client, Route route, Rules rules) throws IOException {
        Optional<Digest> digest =
                route.last().indexOf(':') < 0 ? Optional.empty() : Optional.of(Registry.digest(route.last()));
        if (digest.isEmpty() && !TAG.matcher(route.last()).matches()) {
            throw new RegistryException(
                    400,
                    "MANIFEST_INVALID",
                    "`" + route.last()
                            + "` is no tag; expected up to 128 letters, digits, dots, dashes and underscores");
        }
        switch (exchange.method()) {
            case "PUT" -> put(exchange, route, rules, digest);
            case "DELETE" -> delete(exchange, route, rules, digest);
            default -> get(exchange, client, route, rules);
        }
    }

    private void get(HttpExchange exchange, Client client, Route route, Rules rules) throws IOException {
        rules.upstream().fetchManifest(client, route.repository(), route.last());
        StoredManifest manifest = stored(route);
        if (exchange.method().equals("GET")) {
            content.pulled(manifest);
        }
        exchange.setHeader("Content-Type", manifest.mediaType());
        exchange.setHeader("Docker-Content-Digest", manifest.digest().toString());
        exchange.setHeader("ETag", '"' + manifest.digest().toString() + '"');
        exchange.respond(200, content.bytes(manifest));
    }

    private StoredManifest stored(Route route) {
        return content.find(route.repository(), route.last())
                .orElseThrow(() -> RegistryException.manifestUnknown("Requested image not found: "
                        + route.repository()
                        + (route.last().indexOf(':') < 0 ? ":" : "@")
                        + route.last()));
    }

    /** A digest takes the image away, a tag only itself; the last tag takes its image along, as ECR does it. */
    private void delete(HttpExchange exchange, Route route, Rules rules, Optional<Digest> digest) throws IOException {
        requireWritable(route, rules);
        StoredManifest manifest = stored(route);
        if (digest.isEmpty() && manifest.tags().size() > 1) {
            content.removeTag(route.repository(), route.last());
        } else {
            Optional<Digest> index = content.indexThatNeeds(route.repository(), manifest.digest());
            if (index.isPresent()) {
                throw new RegistryException(
                        405, "UNSUPPORTED", "Requested image referenced by manifest list: [" + index.get() + "]");
            }
            content.removeImage(route.repository(), manifest.digest());
        }
        exchange.respond(202, new byte[0]);
    }

    private static void requireWritable(Route route, Rules rules) {
        if (!rules.writable()) {
            throw RegistryException.denied("the repository " + route.repository() + " takes no images");
        }
    }

    private void put(HttpExchange exchange, Route route, Rules rules, Optional<Digest> promised) throws IOException {
        requireWritable(route, rules);
        byte[] bytes = body(exchange);
        Digest digest = promised.map(expected -> expected.ofSameKind(bytes)).orElseGet(() -> Digest.of(bytes));
        if (promised.isPresent() && !promised.get().equals(digest)) {
            throw new RegistryException(
                    400, "DIGEST_INVALID", "the manifest should be " + promised.get() + ", but is " + digest);
        }
        Optional<String> tag = promised.isPresent() ? Optional.empty() : Optional.of(route.last());
        StoredManifest stored = content.push(
                route.repository(), tag, digest, exchange.header("Content-Type").orElse(""), bytes, rules.frozen());
        stored.subject().ifPresent(subject -> exchange.setHeader("OCI-Subject", subject.toString()));
        exchange.setHeader("Location", route.base() + "/manifests/" + digest);
        exchange.setHeader("Docker-Content-Digest", digest.toString());
        exchange.respond(201, new byte[0]);
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        try {
            return exchange.readBody(MOST_BYTES);
        } catch (HttpExchange.BodyTooLarge e) {
            throw new RegistryException(
                    413, "MANIFEST_INVALID", "the manifest is larger than " + MOST_BYTES + " bytes");
        }
    }
}
