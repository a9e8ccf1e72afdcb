package dev.slipway.cli.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Changes a stack's file in place; nothing is written before {@link #save}. */
public final class StackFileEdit {
    private static final String CONFIG = "config";

    private final Path file;
    private final Project project;
    private String text;
    private ObjectNode tree;

    private StackFileEdit(Path file, Project project, String text, ObjectNode tree) {
        this.file = file;
        this.project = project;
        this.text = text;
        this.tree = tree;
    }

    /** An absent file is an empty one. */
    public static StackFileEdit of(Project project, String stack) {
        Path file = project.stackFile(stack);
        try {
            return Files.exists(file)
                    ? new StackFileEdit(file, project, Files.readString(file), YamlFile.read(file))
                    : new StackFileEdit(file, project, "", JsonNodeFactory.instance.objectNode());
        } catch (IOException e) {
            throw new ProjectProblem(file + ": can't be read: " + e.getMessage());
        }
    }

    /** @throws ProjectProblem when something on the way to the value is of another kind */
    public void set(ConfigKey key, JsonNode value) {
        List<Object> path = path(key);
        ObjectNode changed = tree.deepCopy();
        JsonNode at = changed;
        for (int i = 0; i < path.size() - 1; i++) {
            at = step(key, at, path.get(i), path.get(i + 1));
        }
        put(key, at, path.get(path.size() - 1), value);
        apply(path, changed);
    }

    /** The value on the way, made when it is not there. */
    private JsonNode step(ConfigKey key, JsonNode at, Object segment, Object next) {
        JsonNode child = segment instanceof Integer position ? at.path(position) : at.path((String) segment);
        if (child.isMissingNode() || child.isNull()) {
            JsonNode made = next instanceof Integer
                    ? JsonNodeFactory.instance.arrayNode()
                    : JsonNodeFactory.instance.objectNode();
            put(key, at, segment, made);
            return made;
        }
        return child;
    }

    private void put(ConfigKey key, JsonNode at, Object segment, JsonNode value) {
        if (at instanceof ObjectNode object && segment instanceof String name && !StackFile.isSecure(object)) {
            object.set(name, value);
        } else if (at instanceof ArrayNode list && segment instanceof Integer position && position <= list.size()) {
            if (position == list.size()) {
                list.add(value);
            } else {
                list.set(position, value);
            }
        } else {
            throw new ProjectProblem(
                    "could not set config `" + key.full() + "`: at `" + segment + "` " + found(at, segment));
        }
    }

    private static String found(JsonNode at, Object segment) {
        if (at instanceof ArrayNode list && segment instanceof Integer) {
            return "the list has " + list.size() + " items, so the next position is " + list.size();
        }
        String expected = segment instanceof Integer ? "a list" : "an object";
        String what = at instanceof ObjectNode object && StackFile.isSecure(object)
                ? "a secret"
                : at.isArray() ? "a list" : at.isObject() ? "an object" : "`" + at.asText() + "`";
        return "expected " + expected + ", got " + what;
    }

    /** Says whether there was anything to remove. */
    public boolean remove(ConfigKey key) {
        List<Object> path = path(key);
        ObjectNode changed = tree.deepCopy();
        JsonNode at = changed;
        for (Object segment : path.subList(0, path.size() - 1)) {
            at = segment instanceof Integer position ? at.path(position) : at.path((String) segment);
        }
        Object last = path.get(path.size() - 1);
        boolean there = last instanceof Integer position ? at.has(position) : at.has((String) last);
        if (!there) {
            return false;
        }
        if (at instanceof ArrayNode list && last instanceof Integer position) {
            list.remove(position);
            // What follows moves up, so the whole list is written again.
            apply(path.subList(0, path.size() - 1), changed);
        } else {
            ((ObjectNode) at).remove((String) last);
            apply(path, changed);
        }
        return true;
    }

    /** The salt behind the file's secrets. */
    public void encryptionSalt(String salt) {
        if (!tree.path("encryptionsalt").asText().equals(salt)) {
            ObjectNode changed = tree.deepCopy();
            changed.set("encryptionsalt", TextNode.valueOf(salt));
            apply(List.of("encryptionsalt"), changed);
        }
    }

    private void apply(List<Object> path, ObjectNode changed) {
        text = YamlText.edit(text, path, changed);
        tree = changed;
    }

    /** A key of the project may stand in the file without its namespace. */
    private List<Object> path(ConfigKey key) {
        boolean bare = key.namespace().equals(project.name())
                && !tree.path(CONFIG).has(key.full())
                && tree.path(CONFIG).has(key.name());
        List<Object> path = new ArrayList<>(List.of(CONFIG, bare ? key.name() : key.full()));
        path.addAll(key.path());
        return path;
    }

    public void save() {
        try {
            Files.createDirectories(project.stackDirectory());
            Path real = Files.exists(file) ? file.toRealPath() : file;
            Path fresh = real.resolveSibling("." + real.getFileName() + ".new");
            Files.writeString(fresh, text);
            Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ProjectProblem(file + ": can't be written: " + e.getMessage());
        }
    }
}
