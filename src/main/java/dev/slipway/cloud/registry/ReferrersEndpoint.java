package dev.slipway.cloud.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cloud.http.HttpExchange;
import dev.slipway.oci.Artifact;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code /v2/NAME/referrers/DIGEST}: an index of the manifests that are about another one, ordered by digest, in pages. */
final class ReferrersEndpoint {
    private static final int MOST = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryContent content;

    ReferrersEndpoint(RegistryContent content) {
        this.content = content;
    }

    void handle(HttpExchange exchange, Route route) throws IOException {
        Digest subject = Registry.digest(route.last());
        Query query = new Query(exchange.query());
        Optional<String> type = query.first("artifactType");
        String after = query.first("last").orElse("");
        List<StoredManifest> found = content.referrers(route.repository(), subject).stream()
                .filter(image -> type.isEmpty() || image.artifactType().equals(type))
                .filter(image -> image.digest().toString().compareTo(after) > 0)
                .limit(MOST + 1L)
                .toList();
        List<StoredManifest> page = found.subList(0, Math.min(MOST, found.size()));
        if (page.size() < found.size()) {
            exchange.setHeader("Link", next(route, type, page.get(page.size() - 1)));
        }
        if (type.isPresent()) {
            exchange.setHeader("OCI-Filters-Applied", "artifactType");
        }
        ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
        ArrayNode manifests = index.putArray("manifests");
        for (StoredManifest image : page) {
            manifests.add(descriptor(image, content.bytes(image)));
        }
        exchange.setHeader("Content-Type", MediaTypes.OCI_INDEX);
        exchange.respond(200, JSON.writeValueAsBytes(index));
    }

    private static String next(Route route, Optional<String> type, StoredManifest last) {
        String filter = type.map(wanted -> "&artifactType=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8))
                .orElse("");
        return "<" + route.base() + "/referrers/" + route.last() + "?last=" + last.digest() + filter
                + ">; rel=\"next\"";
    }

    private static ObjectNode descriptor(StoredManifest image, byte[] document) {
        ObjectNode node = JSON.createObjectNode()
                .put("mediaType", image.mediaType())
                .put("digest", image.digest().toString())
                .put("size", document.length);
        image.artifactType().ifPresent(type -> node.put("artifactType", type));
        var annotations = Artifact.read(document).annotations();
        if (!annotations.isEmpty()) {
            ObjectNode map = node.putObject("annotations");
            annotations.forEach(map::put);
        }
        return node;
    }
}
