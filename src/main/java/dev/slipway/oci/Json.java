package dev.slipway.oci;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads untrusted JSON: bounded depth and size, no duplicate keys (two readers must not see two different images). */
final class Json {
    /** ECR's and most registries' limit on a manifest, in bytes; configurations keep to it too. */
    static final int MOST_BYTES = 4 << 20;

    static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxStringLength(1 << 20)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static JsonNode object(String what, byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new InvalidContent(what + " has " + bytes.length + " bytes; at most " + MOST_BYTES + " are allowed");
        }
        JsonNode node;
        try {
            node = MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new InvalidContent(what + " is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new InvalidContent(what + " can't be read: " + e.getMessage());
        }
        if (node == null || !node.isObject()) {
            throw new InvalidContent(what + " is not a JSON object");
        }
        return node;
    }

    static String text(String what, JsonNode parent, String name) {
        JsonNode node = parent.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return "";
        }
        if (!node.isTextual()) {
            throw new InvalidContent(what + ": `" + name + "` is not text");
        }
        return node.textValue();
    }

    static <T> List<T> list(String what, JsonNode parent, String name, Function<JsonNode, T> read) {
        JsonNode node = parent.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        if (!node.isArray()) {
            throw new InvalidContent(what + ": `" + name + "` is not a list");
        }
        List<T> list = new ArrayList<>(node.size());
        node.forEach(element -> list.add(read.apply(element)));
        return list;
    }

    static List<String> texts(String what, JsonNode parent, String name) {
        return list(what, parent, name, element -> {
            if (!element.isTextual()) {
                throw new InvalidContent(what + ": `" + name + "` holds something that is not text");
            }
            return element.textValue();
        });
    }

    static Digest digest(String what, String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidContent(what + ": " + e.getMessage());
        }
    }

    static Descriptor descriptor(String what, JsonNode node) {
        if (!node.isObject()) {
            throw new InvalidContent(what + " is not a descriptor (an object with mediaType, digest and size)");
        }
        JsonNode size = node.path("size");
        if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
            throw new InvalidContent(what + ": `size` is not a number of bytes");
        }
        return new Descriptor(
                text(what, node, "mediaType"), digest(what, text(what, node, "digest")), size.longValue());
    }

    static ObjectNode write(Descriptor descriptor) {
        return MAPPER.createObjectNode()
                .put("mediaType", descriptor.mediaType())
                .put("digest", descriptor.digest().toString())
                .put("size", descriptor.size());
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree can always be written", e);
        }
    }
}
