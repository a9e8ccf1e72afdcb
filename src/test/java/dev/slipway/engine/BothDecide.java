package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.engine.state.StackSecrets;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.provider.plugin.PluginPackage;
import dev.slipway.provider.plugin.PluginServer;
import dev.slipway.testing.PulumiCli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The real Pulumi engine and ours, each with a stack, a state directory and a {@link Realm} of its own, over the same programs. */
final class BothDecide implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path project;
    private final Path theirState;
    private final Path ourState;
    private final PulumiCli pulumi;
    private final Realm theirRealm = realm();
    private final Realm ourRealm = realm();
    private final Mishaps theirMishaps = new Mishaps();
    private final Mishaps ourMishaps = new Mishaps();
    private final PluginServer plugin;
    private final Workbench bench;

    BothDecide(Path directory) {
        try {
            pulumi = PulumiCli.in(directory);
            project = Files.createDirectories(directory.resolve("project"));
            theirState = Files.createDirectories(directory.resolve("their state"));
            ourState = Files.createDirectories(directory.resolve("our state"));
            plugin = PluginServer.start(
                    new PluginPackage("test", "1.0.0", BothDecide::schema),
                    host -> new RealmProvider(theirRealm, theirMishaps),
                    "");
            Files.writeString(project.resolve("Pulumi.yaml"), "name: proj\nruntime: yaml\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bench = new Workbench(ourState);
        bench.providers = () -> new RealmProvider(ourRealm, ourMishaps);
        bench.secrets(new StackSecrets(Optional.empty(), () -> Optional.of(PulumiCli.PASSPHRASE), new Random(1)));
        pulumi("stack", "init", "dev");
    }

    private static Realm realm() {
        var realm = new Realm();
        for (String name : List.of("foreign", "there", "there-too")) {
            realm.put(
                    "home/" + name,
                    PropertyMap.of("name", PropertyValue.of(name)).with("size", PropertyValue.of(0)));
        }
        return realm;
    }

    private static String schema() {
        try (var resource = BothDecide.class.getResourceAsStream("thing-schema.json")) {
            return new String(Objects.requireNonNull(resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Both bring their stack to the program; they did the same to every resource. */
    void decide(String what, Wishes wishes, Selection selection) {
        decide(what, wishes, Request.Options.DEFAULT.withSelection(selection));
    }

    void decide(String what, Wishes wishes, Request.Options options) {
        write("Pulumi.yaml", YamlProgram.of(wishes));
        Decisions theirs = theirs("up", options);
        bench.options = options;
        OperationResult result = bench.up(wishes.script());
        compare(what, theirs, result);
    }

    void destroy(String what, Selection selection) {
        bench.options = Request.Options.DEFAULT.withSelection(selection);
        Decisions theirs = theirs("destroy", bench.options);
        compare("destroying " + what, theirs, bench.destroy());
    }

    /** Both read what is there. */
    void refresh(String what, Selection selection) {
        bench.options = Request.Options.DEFAULT.withSelection(selection);
        Decisions theirs = theirs("refresh", bench.options);
        compare("refreshing " + what, theirs, bench.refresh());
    }

    private void compare(String what, Decisions theirs, OperationResult result) {
        assertThat(ours())
                .as("%s%nPulumi said:%n%s%nwe said:%n%s", what, theirs.said, bench.told())
                .isEqualTo(theirs.operations);
        assertThat(result.succeeded())
                .as("%s%nPulumi said:%n%s%nwe said:%n%s", what, theirs.said, bench.told())
                .isEqualTo(theirs.succeeded);
        assertThat(kinds(ourRealm)).as("%s: what exists", what).isEqualTo(kinds(theirRealm));
        assertThat(recorded(ourState)).as("%s: what is recorded", what).isEqualTo(recorded(theirState));
    }

    /** Each resource of a record with what a later run goes by. */
    private static List<String> recorded(Path state) {
        try {
            JsonNode record =
                    JSON.readTree(state.resolve(".pulumi/stacks/proj/dev.json").toFile());
            List<String> all = new ArrayList<>();
            for (JsonNode each : record.at("/checkpoint/latest/resources")) {
                String urn = each.path("urn").asText();
                if (!urn.contains("::pulumi:providers:")) {
                    String links = each.path("inputs").path("link") + " "
                            + each.path("outputs").path("link");
                    all.add(urn + " " + links.replaceAll("-[0-9a-f]{7}\"", "\"") + " "
                            + each.path("initErrors").size() + " "
                            + each.path("protect").asBoolean() + " "
                            + each.path("delete").asBoolean() + " "
                            + each.path("retainOnDelete").asBoolean() + " "
                            + each.path("deletedWith").asText());
                }
            }
            Collections.sort(all);
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names that engines make up differ; how many there are of which kind does not. */
    private static Map<String, Integer> kinds(Realm realm) {
        Map<String, Integer> kinds = new TreeMap<>();
        realm.things().keySet().forEach(id -> kinds.merge(id.replaceAll("-[0-9a-f]{7}$", ""), 1, Integer::sum));
        return kinds;
    }

    /** Which operations there were in the last run. */
    Set<String> operations() {
        Set<String> all = new TreeSet<>();
        ours().values().forEach(all::addAll);
        return all;
    }

    private record Decisions(Map<String, Set<String>> operations, boolean succeeded, String said) {}

    private Map<String, Set<String>> ours() {
        Map<String, Set<String>> operations = new TreeMap<>();
        for (EngineEvent event : bench.events) {
            if (event instanceof EngineEvent.StepStarted begun) {
                add(operations, begun.step().urn().text(), begun.step().op().text());
            }
        }
        return operations;
    }

    private static void add(Map<String, Set<String>> operations, String urn, String op) {
        // Which default provider there is follows from versions, which only real packages have.
        if (!urn.contains("::pulumi:providers:")) {
            operations.computeIfAbsent(urn, key -> new TreeSet<>()).add(op);
        }
    }

    /** From now on, for both, that call about the resource of that name goes wrong: refused, or done but not well. */
    void mishap(String call, String name, boolean halfDone) {
        theirMishaps.choose(call, name, halfDone);
        ourMishaps.choose(call, name, halfDone);
    }

    void noMishaps() {
        theirMishaps.none();
        ourMishaps.none();
    }

    /** Somebody else does something to the thing of that name in both worlds. */
    void meanwhile(String name, BiConsumer<Realm, String> what) {
        for (Realm realm : List.of(theirRealm, ourRealm)) {
            List<String> ids = realm.things().keySet().stream()
                    .filter(id -> id.matches("home/" + name + "(-[0-9a-f]{7})?"))
                    .toList();
            assertThat(ids).as("things named %s", name).hasSize(1);
            what.accept(realm, ids.get(0));
        }
    }

    private Decisions theirs(String command, Request.Options options) {
        Selection selection = options.selection();
        Path log = project.resolve("events.json");
        List<String> arguments = new ArrayList<>(
                List.of(command, "--yes", "--skip-preview", "-s", "dev", "--event-log", log.toString()));
        selection.targets().forEach(urn -> arguments.addAll(List.of("--target", urn)));
        selection.excludes().forEach(urn -> arguments.addAll(List.of("--exclude", urn)));
        selection.replacements().forEach(urn -> arguments.addAll(List.of("--replace", urn)));
        if (selection.targetDependents()) {
            arguments.add("--target-dependents");
        }
        if (selection.excludeDependents()) {
            arguments.add("--exclude-dependents");
        }
        if (options.refresh()) {
            arguments.add("--refresh");
        }
        if (options.continueOnError()) {
            arguments.add("--continue-on-error");
        }
        try {
            Files.deleteIfExists(log);
            var said = new StringBuilder();
            boolean succeeded = run(said, arguments.toArray(String[]::new)) == 0;
            Map<String, Set<String>> operations = new TreeMap<>();
            for (String line : Files.readAllLines(log)) {
                JsonNode metadata = JSON.readTree(line).path("resourcePreEvent").path("metadata");
                // Pulumi tells that it refreshes the stack itself, of which there is nothing to read.
                boolean nothing = metadata.path("op").asText().equals("refresh")
                        && metadata.path("type").asText().equals(Urn.STACK_TYPE);
                if (!metadata.isMissingNode() && !nothing) {
                    add(
                            operations,
                            metadata.path("urn").asText(),
                            metadata.path("op").asText());
                }
            }
            return new Decisions(operations, succeeded, said.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each engine previews the program on the other's record and finds nothing to do. */
    void swapStates(Wishes wishes) {
        Path theirs = theirState.resolve(".pulumi/stacks/proj/dev.json");
        Path ours = ourState.resolve(".pulumi/stacks/proj/dev.json");
        try {
            byte[] theirRecord = Files.readAllBytes(theirs);
            byte[] ourRecord = Files.readAllBytes(ours);
            Files.write(theirs, ourRecord);
            pulumi("preview", "--expect-no-changes", "--diff", "-s", "dev");
            Files.write(theirs, theirRecord);
            Files.write(ours, theirRecord);
            var other = new Workbench(ourState);
            other.providers = () -> new RealmProvider(theirRealm, new Mishaps());
            other.secrets(new StackSecrets(Optional.empty(), () -> Optional.of(PulumiCli.PASSPHRASE), new Random(1)));
            OperationResult preview = other.preview(wishes.script());
            assertThat(preview.succeeded()).as(other.told()).isTrue();
            assertThat(other.steps())
                    .allSatisfy(step -> assertThat(step).matches("(same|read) .*|create default|delete default.*"));
            Files.write(ours, ourRecord);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean nothingIsLeft() {
        return theirRealm.things().values().stream().noneMatch(Realm.Thing::ours)
                && ourRealm.things().values().stream().noneMatch(Realm.Thing::ours);
    }

    private void pulumi(String... arguments) {
        var said = new StringBuilder();
        assertThat(run(said, arguments))
                .as("pulumi %s%n%s", List.of(arguments), said)
                .isZero();
    }

    private int run(StringBuilder said, String... arguments) {
        try {
            var builder = new ProcessBuilder(pulumi.command(arguments))
                    .directory(project.toFile())
                    .redirectErrorStream(true);
            builder.environment().putAll(pulumi.environment());
            builder.environment().put("PULUMI_BACKEND_URL", "file://" + theirState);
            builder.environment().put("PULUMI_DEBUG_COMMANDS", "true");
            builder.environment().put("PULUMI_DEBUG_PROVIDERS", "test:" + plugin.port());
            Process process = builder.start();
            process.getOutputStream().close();
            said.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void write(String name, String text) {
        try {
            Files.writeString(project.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        plugin.close();
    }
}
