package dev.slipway.engine.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The tags of a stack, in the file beside its record that Pulumi keeps them in. */
record StackTags(Path file, Disk disk) {
    private static final int VERSION = 1;

    Map<String, String> read() {
        var tags = new TreeMap<String, String>();
        if (!Files.exists(file)) {
            return tags;
        }
        try {
            JsonNode root = PropertyJson.MAPPER.readTree(Files.readString(file));
            int version = root.path("version").asInt(VERSION);
            if (version != VERSION) {
                throw new StateException(file + " has version " + version + "; only 1 can be used here.");
            }
            root.path("tags")
                    .properties()
                    .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
            return tags;
        } catch (IOException e) {
            throw new StateException(file + " can't be read: " + e.getMessage(), e);
        }
    }

    /** Without any tag there is no file. */
    void write(Map<String, String> tags) {
        try {
            if (tags.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            ObjectNode root = JsonNodeFactory.instance.objectNode().put("version", VERSION);
            ObjectNode all = root.putObject("tags");
            new TreeMap<>(tags).forEach(all::put);
            disk.replace(file, root.toPrettyString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StateException(file + " can't be written: " + e.getMessage(), e);
        }
    }
}
