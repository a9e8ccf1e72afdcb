package dev.slipway.cloud.wire.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What keeps a service model from becoming a table that {@code cloud.wire} can read. */
final class ModelCheck {
    /** The parts that a shape of each type must have. */
    private static final Map<String, Set<String>> TYPES = Map.ofEntries(
            Map.entry("structure", Set.of("members")),
            Map.entry("list", Set.of("member")),
            Map.entry("map", Set.of("key", "value")),
            Map.entry("string", Set.of()),
            Map.entry("blob", Set.of()),
            Map.entry("integer", Set.of()),
            Map.entry("long", Set.of()),
            Map.entry("float", Set.of()),
            Map.entry("double", Set.of()),
            Map.entry("boolean", Set.of()),
            Map.entry("timestamp", Set.of()));

    private static final Set<String> NEVER_CONSTRAINED = Set.of("boolean", "timestamp");
    private static final List<String> CONSTRAINTS = List.of("min", "max", "pattern", "enum", "sensitive");
    private static final Pattern WORD = Pattern.compile("(?!-$)[^\\s|=!]+");

    private final JsonNode shapes;
    private final List<String> problems = new ArrayList<>();

    private ModelCheck(JsonNode model) {
        this.shapes = model.path("shapes");
    }

    /** Everything that is wrong, a sentence each, with the name of the operation or the shape. */
    static List<String> problems(JsonNode model) {
        ModelCheck check = new ModelCheck(model);
        for (String fact : List.of("serviceFullName", "serviceId", "apiVersion", "endpointPrefix", "uid")) {
            check.demand(model.path("metadata").path(fact).isTextual(), "metadata: there is no " + fact);
        }
        check.demand(!model.path("operations").isEmpty(), "there are no operations");
        model.path("operations").properties().forEach(entry -> check.operation(entry.getKey(), entry.getValue()));
        check.shapes.properties().forEach(entry -> check.shape(entry.getKey(), entry.getValue()));
        return check.problems;
    }

    private void demand(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    private void operation(String name, JsonNode operation) {
        word("operation " + name, "its name", name);
        if (operation.has("input")) {
            reference("operation " + name, "its input", operation.get("input"));
        }
    }

    private void shape(String name, JsonNode shape) {
        String of = "shape " + name;
        word(of, "its name", name);
        String type = shape.path("type").asText();
        demand(TYPES.containsKey(type), of + ": the type \"" + type + "\" is not known; known are " + known());
        if (shape.path("exception").asBoolean()) {
            error(of, shape);
            return;
        }
        for (String part : TYPES.getOrDefault(type, Set.of())) {
            demand(shape.path(part).isObject(), of + ": a " + type + " has " + part + ", this one has not");
        }
        for (String part : List.of("member", "key", "value")) {
            if (shape.has(part)) {
                reference(of, "its " + part, shape.get(part));
            }
        }
        members(of, shape);
        constraints(of, type, shape);
    }

    private static String known() {
        return String.join(", ", TYPES.keySet().stream().sorted().toList());
    }

    private void error(String of, JsonNode shape) {
        word(of, "its code", shape.at("/error/code").asText("none"));
        int status = shape.at("/error/httpStatusCode").asInt(400);
        demand(status >= 400 && status < 600, of + ": " + status + " is no status of an error");
    }

    private void members(String of, JsonNode shape) {
        shape.path("members").properties().forEach(member -> {
            word(of, "a member's name", member.getKey());
            reference(of, "its member " + member.getKey(), member.getValue());
        });
        shape.path("required")
                .forEach(member -> demand(
                        shape.path("members").has(member.asText()),
                        of + ": it requires " + member.asText() + ", which is none of its members"));
    }

    private void constraints(String of, String type, JsonNode shape) {
        for (String constraint : CONSTRAINTS) {
            demand(
                    !shape.has(constraint) || !NEVER_CONSTRAINED.contains(type),
                    of + ": " + constraint + " says nothing of a " + type);
        }
        for (String bound : List.of("min", "max")) {
            demand(
                    !shape.has(bound)
                            || shape.get(bound).canConvertToLong()
                                    && shape.get(bound).isIntegralNumber(),
                    of + ": its " + bound + " is no whole number: " + shape.path(bound));
        }
        demand(
                !shape.has("min")
                        || !shape.has("max")
                        || shape.get("min").asLong() <= shape.get("max").asLong(),
                of + ": its min " + shape.path("min") + " is above its max " + shape.path("max"));
        shape.path("enum").forEach(value -> word(of, "a value of its enumeration", value.asText()));
        if (shape.has("pattern")) {
            pattern(of, shape.get("pattern").asText());
        }
    }

    private void pattern(String of, String pattern) {
        try {
            Pattern.compile(pattern);
            demand(pattern.lines().count() <= 1, of + ": its pattern has more than one line: " + pattern);
        } catch (PatternSyntaxException wrong) {
            problems.add(of + ": its pattern is none of Java: " + pattern + " (" + wrong.getDescription() + ")");
        }
    }

    private void reference(String of, String what, JsonNode part) {
        String name = part.path("shape").asText();
        demand(shapes.has(name), of + ": " + what + " is of the shape \"" + name + "\", which the model has not");
    }

    /** A table's line is words with a blank between them. */
    private void word(String of, String what, String word) {
        demand(WORD.matcher(word).matches(), of + ": " + what + " can't be said in a table: \"" + word + "\"");
    }
}
