package dev.slipway.cli.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.project.Project.Declaration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

final class ProjectReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    private final Path file;
    private final ObjectNode yaml;
    private final List<String> problems = new ArrayList<>();

    private ProjectReader(Path file) {
        this.file = file;
        this.yaml = YamlFile.read(file);
    }

    static Project find(Path directory) {
        for (Path at = directory; at != null; at = at.getParent()) {
            for (String name : List.of("Pulumi.yaml", "Pulumi.yml")) {
                if (Files.isRegularFile(at.resolve(name))) {
                    return new ProjectReader(at.resolve(name)).read(at);
                }
            }
        }
        throw new ProjectProblem("no Pulumi.yaml found in " + directory
                + " or any directory above it; run slipway in a project, or name one with -C DIRECTORY");
    }

    private Project read(Path root) {
        String name = yaml.path("name").asText("");
        if (!NAME.matcher(name).matches()) {
            problems.add("name: expected 1 to 100 letters, digits, `_`, `.` or `-`, "
                    + (yaml.has("name") ? "got `" + name + "`" : "but there is no `name`"));
        }
        JsonNode runtime = yaml.path("runtime");
        String language =
                runtime.isTextual() ? runtime.asText() : runtime.path("name").asText("");
        if (!language.equals("java")) {
            problems.add("runtime: slipway runs `java` programs, got `" + language
                    + "`; use `pulumi up` for other languages");
        }
        Optional<Path> binary = text(runtime.path("options").path("binary")).map(root::resolve);
        Path stacks = text(yaml.path("stackConfigDir")).map(root::resolve).orElse(root);
        Map<String, Declaration> declared = declarations(name);
        Map<String, Path> providers = providers(root);
        if (!problems.isEmpty()) {
            throw new ProjectProblem(file + " can't be used:", problems);
        }
        return new Project(
                name,
                file,
                binary,
                text(runtime.path("options").path("use-executor")),
                stacks.normalize(),
                text(yaml.path("backend").path("url")),
                providers,
                declared);
    }

    private Map<String, Path> providers(Path root) {
        var providers = new LinkedHashMap<String, Path>();
        int position = 0;
        for (JsonNode plugin : yaml.path("plugins").path("providers")) {
            String place = "plugins.providers[" + position++ + "]";
            Optional<String> name = text(plugin.path("name"));
            Optional<String> path = text(plugin.path("path"));
            if (name.isEmpty() || path.isEmpty()) {
                problems.add(place + ": expected `name` and `path`");
            } else {
                providers.put(name.get(), root.resolve(path.get()).normalize());
            }
        }
        return providers;
    }

    private Map<String, Declaration> declarations(String project) {
        var declared = new LinkedHashMap<String, Declaration>();
        yaml.path("config").properties().forEach(entry -> {
            String key = entry.getKey().startsWith(project + ":")
                    ? entry.getKey().substring(project.length() + 1)
                    : entry.getKey();
            if (key.contains(":")) {
                return;
            }
            JsonNode value = entry.getValue();
            JsonNode fallback = value.isObject() ? value.path("default") : value;
            declared.put(
                    key,
                    new Declaration(
                            type(value, fallback),
                            fallback.isMissingNode() || fallback.isNull()
                                    ? Optional.empty()
                                    : Optional.of(fallback.isValueNode() ? fallback.asText() : fallback.toString()),
                            value.path("secret").asBoolean(false)));
        });
        return declared;
    }

    /** Pulumi's schema has no name for objects; a default that is one tells it. */
    private static String type(JsonNode value, JsonNode fallback) {
        if (value.isObject() && value.has("type")) {
            return value.path("type").asText();
        }
        return fallback.isObject() ? "object" : fallback.isArray() ? "array" : "any";
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() && !node.asText().isEmpty() ? Optional.of(node.asText()) : Optional.empty();
    }
}
