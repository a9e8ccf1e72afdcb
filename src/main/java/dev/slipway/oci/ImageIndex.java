package dev.slipway.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** An image index (Docker: manifest list): one manifest for each platform. */
public record ImageIndex(String mediaType, List<Entry> manifests) {
    private static final int MOST_ENTRIES = 1000;

    public ImageIndex {
        manifests = List.copyOf(manifests);
    }

    /** One manifest and what it runs on; attestations have the platform {@code unknown/unknown}. */
    public record Entry(Descriptor manifest, Platform platform) {
        boolean isImage() {
            return !platform.os().equals("unknown") && !platform.os().isEmpty();
        }
    }

    /**
     * Whether these bytes are an index rather than one image's manifest.
     *
     * @throws InvalidContent when they are neither
     */
    public static boolean isIndex(String mediaType, byte[] bytes) {
        if (MediaTypes.isIndex(mediaType)) {
            return true;
        }
        if (MediaTypes.isManifest(mediaType)) {
            return false;
        }
        JsonNode root = Json.object("the manifest", bytes);
        String own = Json.text("the manifest", root, "mediaType");
        return own.isEmpty() ? root.has("manifests") : MediaTypes.isIndex(own);
    }

    /**
     * Reads an index of at most 4 MiB.
     *
     * @param mediaType as the registry said; empty when only the document itself says it
     * @throws InvalidContent when it is none
     */
    public static ImageIndex parse(String mediaType, byte[] bytes) {
        JsonNode root = Json.object("the image index", bytes);
        String type = Manifest.mediaTypeOf(mediaType, root, "manifests", MediaTypes.OCI_INDEX);
        if (!MediaTypes.isIndex(type)) {
            throw new InvalidContent("expected an image index (OCI or Docker manifest list), got `" + type + "`");
        }
        List<Entry> entries = Json.list("the image index", root, "manifests", ImageIndex::entry);
        if (entries.size() > MOST_ENTRIES) {
            throw new InvalidContent(
                    "the image index has " + entries.size() + " entries; at most " + MOST_ENTRIES + " are allowed");
        }
        return new ImageIndex(type, entries);
    }

    /** The manifest for a platform; the first that fits, as the specification says. */
    public Optional<Descriptor> find(Platform host) {
        return manifests.stream()
                .filter(entry -> entry.platform().runsOn(host))
                .map(Entry::manifest)
                .findFirst();
    }

    /** The platforms there are images for, without attestations. */
    public List<Platform> platforms() {
        return manifests.stream()
                .filter(Entry::isImage)
                .map(Entry::platform)
                .distinct()
                .toList();
    }

    /** The document, compact, in a fixed order. */
    public byte[] toJson() {
        ObjectNode root = Json.MAPPER.createObjectNode().put("schemaVersion", 2).put("mediaType", mediaType);
        ArrayNode list = root.putArray("manifests");
        for (Entry entry : manifests) {
            ObjectNode node = Json.write(entry.manifest());
            ObjectNode platform = node.putObject("platform")
                    .put("architecture", entry.platform().architecture())
                    .put("os", entry.platform().os());
            if (!entry.platform().variant().isEmpty()) {
                platform.put("variant", entry.platform().variant());
            }
            list.add(node);
        }
        return Json.bytes(root);
    }

    private static Entry entry(JsonNode node) {
        String what = "an entry of the image index";
        JsonNode platform = node.path("platform");
        return new Entry(
                Json.descriptor(what, node),
                new Platform(
                        Json.text(what, platform, "os"),
                        Json.text(what, platform, "architecture"),
                        Json.text(what, platform, "variant")));
    }
}
