package dev.slipway.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
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
        String kind,
        Instant started,
        Instant ended,
        Circumstances circumstances,
        String result,
        Map<String, Integer> changes) {
    public UpdateRecord {
        changes = Map.copyOf(changes);
    }

    static UpdateRecord of(JsonNode node) {
        Map<String, String> environment = new TreeMap<>();
        node.path("environment")
                .properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        Map<String, JsonNode> config = new TreeMap<>();
        node.path("config").properties().forEach(entry -> config.put(entry.getKey(), entry.getValue()));
        Map<String, Integer> changes = new TreeMap<>();
        node.path("resourceChanges")
                .properties()
                .forEach(
                        change -> changes.put(change.getKey(), change.getValue().asInt()));
        return new UpdateRecord(
                node.path("kind").asText(),
                Instant.ofEpochSecond(node.path("startTime").asLong()),
                Instant.ofEpochSecond(node.path("endTime").asLong()),
                new Circumstances(node.path("message").asText(), environment, config),
                node.path("result").asText(),
                changes);
    }

    String json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", kind).put("startTime", started.getEpochSecond()).put("message", circumstances.message());
        ObjectNode environment = node.putObject("environment");
        circumstances.environment().forEach(environment::put);
        ObjectNode config = node.putObject("config");
        circumstances.config().forEach(config::set);
        node.put("result", result).put("endTime", ended.getEpochSecond());
        ObjectNode counts = node.putObject("resourceChanges");
        new TreeMap<>(changes).forEach(counts::put);
        return node.toString();
    }
}
