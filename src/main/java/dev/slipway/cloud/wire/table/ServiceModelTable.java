package dev.slipway.cloud.wire.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the table that {@code ServiceModel} in {@code cloud.wire} reads, from one of AWS's published service models
 * ({@code service-2.json}, as it comes with botocore and the AWS CLI) that {@link ModelCheck} has found sound.
 */
public final class ServiceModelTable {
    /** Marked by what the services answer, not by their models: IAM does not repeat a role's description. */
    private static final Set<String> SECRET_TOO = Set.of("iam:roleDescriptionType");

    private final JsonNode model;
    private final JsonNode shapes;
    private final String service;
    private final Map<String, Boolean> constrained = new HashMap<>();
    private final Set<String> written = new TreeSet<>();
    private final List<String> lines = new ArrayList<>();

    private ServiceModelTable(JsonNode model) {
        this.model = model;
        this.shapes = model.get("shapes");
        this.service = model.at("/metadata/endpointPrefix").asText();
    }

    /** A table's lines, without their ends. */
    public static List<String> of(JsonNode model) {
        return new ServiceModelTable(model).lines();
    }

    private List<String> lines() {
        lines.add("# " + model.at("/metadata/serviceFullName").asText() + ", API version "
                + model.at("/metadata/apiVersion").asText()
                + ". Facts from AWS's published service model. See ServiceModel.");
        Set<String> inputs = new LinkedHashSet<>();
        sorted(model.get("operations")).forEach((name, operation) -> {
            String input = operation.at("/input/shape").asText("");
            lines.add("operation " + name + " " + (isConstrained(input) ? input : "-")
                    + (operation.has("output") ? " result" : ""));
            inputs.add(input);
        });
        sorted(shapes).forEach(this::error);
        inputs.forEach(this::write);
        return lines;
    }

    private static Map<String, JsonNode> sorted(JsonNode object) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        object.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private void error(String name, JsonNode shape) {
        if (!shape.path("exception").asBoolean()) {
            return;
        }
        int usual = shape.path("fault").asBoolean() ? 500 : 400;
        lines.add("error " + name + " " + shape.at("/error/code").asText(name) + " "
                + shape.at("/error/httpStatusCode").asInt(usual));
    }

    /** Whether anything about a shape, or inside it, is constrained. A shape that contains itself is, if anything else in it is. */
    private boolean isConstrained(String name) {
        JsonNode shape = shapes.get(name);
        if (shape == null) {
            return false;
        }
        Boolean known = constrained.get(name);
        if (known != null) {
            return known;
        }
        constrained.put(name, false);
        boolean own = shape.has("min")
                || shape.has("max")
                || shape.has("enum")
                || pattern(shape) != null
                || shape.path("sensitive").asBoolean()
                || shape.path("required").size() > 0;
        boolean inside = parts(shape).stream().anyMatch(this::isConstrained);
        constrained.put(name, own || inside);
        return own || inside;
    }

    static List<String> parts(JsonNode shape) {
        List<String> parts = new ArrayList<>();
        for (String part : List.of("member", "key", "value")) {
            if (shape.has(part)) {
                parts.add(shape.get(part).get("shape").asText());
            }
        }
        shape.path("members").forEach(member -> parts.add(member.get("shape").asText()));
        return parts;
    }

    /** A pattern that takes everything on one line says nothing about what the service does with two lines. */
    private static @Nullable String pattern(JsonNode shape) {
        String pattern = shape.path("pattern").asText("");
        return pattern.isEmpty() || pattern.equals(".*") ? null : pattern;
    }

    private void write(String name) {
        if (!isConstrained(name) || !written.add(name)) {
            return;
        }
        JsonNode shape = shapes.get(name);
        String type = shape.get("type").asText();
        switch (type) {
            case "structure" -> lines.add("structure " + name + members(shape));
            case "string", "blob" -> lines.add(type + " " + name + facts(name, shape, "length"));
            case "integer", "long", "float", "double" -> lines.add("number " + name + facts(name, shape, "range"));
            case "list" ->
                lines.add("list " + name + facts(name, shape, "length") + " of=" + reference(shape, "member"));
            case "map" ->
                lines.add("map " + name + facts(name, shape, "length") + " key=" + reference(shape, "key") + " of="
                        + reference(shape, "value"));
            default -> throw new IllegalStateException("constraints on a " + type + ": " + name);
        }
        parts(shape).forEach(this::write);
    }

    private String reference(JsonNode shape, String part) {
        String name = shape.get(part).get("shape").asText();
        return isConstrained(name) ? name : "-";
    }

    private String members(JsonNode shape) {
        Set<String> required = new TreeSet<>();
        shape.path("required").forEach(name -> required.add(name.asText()));
        StringBuilder members = new StringBuilder();
        shape.get("members").properties().forEach(member -> {
            String of = member.getValue().get("shape").asText();
            if (required.contains(member.getKey()) || isConstrained(of)) {
                members.append(' ')
                        .append(member.getKey())
                        .append(required.contains(member.getKey()) ? "!=" : "=")
                        .append(isConstrained(of) ? of : "-");
            }
        });
        return members.toString();
    }

    private String facts(String name, JsonNode shape, String bounds) {
        StringBuilder facts = new StringBuilder();
        if (shape.path("sensitive").asBoolean() || SECRET_TOO.contains(service + ":" + name)) {
            facts.append(" secret");
        }
        if (shape.has("min") || shape.has("max")) {
            facts.append(' ')
                    .append(bounds)
                    .append('=')
                    .append(shape.path("min").asText(""))
                    .append("..")
                    .append(shape.path("max").asText(""));
        }
        if (shape.has("enum")) {
            List<String> values = new ArrayList<>();
            shape.get("enum").forEach(value -> values.add(value.asText()));
            facts.append(" enum=").append(String.join("|", values));
        } else if (pattern(shape) != null) {
            facts.append(" pattern=").append(pattern(shape));
        }
        return facts.toString();
    }
}
