package dev.slipway.provider.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.protocol.ProviderException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A policy as a JSON tree, for the change of one statement: every other statement stays exactly as it was written, even where this
 * program doesn't understand it.
 */
final class PolicyText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode document;

    private PolicyText(ObjectNode document) {
        this.document = document;
    }

    static PolicyText empty() {
        return new PolicyText(JSON.createObjectNode().put("Version", "2012-10-17"));
    }

    /** @throws ProviderException when the text is no JSON object */
    static PolicyText parse(String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode document) {
                return new PolicyText(document);
            }
            throw new ProviderException("the repository's policy is no JSON object");
        } catch (JsonProcessingException e) {
            throw new ProviderException("the repository's policy is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    Optional<JsonNode> statement(String sid) {
        for (JsonNode statement : normal().withArray("Statement")) {
            if (statement.path("Sid").asText().equals(sid)) {
                return Optional.of(statement);
            }
        }
        return Optional.empty();
    }

    /** The policy with {@code statement} in the place of the one with its Sid, or at the end. */
    PolicyText with(String sid, ObjectNode statement) {
        ObjectNode copy = normal();
        ArrayNode statements = copy.withArray("Statement");
        for (int i = 0; i < statements.size(); i++) {
            if (statements.get(i).path("Sid").asText().equals(sid)) {
                statements.set(i, statement);
                return new PolicyText(copy);
            }
        }
        statements.add(statement);
        return new PolicyText(copy);
    }

    /** The policy without the statement; empty when nothing is left. */
    Optional<PolicyText> without(String sid) {
        ObjectNode copy = normal();
        ArrayNode statements = copy.withArray("Statement");
        for (int i = statements.size() - 1; i >= 0; i--) {
            if (statements.get(i).path("Sid").asText().equals(sid)) {
                statements.remove(i);
            }
        }
        return statements.isEmpty() ? Optional.empty() : Optional.of(new PolicyText(copy));
    }

    String text() {
        return document.toString();
    }

    /** The repository ARNs that a pull policy names; none for a text that is no policy. */
    static List<String> resources(String policy) {
        var arns = new TreeSet<String>();
        try {
            JsonNode tree = JSON.readTree(policy);
            tree.findValues("Resource").forEach(resource -> {
                if (resource.isArray()) {
                    resource.forEach(one -> arns.add(one.asText()));
                } else {
                    arns.add(resource.asText());
                }
            });
        } catch (JsonProcessingException e) {
            return List.of();
        }
        arns.remove("*");
        return List.copyOf(arns);
    }

    /** A copy whose Statement is a list: the policy language also allows a single one. */
    private ObjectNode normal() {
        ObjectNode copy = document.deepCopy();
        if (copy.path("Statement") instanceof ObjectNode single) {
            copy.putArray("Statement").add(single);
        } else {
            copy.withArray("Statement");
        }
        return copy;
    }
}
