package dev.slipway.oci;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a manifest or an index says of itself beyond its parts (OCI image specification 1.1).
 *
 * @param subject the manifest that this one is about, for example of which it is the signature
 * @param type {@code artifactType}, or of an image without one its configuration's media type; empty when there is neither
 * @param annotations in the document's order
 */
public record Artifact(Optional<Descriptor> subject, Optional<String> type, Map<String, String> annotations) {
    private static final String WHAT = "the manifest";

    /**
     * Reads the document of a manifest or an index.
     *
     * @throws InvalidContent when a member has a wrong form
     */
    public static Artifact read(byte[] document) {
        JsonNode root = Json.object(WHAT, document);
        JsonNode subject = root.path("subject");
        String type = Json.text(WHAT, root, "artifactType");
        String config = root.path("config").isObject() ? Json.text(WHAT, root.path("config"), "mediaType") : "";
        return new Artifact(
                subject.isMissingNode() || subject.isNull()
                        ? Optional.empty()
                        : Optional.of(Json.descriptor("the manifest's `subject`", subject)),
                Optional.of(type.isEmpty() ? config : type).filter(text -> !text.isEmpty()),
                annotations(root.path("annotations")));
    }

    private static Map<String, String> annotations(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return Map.of();
        }
        if (!node.isObject()) {
            throw new InvalidContent(WHAT + ": `annotations` is not an object");
        }
        Map<String, String> annotations = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> annotations.put(name, Json.text(WHAT, node, name)));
        return annotations;
    }
}
