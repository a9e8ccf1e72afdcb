package dev.slipway.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.pulumi.exceptions.RunException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Configuration values by key, read leniently in form (a number may be written as text) and strictly in meaning. What is
 * wrong is collected under its path; an empty text or object counts as not given.
 */
final class ConfigObject {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String prefix;
    private final List<String> names;
    private final Function<String, @Nullable JsonNode> values;
    private final Predicate<String> secret;
    private final List<String> problems;

    /**
     * @param project the namespace of the keys
     * @param values the text at a full key ({@code project:key}); objects as JSON
     * @param secret whether the value at a full key must not be shown
     */
    ConfigObject(String project, Function<String, Optional<String>> values, Predicate<String> secret) {
        this(
                project + ":",
                List.of(),
                key -> values.apply(project + ":" + key).map(TextNode::valueOf).orElse(null),
                key -> secret.test(project + ":" + key),
                new ArrayList<>());
    }

    private ConfigObject(
            String prefix,
            List<String> names,
            Function<String, @Nullable JsonNode> values,
            Predicate<String> secret,
            List<String> problems) {
        this.prefix = prefix;
        this.names = names;
        this.values = values;
        this.secret = secret;
        this.problems = problems;
    }

    Optional<ConfigValue<String>> text(String key) {
        return scalar(key, "text").filter(text -> !text.isBlank()).map(text -> value(key, text));
    }

    /** A whole number. */
    Optional<ConfigValue<Integer>> number(String key) {
        return scalar(key, "a whole number").filter(text -> !text.isBlank()).flatMap(text -> {
            try {
                return Optional.of(value(key, new BigDecimal(text.strip()).intValueExact()));
            } catch (ArithmeticException | NumberFormatException bad) {
                problem(key, "expected a whole number" + got(key, text));
                return Optional.empty();
            }
        });
    }

    Optional<ConfigValue<Boolean>> truth(String key) {
        return scalar(key, "true or false").filter(text -> !text.isBlank()).flatMap(text -> {
            if (text.equals("true") || text.equals("false")) {
                return Optional.of(value(key, text.equals("true")));
            }
            problem(key, "expected true or false" + got(key, text));
            return Optional.empty();
        });
    }

    /** Texts by name; numbers and truth values are taken as they are written. Empty when there is none. */
    ConfigValue<Map<String, String>> texts(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(key, List.of())
                .ifPresent(inside ->
                        inside.names.forEach(name -> inside.named(name).ifPresent(text -> texts.put(name, text))));
        return value(key, texts);
    }

    private Optional<String> named(String name) {
        JsonNode element = values.apply(name);
        if (element == null || element.isNull()) {
            problem(name, "has no value; write \"\" for an empty text");
            return Optional.empty();
        }
        return scalar(name, "text");
    }

    /**
     * The object at a key; what it holds under other keys than {@code known} is a problem.
     *
     * @param known the keys it may have; empty for any
     */
    Optional<ConfigObject> object(String key, List<String> known) {
        boolean hidden = secret.test(key);
        Optional<ConfigObject> object = json(key)
                .filter(members -> !members.isEmpty())
                .map(members ->
                        new ConfigObject(prefix + key + ".", names(members), members::get, name -> hidden, problems));
        if (!known.isEmpty()) {
            object.ifPresent(inside -> inside.names.stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> inside.unknown(name, known)));
        }
        return object;
    }

    private static List<String> names(JsonNode members) {
        return members.properties().stream().map(Map.Entry::getKey).toList();
    }

    private void unknown(String name, List<String> known) {
        String hint = Closest.to(name, known)
                .map(near -> "did you mean " + near + "?")
                .orElse("known are " + String.join(", ", known));
        problem(name, "unknown key; " + hint);
    }

    private Optional<JsonNode> json(String key) {
        JsonNode element = values.apply(key);
        if (element == null || element.isNull()) {
            return Optional.empty();
        }
        if (element.isValueNode()) {
            String text = element.asText();
            if (text.isBlank()) {
                return Optional.empty();
            }
            element = parse(text).orElse(element);
        }
        if (element.isObject()) {
            return Optional.of(element);
        }
        problem(key, "expected an object, lines of `key: value`");
        return Optional.empty();
    }

    private static Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JsonProcessingException noJson) {
            return Optional.empty();
        }
    }

    private Optional<String> scalar(String key, String expected) {
        JsonNode element = values.apply(key);
        if (element == null || element.isNull()) {
            return Optional.empty();
        }
        if (element.isValueNode()) {
            return Optional.of(element.asText());
        }
        problem(key, "expected " + expected + ", got " + (element.isArray() ? "a list" : "an object"));
        return Optional.empty();
    }

    private <T> ConfigValue<T> value(String key, T value) {
        return new ConfigValue<>(value, secret.test(key));
    }

    private String got(String key, String text) {
        return secret.test(key) ? "" : ", got `" + text + "`";
    }

    /** Notes what is wrong with the value at a key. */
    void problem(String key, String what) {
        problems.add(prefix + key + ": " + what);
    }

    /** @throws RunException with all problems noted so far, when there are any */
    void throwIfProblems() {
        if (!problems.isEmpty()) {
            String title = problems.size() == 1
                    ? "the stack's configuration has a mistake:"
                    : "the stack's configuration has " + problems.size() + " mistakes:";
            throw new RunException(title + "\n  " + String.join("\n  ", problems));
        }
    }
}
