package dev.slipway.cli.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.cli.project.Project.Declaration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A stack's configuration file, {@code Pulumi.STACK.yaml}. */
public final class StackFile {
    private static final Set<String> KNOWN = Set.of("config", "encryptionsalt", "secretsprovider", "environment");

    private final Path file;
    private final ObjectNode yaml;

    private StackFile(Path file, ObjectNode yaml) {
        this.file = file;
        this.yaml = yaml;
    }

    /** Reads a stack's file; an absent one is an empty one. */
    public static StackFile read(Path file) {
        return new StackFile(file, Files.exists(file) ? YamlFile.read(file) : JsonNodeFactory.instance.objectNode());
    }

    /** The salt behind the file's {@code secure} values ({@code encryptionsalt}). */
    public Optional<String> encryptionSalt() {
        return yaml.path("encryptionsalt").isTextual()
                ? Optional.of(yaml.path("encryptionsalt").asText())
                : Optional.empty();
    }

    /** Whether any value is encrypted, so that a passphrase is needed. */
    public boolean hasSecrets() {
        return isSecret(yaml.path("config"));
    }

    /**
     * The configuration as it stands, by full key, with the project's defaults; nothing is judged, and secrets stay encrypted.
     *
     * @see #isSecret
     */
    public Map<String, JsonNode> entries(Project project) {
        var entries = new TreeMap<String, JsonNode>();
        project.declared().forEach((key, declaration) -> declaration
                .fallback()
                .ifPresent(fallback -> entries.put(project.name() + ":" + key, TextNode.valueOf(fallback))));
        entries.putAll(own(project));
        return entries;
    }

    /** What the file itself says, by full key. */
    public Map<String, JsonNode> own(Project project) {
        var entries = new LinkedHashMap<String, JsonNode>();
        yaml.path("config")
                .properties()
                .forEach(entry -> entries.put(fullKey(project, entry.getKey()), entry.getValue()));
        return entries;
    }

    private static String fullKey(Project project, String key) {
        return key.contains(":") ? key : project.name() + ":" + key;
    }

    /**
     * The configuration with the project's defaults, in clear.
     *
     * @param decrypt turns the text of a {@code secure} value into what it hides
     * @throws ProjectProblem with every unknown key and every value of a wrong type
     */
    public StackConfig resolve(Project project, UnaryOperator<String> decrypt) {
        var problems = new ArrayList<String>();
        yaml.fieldNames().forEachRemaining(key -> {
            if (!KNOWN.contains(key)) {
                problems.add(key + ": unknown key; expected one of " + new TreeSet<>(KNOWN));
            }
        });
        var values = new TreeMap<String, String>();
        var secrets = new TreeSet<String>();
        project.declared()
                .forEach((key, declaration) ->
                        declaration.fallback().ifPresent(fallback -> values.put(project.name() + ":" + key, fallback)));
        JsonNode config = yaml.path("config");
        if (!config.isMissingNode() && !config.isNull() && !config.isObject()) {
            problems.add("config: expected keys and values");
        }
        config.properties().forEach(entry -> {
            String key = fullKey(project, entry.getKey());
            checkKey(project, key, entry.getValue(), problems);
            if (isSecret(entry.getValue())) {
                secrets.add(key);
            }
            values.put(key, text(reveal(entry.getValue(), decrypt)));
        });
        if (!problems.isEmpty()) {
            throw new ProjectProblem(file + " can't be used:", problems);
        }
        return new StackConfig(values, secrets);
    }

    private static void checkKey(Project project, String key, JsonNode value, List<String> problems) {
        String namespace = key.substring(0, key.indexOf(':'));
        if (!namespace.equals(project.name()) || project.declared().isEmpty()) {
            return;
        }
        String name = key.substring(key.indexOf(':') + 1);
        Declaration declaration = project.declared().get(name);
        if (declaration == null) {
            problems.add(key + ": unknown configuration key"
                    + Nearest.of(name, project.declared().keySet())
                            .map(near -> "; did you mean " + namespace + ":" + near + "?")
                            .orElse("; Pulumi.yaml declares "
                                    + String.join(
                                            ", ",
                                            new TreeSet<>(project.declared().keySet()))));
        } else if (!isSecret(value) && !fits(declaration.type(), value)) {
            problems.add(key + ": expected " + declaration.type() + ", got `" + text(value) + "`");
        }
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "integer" -> value.isIntegralNumber() || value.asText().matches("-?[0-9]+");
            case "number" -> value.isNumber() || value.asText().matches("-?[0-9]+(\\.[0-9]+)?");
            case "boolean" -> value.isBoolean() || value.asText().matches("true|false");
            case "object" -> value.isObject() || value.asText().startsWith("{");
            case "array" -> value.isArray() || value.asText().startsWith("[");
            case "string" -> value.isValueNode();
            default -> true;
        };
    }

    /** Whether it is, or holds, an encrypted value. */
    public static boolean isSecret(JsonNode node) {
        if (isSecure(node)) {
            return true;
        }
        for (JsonNode child : node) {
            if (isSecret(child)) {
                return true;
            }
        }
        return false;
    }

    static boolean isSecure(JsonNode node) {
        return node.isObject() && node.size() == 1 && node.path("secure").isTextual();
    }

    /** The value with everything encrypted in it put through {@code decrypt}. */
    public static JsonNode reveal(JsonNode node, UnaryOperator<String> decrypt) {
        return secrets(node, ciphertext -> TextNode.valueOf(decrypt.apply(ciphertext)));
    }

    /** The value with everything encrypted in it encrypted anew. */
    public static JsonNode recrypt(JsonNode node, UnaryOperator<String> again) {
        return secrets(
                node, ciphertext -> JsonNodeFactory.instance.objectNode().put("secure", again.apply(ciphertext)));
    }

    private static JsonNode secrets(JsonNode node, Function<String, JsonNode> replace) {
        if (isSecure(node)) {
            return replace.apply(node.path("secure").asText());
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(entry -> copy.set(entry.getKey(), secrets(entry.getValue(), replace)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> copy.add(secrets(item, replace)));
            return copy;
        }
        return node;
    }

    /** A value as configuration text: structured ones as JSON. */
    public static String text(JsonNode value) {
        return value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
    }

    /**
     * A stack's configuration in clear.
     *
     * @param values full keys to text; structured values as JSON
     * @param secretKeys the keys whose values are secrets
     */
    public record StackConfig(Map<String, String> values, Set<String> secretKeys) {
        public StackConfig {
            values = Map.copyOf(values);
            secretKeys = Set.copyOf(secretKeys);
        }

        @Override
        public String toString() {
            return "StackConfig" + new TreeSet<>(values.keySet());
        }
    }
}
