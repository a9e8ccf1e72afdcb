package dev.slipway.tour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/**
 * What a client made of an answer: the members of the output, or {@code code}, {@code status} and {@code message} of an error, or why
 * the client did not send the call at all.
 *
 * @param members the paths of the members that the output can have in the client's own model of the operation, which may be older than ours; empty
 *     when the client shows whatever comes
 */
record Told(Kind kind, JsonNode said, Set<String> members) {
    Told(Kind kind, JsonNode said) {
        this(kind, said, Set.of());
    }

    enum Kind {
        ANSWER,
        ERROR,
        REFUSED
    }

    static Told answer(JsonNode output) {
        return new Told(Kind.ANSWER, output);
    }

    static Told error(String code, int status, String message) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        return new Told(Kind.ERROR, said.put("code", code).put("status", status).put("message", message));
    }

    /** From the line that a client's script prints. */
    static Told parse(JsonNode line) {
        for (Kind kind : Kind.values()) {
            JsonNode said = line.get(kind.name().toLowerCase(java.util.Locale.ROOT));
            if (said != null) {
                Set<String> members = new HashSet<>();
                line.path("members").forEach(name -> members.add(name.asText()));
                return new Told(kind, said, members);
            }
        }
        throw new IllegalArgumentException("neither answer, error nor refused: " + line);
    }

    /** Another client's answer without the members that this client has never heard of, and so does not show. */
    JsonNode asFarAsKnown(JsonNode other) {
        return members.isEmpty() ? other : asFarAsKnown(other, said, "");
    }

    private JsonNode asFarAsKnown(JsonNode other, JsonNode mine, String path) {
        if (other instanceof ObjectNode object && mine instanceof ObjectNode shown) {
            ObjectNode known = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(member -> {
                String name = member.getKey();
                if (shown.has(name)) {
                    known.set(name, asFarAsKnown(member.getValue(), shown.get(name), path + name + "."));
                } else if (members.contains(path + name)) {
                    known.set(name, member.getValue());
                }
            });
            return known;
        }
        if (other instanceof ArrayNode array && mine instanceof ArrayNode shown && array.size() == shown.size()) {
            ArrayNode known = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < array.size(); i++) {
                known.add(asFarAsKnown(array.get(i), shown.get(i), path));
            }
            return known;
        }
        return other;
    }
}
