package dev.slipway.provider.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Policy statements as IAM's JSON, and back. */
final class StatementsJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StatementsJson() {}

    static String write(List<PolicyStatement> statements) {
        ObjectNode document = JSON.createObjectNode().put("Version", "2012-10-17");
        ArrayNode written = document.putArray("Statement");
        for (PolicyStatement statement : statements) {
            ObjectNode one = written.addObject();
            if (statement.sid() != null) {
                one.put("Sid", statement.sid());
            }
            one.put(
                    "Effect",
                    statement.effect() == null ? "Allow" : statement.effect().name());
            one.set("Action", JSON.valueToTree(statement.actions()));
            one.set("Resource", JSON.valueToTree(statement.resources()));
            if (statement.conditions() != null && !statement.conditions().isEmpty()) {
                one.set("Condition", JSON.valueToTree(statement.conditions()));
            }
        }
        return document.toString();
    }

    /** Empty for a document that has something which a statement here can't say, for example {@code NotAction}. */
    static Optional<List<PolicyStatement>> read(String document) {
        var statements = new ArrayList<PolicyStatement>();
        try {
            for (JsonNode one : list(JSON.readTree(document).path("Statement"))) {
                if (!one.has("Action") || !one.has("Resource")) {
                    return Optional.empty();
                }
                statements.add(statement(one));
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(List.copyOf(statements));
    }

    private static PolicyStatement statement(JsonNode one) {
        return new PolicyStatement(
                one.has("Sid") ? one.path("Sid").asText() : null,
                one.path("Effect").asText().equals("Allow")
                        ? null
                        : PolicyStatement.Effect.valueOf(one.path("Effect").asText()),
                texts(one.path("Action")),
                texts(one.path("Resource")),
                conditions(one.path("Condition")));
    }

    private static @Nullable Map<String, Map<String, List<String>>> conditions(JsonNode conditions) {
        var read = new LinkedHashMap<String, Map<String, List<String>>>();
        conditions.properties().forEach(operator -> {
            var keys = new LinkedHashMap<String, List<String>>();
            operator.getValue().properties().forEach(key -> keys.put(key.getKey(), texts(key.getValue())));
            read.put(operator.getKey(), keys);
        });
        return read.isEmpty() ? null : read;
    }

    private static List<String> texts(JsonNode node) {
        var texts = new ArrayList<String>();
        list(node).forEach(one -> texts.add(one.asText()));
        return List.copyOf(texts);
    }

    /** The policy language allows one value for a list of one. */
    private static Iterable<JsonNode> list(JsonNode node) {
        return node.isArray() ? node : node.isMissingNode() ? List.of() : List.of(node);
    }
}
