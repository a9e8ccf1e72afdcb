package dev.slipway.cloud.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CloudWatch's patterns for messages that are JSON: {@code { $.level = "warn*" && ($.size > 10 || $.user NOT EXISTS) }}. A message that is
 * no JSON never fits.
 */
final class JsonPattern implements Predicate<String> {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(&&|\\|\\||[()]|<=|>=|!=|[=<>])|(\"(?:[^\"\\\\]|\\\\.)*\")|([^\\s()&|=<>!\"]+))\\s*");

    private final Deque<String> tokens = new ArrayDeque<>();
    private final Predicate<JsonNode> test;

    private JsonPattern(String inner) {
        Matcher token = TOKEN.matcher(inner);
        int end = 0;
        while (end < inner.length() && token.find(end) && token.start() == end) {
            tokens.add(token.group().trim());
            end = token.end();
        }
        if (end < inner.length()) {
            throw FilterPattern.invalid();
        }
        test = either();
        if (!tokens.isEmpty()) {
            throw FilterPattern.invalid();
        }
    }

    /** @param text with its braces */
    static JsonPattern parse(String text) {
        if (!text.endsWith("}")) {
            throw FilterPattern.invalid();
        }
        return new JsonPattern(text.substring(1, text.length() - 1).trim());
    }

    @Override
    public boolean test(String message) {
        if (!message.stripLeading().startsWith("{")) {
            return false;
        }
        try {
            return test.test(JSON.readTree(message));
        } catch (JsonProcessingException other) {
            return false;
        }
    }

    private Predicate<JsonNode> either() {
        Predicate<JsonNode> found = both();
        while (took("||")) {
            found = found.or(both());
        }
        return found;
    }

    private Predicate<JsonNode> both() {
        Predicate<JsonNode> found = one();
        while (took("&&")) {
            found = found.and(one());
        }
        return found;
    }

    private Predicate<JsonNode> one() {
        if (took("(")) {
            Predicate<JsonNode> inner = either();
            if (!took(")")) {
                throw FilterPattern.invalid();
            }
            return inner;
        }
        JsonField field = JsonField.parse(next());
        String verb = next().toUpperCase(Locale.ROOT);
        return switch (verb) {
            case "IS" -> {
                String what = next().toUpperCase(Locale.ROOT);
                Predicate<JsonNode> is =
                        switch (what) {
                            case "NULL" -> JsonNode::isNull;
                            case "TRUE" -> value -> value.isBoolean() && value.booleanValue();
                            case "FALSE" -> value -> value.isBoolean() && !value.booleanValue();
                            default -> throw FilterPattern.invalid();
                        };
                yield root -> field.of(root).anyMatch(is);
            }
            case "NOT" -> {
                if (!next().equalsIgnoreCase("EXISTS")) {
                    throw FilterPattern.invalid();
                }
                yield root -> field.of(root).findAny().isEmpty();
            }
            default -> {
                Predicate<JsonNode> compared = JsonComparison.parse(verb, next());
                yield root -> field.of(root).anyMatch(compared);
            }
        };
    }

    private boolean took(String token) {
        boolean there = token.equals(tokens.peek());
        if (there) {
            tokens.remove();
        }
        return there;
    }

    private String next() {
        String token = tokens.poll();
        if (token == null) {
            throw FilterPattern.invalid();
        }
        return token;
    }
}
