package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.state.Disk;
import dev.slipway.engine.state.Integrity;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.Snapshot;
import dev.slipway.engine.state.StackName;
import dev.slipway.engine.state.StackSecrets;
import dev.slipway.engine.state.StateStore;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.ResourceProvider;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An engine on a state directory, a scripted provider over a world, and what the engine told. */
final class Workbench {
    static final StackName STACK = StackName.of("proj", "dev");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Path directory;
    final World world = new World();
    final ScriptedProvider provider = new ScriptedProvider(world);
    final List<EngineEvent> events = new ArrayList<>();
    Optional<String> passphrase = Optional.empty();
    Map<String, String> config = Map.of();
    Set<String> secretKeys = Set.of();
    Disk disk = new FastDisk();
    EventSink listener = EventSink.NONE;
    Cancellation cancellation = new Cancellation();
    Supplier<ResourceProvider> providers = () -> provider;
    Request.Options options = Request.Options.DEFAULT;
    int parallel = Request.DEFAULT_PARALLEL;
    private final Map<String, StackSecrets> secrets = new HashMap<>();
    private int runs;

    Workbench(Path directory) {
        this.directory = directory;
    }

    StateStore store() {
        return new StateStore(directory, () -> NOW.plusSeconds(runs), new Random(1), disk);
    }

    /** Takes secrets with a key that is derived already. */
    void secrets(StackSecrets ready) {
        passphrase = Optional.of("ready");
        secrets.put("ready", ready);
    }

    /** One per passphrase, because its key takes a second to derive. */
    StackSecrets secrets() {
        return secrets.computeIfAbsent(
                passphrase.orElse(""), word -> new StackSecrets(Optional.empty(), () -> passphrase, new Random(1)));
    }

    OperationResult up(Program program) {
        return run(Operation.UPDATE, program, false);
    }

    /** Touches only these, named without their type. */
    void target(String... names) {
        options = options.withSelection(Selection.ALL.withTargets(urns(names), false));
    }

    void targetWithDependents(String... names) {
        options = options.withSelection(Selection.ALL.withTargets(urns(names), true));
    }

    void exclude(String... names) {
        options = options.withSelection(Selection.ALL.withExcludes(urns(names), false));
    }

    void excludeWithDependents(String... names) {
        options = options.withSelection(Selection.ALL.withExcludes(urns(names), true));
    }

    void replace(String... names) {
        options = options.withSelection(options.selection().withReplacements(urns(names)));
    }

    void everything() {
        options = Request.Options.DEFAULT;
    }

    private static List<String> urns(String... names) {
        return Stream.of(names).map(name -> urn(name).text()).toList();
    }

    OperationResult preview(Program program) {
        return run(Operation.UPDATE, program, true);
    }

    OperationResult destroy() {
        return run(Operation.DESTROY, null, false);
    }

    OperationResult refresh() {
        return run(Operation.REFRESH, null, false);
    }

    OperationResult run(Operation operation, @Nullable Program program, boolean preview) {
        events.clear();
        world.calls.clear();
        runs++;
        var engine = new Engine(
                store(),
                (name, host) -> name.equals("test") ? Optional.of(providers.get()) : Optional.empty(),
                () -> NOW.plusSeconds(runs));
        Request request = Request.of(STACK, directory, secrets(), "seed " + runs)
                .withConfig(config, secretKeys)
                .withPreview(preview)
                .withCancellation(cancellation)
                .withParallel(parallel)
                .withOptions(options);
        Request whole = program == null ? request : request.withProgram(program);
        OperationResult result = engine.run(operation, whole, event -> {
            events.add(event);
            listener.accept(event);
        });
        assertThat(Integrity.problems(snapshotOr(Snapshot.empty(NOW)).resources()))
                .isEmpty();
        return result;
    }

    private Snapshot snapshotOr(Snapshot none) {
        return store().load(STACK, secrets()).orElse(none);
    }

    Snapshot snapshot() {
        return store().load(STACK, secrets()).orElseThrow();
    }

    /** The names recorded, in order, without stack and providers; one that waits to be deleted ends in {@code -}. */
    List<String> recorded() {
        return snapshot().resources().stream()
                .filter(state -> !state.isProvider() && !state.type().equals(Urn.STACK_TYPE))
                .map(state -> state.urn().name() + (state.marks().delete() ? "-" : ""))
                .toList();
    }

    ResourceState state(String name) {
        return snapshot().resources().stream()
                .filter(state ->
                        state.urn().name().equals(name) && !state.marks().delete())
                .findFirst()
                .orElseThrow();
    }

    /** The steps that were told, as {@code op name}, without the stack. */
    List<String> steps() {
        return events.stream()
                .filter(EngineEvent.StepDone.class::isInstance)
                .map(event -> ((EngineEvent.StepDone) event).step())
                .filter(step -> !step.type().equals(Urn.STACK_TYPE))
                .map(step -> step.op().text() + " " + step.name())
                .toList();
    }

    /** Those that were begun, whether or not they ended well. */
    List<String> begunSteps() {
        return events.stream()
                .filter(EngineEvent.StepStarted.class::isInstance)
                .map(event -> ((EngineEvent.StepStarted) event).step())
                .map(step -> step.op().text() + " " + step.name())
                .toList();
    }

    /** Everything that was told, as one text. */
    String told() {
        var text = new StringBuilder();
        for (EngineEvent event : events) {
            if (event instanceof EngineEvent.Told told) {
                Diagnostic diagnostic = told.diagnostic();
                text.append(diagnostic.severity())
                        .append(": ")
                        .append(diagnostic.summary())
                        .append('\n')
                        .append(diagnostic.detail())
                        .append('\n');
            }
        }
        return text.toString();
    }

    static Urn urn(String name) {
        return Urn.of("dev", "proj", "", Script.TYPE, name);
    }

    static PropertyValue text(String value) {
        return PropertyValue.of(value);
    }
}
