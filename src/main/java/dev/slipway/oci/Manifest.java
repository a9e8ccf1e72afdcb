package dev.slipway.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** An image manifest: the configuration and the layers, base first. OCI and Docker schema 2 forms alike. */
public record Manifest(String mediaType, Descriptor config, List<Descriptor> layers) {
    private static final int MOST_LAYERS = 1000;

    public Manifest {
        layers = List.copyOf(layers);
    }

    /**
     * Reads a manifest of at most 4 MiB and 1000 layers.
     *
     * @param mediaType as the registry said; empty when only the document itself says it
     * @throws InvalidContent when it is none, with the place that is wrong
     */
    public static Manifest parse(String mediaType, byte[] bytes) {
        JsonNode root = Json.object("the image manifest", bytes);
        String type = mediaTypeOf(mediaType, root, "layers", MediaTypes.OCI_MANIFEST);
        if (!MediaTypes.isManifest(type)) {
            throw new InvalidContent("expected an image manifest (OCI or Docker schema 2), got `" + type + "`");
        }
        Descriptor config = Json.descriptor("the image manifest's `config`", root.path("config"));
        List<Descriptor> layers = Json.list(
                "the image manifest", root, "layers", layer -> Json.descriptor("a layer of the image manifest", layer));
        if (layers.size() > MOST_LAYERS) {
            throw new InvalidContent(
                    "the image manifest has " + layers.size() + " layers; at most " + MOST_LAYERS + " are allowed");
        }
        return new Manifest(type, config, layers);
    }

    /** The document, compact, in a fixed order; its digest is the image's digest when these bytes are what is pushed. */
    public byte[] toJson() {
        ObjectNode root = Json.MAPPER.createObjectNode().put("schemaVersion", 2).put("mediaType", mediaType);
        root.set("config", Json.write(config));
        ArrayNode list = root.putArray("layers");
        layers.forEach(layer -> list.add(Json.write(layer)));
        return Json.bytes(root);
    }

    /**
     * The media type that a manifest or index has: what the document says of itself must agree with what the registry said of it,
     * else a document could be read as one thing here and as another thing there.
     */
    static String mediaTypeOf(String told, JsonNode root, String member, String fallback) {
        String own = Json.text("the manifest", root, "mediaType");
        String from = parameterless(told);
        if (!own.isEmpty() && !from.isEmpty() && !from.equals(own) && isKnown(from)) {
            throw new InvalidContent("the manifest says it is `" + own + "`, but it was delivered as `" + from + "`");
        }
        if (root.path("schemaVersion").asInt(2) == 1) {
            throw new InvalidContent(
                    "the image has a Docker schema 1 manifest, which nothing runs any more; build and push it again with a current tool");
        }
        if (root.has("manifests") && root.has("layers")) {
            throw new InvalidContent("the manifest has both `layers` and `manifests`");
        }
        if (!own.isEmpty()) {
            return own;
        }
        if (isKnown(from)) {
            return from;
        }
        if (!root.has(member)) {
            throw new InvalidContent("the manifest has no `" + member + "`");
        }
        return fallback;
    }

    private static boolean isKnown(String mediaType) {
        return MediaTypes.isManifest(mediaType) || MediaTypes.isIndex(mediaType);
    }

    private static String parameterless(String mediaType) {
        int semicolon = mediaType.indexOf(';');
        return (semicolon < 0 ? mediaType : mediaType.substring(0, semicolon)).strip();
    }
}
