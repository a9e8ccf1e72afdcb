package dev.slipway.stack;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
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
    private final String prefix;
    private final Function<String, @Nullable JsonElement> values;
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
                key -> values.apply(project + ":" + key)
                        .map(JsonPrimitive::new)
                        .orElse(null),
                key -> secret.test(project + ":" + key),
                new ArrayList<>());
    }

    private ConfigObject(
            String prefix,
            Function<String, @Nullable JsonElement> values,
            Predicate<String> secret,
            List<String> problems) {
        this.prefix = prefix;
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
        Optional<ConfigObject> object = object(key, List.of());
        json(key).ifPresent(json -> json.keySet().forEach(name -> object.flatMap(inside -> inside.named(name))
                .ifPresent(text -> texts.put(name, text))));
        return value(key, texts);
    }

    private Optional<String> named(String name) {
        JsonElement element = values.apply(name);
        if (element == null || element.isJsonNull()) {
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
        Optional<JsonObject> json = json(key).filter(object -> object.size() > 0);
        boolean hidden = secret.test(key);
        Optional<ConfigObject> object =
                json.map(members -> new ConfigObject(prefix + key + ".", members::get, name -> hidden, problems));
        if (!known.isEmpty()) {
            json.ifPresent(members -> members.keySet().stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> object.orElseThrow().unknown(name, known)));
        }
        return object;
    }

    private void unknown(String name, List<String> known) {
        String hint = Closest.to(name, known)
                .map(near -> "did you mean " + near + "?")
                .orElse("known are " + String.join(", ", known));
        problem(name, "unknown key; " + hint);
    }

    private Optional<JsonObject> json(String key) {
        JsonElement element = values.apply(key);
        if (element == null || element.isJsonNull()) {
            return Optional.empty();
        }
        if (element.isJsonPrimitive()) {
            String text = element.getAsString();
            if (text.isBlank()) {
                return Optional.empty();
            }
            element = parse(text).orElse(element);
        }
        if (element.isJsonObject()) {
            return Optional.of(element.getAsJsonObject());
        }
        problemOnce(key, "expected an object, lines of `key: value`");
        return Optional.empty();
    }

    private static Optional<JsonElement> parse(String text) {
        try {
            return Optional.of(JsonParser.parseString(text));
        } catch (JsonParseException noJson) {
            return Optional.empty();
        }
    }

    private Optional<String> scalar(String key, String expected) {
        JsonElement element = values.apply(key);
        if (element == null || element.isJsonNull()) {
            return Optional.empty();
        }
        if (element.isJsonPrimitive()) {
            return Optional.of(element.getAsString());
        }
        problem(key, "expected " + expected + ", got " + (element.isJsonArray() ? "a list" : "an object"));
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

    private void problemOnce(String key, String what) {
        if (!problems.contains(prefix + key + ": " + what)) {
            problem(key, what);
        }
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
