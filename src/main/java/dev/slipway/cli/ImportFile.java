package dev.slipway.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.engine.ImportProgram.Import;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.Snapshot;
import dev.slipway.engine.state.StackName;
import dev.slipway.property.Urn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which resources to import, as a file of Pulumi's {@code import --file} tells it; everything that is wrong with it is told at once. */
final class ImportFile {
    private static final String PROVIDERS = "let the program declare the provider, and deploy it before";
    private static final String READ = "what is there is read";
    private static final Map<String, String> UNSUPPORTED = Map.of(
            "inputs", READ,
            "outputs", READ,
            "parameterization", PROVIDERS,
            "extension", PROVIDERS);

    private final JsonNode root;
    private final StackName stack;
    private final Snapshot recorded;
    private final boolean protect;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, JsonNode> byName = new LinkedHashMap<>();
    private final Map<String, Import> done = new LinkedHashMap<>();
    private final Set<String> imported = new HashSet<>();

    private ImportFile(JsonNode root, StackName stack, Snapshot recorded, boolean protect) {
        this.root = root;
        this.stack = stack;
        this.recorded = recorded;
        this.protect = protect;
    }

    /** What is to be imported; what the record has under the same id already is not. */
    static List<Import> read(Path file, StackName stack, Snapshot recorded, boolean protect) {
        try {
            return read(new ObjectMapper().readTree(Files.readString(file)), file.toString(), stack, recorded, protect);
        } catch (JsonProcessingException e) {
            throw new Failure(file + " is not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw Failure.reading(file.toString(), e);
        }
    }

    static List<Import> read(JsonNode root, String where, StackName stack, Snapshot recorded, boolean protect) {
        var file = new ImportFile(root, stack, recorded, protect);
        file.byName();
        List<Import> imports = new ArrayList<>();
        if (file.problems.isEmpty()) {
            file.byName.keySet().forEach(name -> file.resolve(name, new ArrayList<>()));
            file.done.forEach((name, item) -> {
                if (!file.imported.contains(name)) {
                    imports.add(item);
                }
            });
        }
        if (!file.problems.isEmpty()) {
            throw new Failure(where + " can't be used:\n  - " + String.join("\n  - ", file.problems));
        }
        return imports;
    }

    private void byName() {
        if (!root.path("resources").isArray() || root.path("resources").isEmpty()) {
            problems.add("resources: expected a list of resources with `type`, `name` and `id`");
        }
        require(!root.has("providerInputs"), "providerInputs: not supported here; " + PROVIDERS);
        int position = 0;
        for (JsonNode item : root.path("resources")) {
            String place = "resources[" + position++ + "]";
            String name = item.path("name").asText(item.path("logicalName").asText());
            boolean component = item.path("component").asBoolean();
            require(!item.path("type").asText().isEmpty(), place + ": has no type");
            require(!name.isEmpty(), place + ": has no name");
            require(component || !item.path("id").asText().isEmpty(), place + ": has no id");
            require(!component || item.path("id").asText().isEmpty(), place + ": has an id, but is a component");
            require(!item.path("remote").asBoolean(), place + ": remote components are not supported here");
            UNSUPPORTED.forEach((member, why) ->
                    require(!item.has(member), place + ": has `" + member + "`, which is not supported here; " + why));
            require(byName.putIfAbsent(name, item) == null, place + ": the name `" + name + "` stands there twice");
        }
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    private void resolve(String name, List<String> below) {
        if (done.containsKey(name)) {
            return;
        }
        JsonNode item = requireNonNull(byName.get(name));
        if (below.contains(name)) {
            problems.add(name + ": is its own parent in the end");
            return;
        }
        String logical = item.path("logicalName").asText(name);
        Optional<Urn> parent = Optional.empty();
        String above = item.path("parent").asText();
        if (byName.containsKey(above) && !root.path("nameTable").has(above)) {
            List<String> path = new ArrayList<>(below);
            path.add(name);
            resolve(above, path);
            parent = Optional.ofNullable(done.get(above)).map(found -> found.urn(stack.stack(), stack.project()));
        } else if (!above.isEmpty()) {
            parent = named(name, "parent", above);
        }
        String provider = item.path("provider").asText();
        var resolved = new Import(
                item.path("type").asText(),
                logical,
                Optional.of(item.path("id").asText()).filter(id -> !id.isEmpty()),
                parent,
                provider.isEmpty() ? Optional.empty() : named(name, "provider", provider),
                item.path("version").asText(),
                protect);
        Urn urn = resolved.urn(stack.stack(), stack.project());
        Optional<ResourceState> old = recorded.find(urn);
        if (old.isPresent() && resolved.id().orElse("").equals(importedAs(old.get()))) {
            imported.add(name);
        } else {
            require(old.isEmpty(), name + ": the stack has a resource " + urn + " already");
        }
        done.put(name, resolved);
    }

    private static String importedAs(ResourceState state) {
        String id = state.options().importId();
        return id == null ? state.id() : id;
    }

    /** A resource of the record, by its name in the file's own table. */
    private Optional<Urn> named(String item, String role, String name) {
        JsonNode entry = root.path("nameTable").path(name);
        if (!entry.isTextual()) {
            problems.add(item + ": its " + role + " `" + name + "` has no entry in nameTable");
            return Optional.empty();
        }
        try {
            Urn urn = new Urn(entry.asText());
            require(recorded.find(urn).isPresent(), item + ": its " + role + " " + urn + " is not recorded");
            return Optional.of(urn);
        } catch (IllegalArgumentException e) {
            problems.add("nameTable." + name + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** What the table of names is for a single resource: {@code NAME=URN}, or only the URN. */
    static Map<String, String> reference(String role, String text) {
        Map<String, String> table = new HashMap<>();
        int equals = text.indexOf('=');
        boolean named = equals > 0 && !text.substring(0, equals).contains(":");
        table.put(named ? text.substring(0, equals) : role, named ? text.substring(equals + 1) : text);
        return table;
    }
}
