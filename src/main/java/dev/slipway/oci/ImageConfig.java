package dev.slipway.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An image's configuration, as far as running it needs.
 *
 * @param entrypoint may be empty; the process is entrypoint and then command
 * @param env {@code KEY=value} entries
 * @param user empty for root; else {@code uid}, {@code uid:gid}, {@code name} or {@code name:group}
 * @param workingDirectory empty for {@code /}
 * @param exposedPorts for example {@code 8080/tcp}
 * @param stopSignal for example {@code SIGTERM}; empty for the default
 * @param diffIds digests of the uncompressed layers, base first
 */
public record ImageConfig(
        String architecture,
        String os,
        List<String> entrypoint,
        List<String> command,
        List<String> env,
        String user,
        String workingDirectory,
        List<String> exposedPorts,
        String stopSignal,
        List<Digest> diffIds) {
    public ImageConfig {
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        env = List.copyOf(env);
        exposedPorts = List.copyOf(exposedPorts);
        diffIds = List.copyOf(diffIds);
    }

    private static final String WHAT = "the image configuration";

    /**
     * Reads the configuration of an image, at most 4 MiB.
     *
     * @throws InvalidContent when it is none, with the place that is wrong
     */
    public static ImageConfig parse(byte[] bytes) {
        JsonNode root = Json.object(WHAT, bytes);
        JsonNode config = root.path("config");
        JsonNode rootfs = root.path("rootfs");
        return new ImageConfig(
                required(root, "architecture"),
                required(root, "os"),
                Json.texts(WHAT, config, "Entrypoint"),
                Json.texts(WHAT, config, "Cmd"),
                environment(config),
                Json.text(WHAT, config, "User"),
                Json.text(WHAT, config, "WorkingDir"),
                exposedPorts(config),
                Json.text(WHAT, config, "StopSignal"),
                Json.texts(WHAT, rootfs, "diff_ids").stream()
                        .map(text -> Json.digest(WHAT + ": `rootfs.diff_ids`", text))
                        .toList());
    }

    /** The configuration as an OCI document, compact, in a fixed order, with no dates. */
    public byte[] toJson() {
        ObjectNode root =
                Json.MAPPER.createObjectNode().put("architecture", architecture).put("os", os);
        ObjectNode config = root.putObject("config");
        putText(config, "User", user);
        if (!exposedPorts.isEmpty()) {
            ObjectNode ports = config.putObject("ExposedPorts");
            exposedPorts.forEach(ports::putObject);
        }
        putTexts(config, "Env", env);
        putTexts(config, "Entrypoint", entrypoint);
        putTexts(config, "Cmd", command);
        putText(config, "WorkingDir", workingDirectory);
        putText(config, "StopSignal", stopSignal);
        ObjectNode rootfs = root.putObject("rootfs").put("type", "layers");
        ArrayNode ids = rootfs.putArray("diff_ids");
        diffIds.forEach(id -> ids.add(id.toString()));
        return Json.bytes(root);
    }

    /** What the image runs on. */
    public Platform platform() {
        return new Platform(os, architecture, "");
    }

    private static String required(JsonNode root, String name) {
        String text = Json.text(WHAT, root, name);
        if (text.isEmpty()) {
            throw new InvalidContent(WHAT + " has no `" + name + "`; is this a container image?");
        }
        return text;
    }

    private static List<String> environment(JsonNode config) {
        List<String> entries = Json.texts(WHAT, config, "Env");
        for (String entry : entries) {
            // A value may hold anything but NUL; quoting the entry could show a secret, so only its place is told.
            if (entry.indexOf('=') < 1 || entry.indexOf('\0') >= 0) {
                throw new InvalidContent(WHAT + ": `config.Env` entry " + entries.indexOf(entry) + " is not KEY=value");
            }
        }
        return entries;
    }

    private static List<String> exposedPorts(JsonNode config) {
        JsonNode ports = config.path("ExposedPorts");
        if (!ports.isObject() && !ports.isMissingNode() && !ports.isNull()) {
            throw new InvalidContent(WHAT + ": `config.ExposedPorts` is not an object");
        }
        List<String> names = new ArrayList<>();
        ports.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void putText(ObjectNode node, String name, String text) {
        if (!text.isEmpty()) {
            node.put(name, text);
        }
    }

    private static void putTexts(ObjectNode node, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode list = node.putArray(name);
            texts.forEach(list::add);
        }
    }
}
