package dev.slipway.engine.state;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of a stack's history, as Pulumi keeps it.
 *
 * @param kind {@code update}, {@code refresh}, {@code destroy}, …
 * @param result {@code succeeded} or {@code failed}
 * @param changes how many steps of each kind were done, by Pulumi's names
 */
public record UpdateRecord(
        String kind, Instant started, Instant ended, String message, String result, Map<String, Integer> changes) {
    public UpdateRecord {
        changes = Map.copyOf(changes);
    }

    String json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", kind).put("startTime", started.getEpochSecond()).put("message", message);
        node.putObject("environment");
        node.putObject("config");
        node.put("result", result).put("endTime", ended.getEpochSecond());
        ObjectNode counts = node.putObject("resourceChanges");
        new TreeMap<>(changes).forEach(counts::put);
        return node.toString();
    }
}
