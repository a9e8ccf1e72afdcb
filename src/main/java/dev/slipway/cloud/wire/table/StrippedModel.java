package dev.slipway.cloud.wire.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A service model without what no table needs: documentation, what an answer looks like, how to reach the service. It is a service model
 * itself, so to strip it again changes nothing. Written with one operation or shape a line, in the order of their names.
 */
final class StrippedModel {
    private static final List<String> METADATA =
            List.of("apiVersion", "endpointPrefix", "serviceFullName", "serviceId", "uid");
    private static final List<String> SHAPE = List.of(
            "type", "required", "members", "member", "key", "value", "min", "max", "pattern", "enum", "sensitive");
    private static final List<String> ERROR = List.of("type", "exception", "fault", "error");

    private final JsonNode model;

    StrippedModel(JsonNode model) {
        this.model = model;
    }

    /** What the SDK's package is called and the table of this service: {@code CloudWatch Logs} is {@code cloudwatchlogs}. */
    static String name(JsonNode model) {
        return model.at("/metadata/serviceId").asText().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    String text() {
        return "{\n\"metadata\":" + only(METADATA, model.get("metadata")) + ",\n\"operations\":"
                + lines(model.get("operations").properties().stream()
                        .map(entry -> line(entry.getKey(), operation(entry.getValue())))
                        .toList())
                + ",\n\"shapes\":" + lines(shapes()) + "\n}\n";
    }

    private static String lines(List<String> lines) {
        return "{\n" + String.join(",\n", lines.stream().sorted().toList()) + "\n}";
    }

    private static String line(String name, JsonNode facts) {
        return "\"" + name + "\":" + facts;
    }

    private static ObjectNode only(List<String> facts, JsonNode from) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (String fact : facts) {
            if (from.has(fact)) {
                kept.set(fact, from.get(fact));
            }
        }
        return kept;
    }

    private static JsonNode reference(JsonNode part) {
        return only(List.of("shape"), part);
    }

    private static JsonNode operation(JsonNode operation) {
        ObjectNode kept = only(List.of("input", "output"), operation);
        kept.properties().forEach(part -> part.setValue(reference(part.getValue())));
        return kept;
    }

    private List<String> shapes() {
        Set<String> asked = new HashSet<>();
        model.get("operations")
                .forEach(operation -> reach(operation.at("/input/shape").asText(), asked));
        List<String> lines = new ArrayList<>();
        model.get("shapes").properties().forEach(entry -> {
            JsonNode shape = entry.getValue();
            if (shape.path("exception").asBoolean()) {
                lines.add(line(entry.getKey(), error(shape)));
            } else if (asked.contains(entry.getKey())) {
                lines.add(line(entry.getKey(), shape(shape)));
            }
        });
        return lines;
    }

    private void reach(String name, Set<String> reached) {
        JsonNode shape = model.get("shapes").path(name);
        if (!shape.isMissingNode() && reached.add(name)) {
            ServiceModelTable.parts(shape).forEach(part -> reach(part, reached));
        }
    }

    private static JsonNode error(JsonNode shape) {
        ObjectNode kept = only(ERROR, shape);
        if (kept.has("error")) {
            kept.set("error", only(List.of("code", "httpStatusCode"), kept.get("error")));
        }
        return kept;
    }

    private static JsonNode shape(JsonNode shape) {
        ObjectNode kept = only(SHAPE, shape);
        for (String part : List.of("member", "key", "value")) {
            if (kept.has(part)) {
                kept.set(part, reference(kept.get(part)));
            }
        }
        if (kept.has("members")) {
            ObjectNode members = JsonNodeFactory.instance.objectNode();
            kept.get("members")
                    .properties()
                    .forEach(member -> members.set(member.getKey(), reference(member.getValue())));
            kept.set("members", members);
        }
        return kept;
    }
}
