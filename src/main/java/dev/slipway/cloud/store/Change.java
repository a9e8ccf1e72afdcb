package dev.slipway.cloud.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One line of a journal.
 *
 * @param document what stands under the key from now on; null when nothing does
 */
record Change(String table, String key, @Nullable JsonNode document) {
    byte[] line() {
        ObjectNode line = Documents.MAPPER.createObjectNode().put("t", table).put("k", key);
        if (document != null) {
            line.set("d", document);
        }
        try {
            return Documents.MAPPER.writeValueAsBytes(line);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @throws IOException when this is no line of a journal */
    static Change parse(byte[] line) throws IOException {
        JsonNode parsed = Documents.MAPPER.readTree(line);
        if (parsed == null || !parsed.path("t").isTextual() || !parsed.path("k").isTextual()) {
            throw new IOException("not a change");
        }
        return new Change(parsed.get("t").textValue(), parsed.get("k").textValue(), parsed.get("d"));
    }
}
