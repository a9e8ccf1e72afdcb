package dev.slipway.tour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a client made of an answer: the members of the output, or {@code code}, {@code status} and {@code message} of an error, or why
 * the client did not send the call at all.
 */
record Told(Kind kind, JsonNode said) {
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
                return new Told(kind, said);
            }
        }
        throw new IllegalArgumentException("neither answer, error nor refused: " + line);
    }
}
