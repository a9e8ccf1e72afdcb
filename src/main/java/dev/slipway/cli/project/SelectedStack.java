package dev.slipway.cli.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The stack that commands mean when they name none: kept for each project where Pulumi keeps it, in
 * {@code ~/.pulumi/workspaces} (or {@code PULUMI_HOME}), so that both select the same one.
 */
public final class SelectedStack {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String STACK = "stack";
    private static final String STACKS = "stacks";

    private final Path file;
    private final String backend;

    private SelectedStack(Path file, String backend) {
        this.file = file;
        this.backend = backend;
    }

    /**
     * The selection of a project.
     *
     * @param backendUrl where the record is, as it was configured; empty for beside the project. Newer Pulumis remember a stack for each of them
     */
    public static SelectedStack of(Project project, String backendUrl, Map<String, String> environment) {
        String home = environment.getOrDefault("PULUMI_HOME", "");
        Path directory = home.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".pulumi")
                : Path.of(home);
        String name = project.name() + "-" + sha1(project.file().toString()) + "-workspace.json";
        String backend = backendUrl.isEmpty() ? "file://" + project.root() : backendUrl;
        return new SelectedStack(directory.resolve("workspaces").resolve(name), backend);
    }

    /** The selected stack's own name; empty when none is, or the file can't be read. */
    public Optional<String> read() {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(selected(content()))
                            .filter(name -> !name.isEmpty())
                            .map(name -> name.substring(name.lastIndexOf('/') + 1))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private String selected(ObjectNode settings) {
        JsonNode ours = settings.path(STACKS).path(backend);
        return ours.isTextual() ? ours.asText() : settings.path(STACK).asText();
    }

    /** Selects a stack by its whole name ({@code organization/project/stack}); none when empty. */
    public void write(Optional<String> stack) {
        try {
            ObjectNode settings = settings();
            ObjectNode stacks = settings.withObjectProperty(STACKS);
            settings.remove(STACK);
            stacks.remove(backend);
            // Older Pulumis read the first, newer ones the second.
            stack.ifPresent(name -> {
                settings.put(STACK, name);
                stacks.put(backend, name);
            });
            if (stacks.isEmpty()) {
                settings.remove(STACKS);
            }
            if (settings.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            Files.createDirectories(file.getParent());
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, settings.toPrettyString());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ProjectProblem("the selected stack can't be remembered in " + file + ": " + e.getMessage());
        }
    }

    /** What else Pulumi keeps there stays. */
    private ObjectNode settings() throws IOException {
        try {
            return Files.isRegularFile(file) ? content() : JsonNodeFactory.instance.objectNode();
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private ObjectNode content() throws IOException {
        return MAPPER.readTree(Files.readString(file)) instanceof ObjectNode object
                ? object
                : JsonNodeFactory.instance.objectNode();
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1 is not available", e);
        }
    }
}
