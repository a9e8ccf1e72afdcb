package dev.slipway.engine;

import dev.slipway.engine.Goal.GoalOptions;
import dev.slipway.engine.ResourceMonitor.Registered;
import dev.slipway.engine.ResourceMonitor.RegistrationFailed;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A program in a test: declares one resource after the other; the stack itself comes first, its outputs last. */
final class Script implements Program {
    static final String TYPE = "test:index:Thing";

    private final List<Res> resources = new ArrayList<>();
    private final Map<String, Function<Map<String, Registered>, PropertyValue>> exports = new LinkedHashMap<>();
    private @Nullable String end;
    private boolean goesOn;
    private boolean failsAtTheEnd = true;
    final Map<String, Registered> answers = new LinkedHashMap<>();

    static Res res(String name) {
        return new Res(name);
    }

    static Script of(Res... resources) {
        var script = new Script();
        script.resources.addAll(Arrays.asList(resources));
        return script;
    }

    Script export(String key, Function<Map<String, Registered>, PropertyValue> value) {
        exports.put(key, value);
        return this;
    }

    /** As a program whose resources do not wait for each other: one that failed keeps only its dependents from being declared. */
    Script goingOn() {
        goesOn = true;
        return this;
    }

    /** Reaches its end nevertheless, as programs can that are told the result of each declaration. */
    Script passingOverFailures() {
        failsAtTheEnd = false;
        return goingOn();
    }

    Script thenFail(String message) {
        end = message;
        return this;
    }

    @Override
    public void run(ProgramInfo info, ResourceMonitor monitor) throws ProgramFailed {
        answers.clear();
        try {
            var stack = new Res(info.project() + "-" + info.stack())
                    .type(Urn.STACK_TYPE)
                    .component();
            Registered root = monitor.register(stack.goal(Map.of(), null)).join();
            boolean failed = false;
            for (Res resource : resources) {
                if (goesOn && !resource.canBeDeclared(answers)) {
                    failed = true;
                    continue;
                }
                try {
                    answers.put(
                            resource.name,
                            resource.declare(monitor, answers, root).join());
                } catch (CompletionException e) {
                    if (!goesOn || e.getCause() instanceof Error) {
                        throw e;
                    }
                    failed = true;
                }
            }
            if (failed && failsAtTheEnd) {
                throw new ProgramFailed("a resource failed", new RegistrationFailed("told already"));
            }
            if (end != null) {
                throw new ProgramFailed(end);
            }
            PropertyMap outputs = PropertyMap.EMPTY;
            for (var export : exports.entrySet()) {
                outputs = outputs.with(export.getKey(), export.getValue().apply(answers));
            }
            monitor.registerOutputs(root.urn(), outputs).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new ProgramFailed(((RegistrationFailed) e.getCause()).getMessage());
        }
    }

    /** Declares each resource as soon as what it needs is there, without waiting for the others. */
    Program atOnce() {
        return new ScriptAtOnce(resources);
    }

    /** One declaration, with its options. */
    static final class Res {
        final String name;
        private String type = TYPE;
        private boolean custom = true;
        private PropertyMap inputs = PropertyMap.EMPTY;
        private @Nullable String parent;
        private @Nullable String provider;
        private @Nullable String readId;
        private final Map<String, String> from = new LinkedHashMap<>();
        private final Set<String> after = new HashSet<>();
        private Optional<Boolean> protect = Optional.empty();
        private Optional<Boolean> retain = Optional.empty();
        private Optional<Boolean> deleteFirst = Optional.empty();
        private List<PropertyPath> ignore = List.of();
        private List<PropertyPath> replaceOn = List.of();
        private List<String> secretOutputs = List.of();
        private List<Urn> aliases = List.of();
        private Optional<String> importId = Optional.empty();
        private Optional<String> deletedWith = Optional.empty();
        private String version = "";
        private Goal.Timeouts timeouts = Goal.Timeouts.DEFAULT;

        Res(String name) {
            this.name = name;
        }

        private boolean canBeDeclared(Map<String, Registered> answers) {
            return answers.keySet().containsAll(needs());
        }

        /** The names of those that it refers to. */
        Set<String> needs() {
            var needed = new HashSet<>(after);
            needed.addAll(from.values());
            Stream.of(parent, provider).filter(Objects::nonNull).forEach(needed::add);
            deletedWith.ifPresent(needed::add);
            return needed;
        }

        Res type(String value) {
            type = value;
            return this;
        }

        Res component() {
            custom = false;
            return this;
        }

        Res with(String key, PropertyValue value) {
            inputs = inputs.with(key, value);
            return this;
        }

        Res with(String key, String value) {
            return with(key, PropertyValue.of(value));
        }

        /** An input that is another resource's url: the dependency goes with it. */
        Res from(String key, String other) {
            from.put(key, other);
            return this;
        }

        Res after(String other) {
            after.add(other);
            return this;
        }

        Res parent(String value) {
            parent = value;
            return this;
        }

        Res provider(String value) {
            provider = value;
            return this;
        }

        Res protect(boolean value) {
            protect = Optional.of(value);
            return this;
        }

        Res retain() {
            return retain(true);
        }

        Res retain(boolean value) {
            retain = Optional.of(value);
            return this;
        }

        Res deleteFirst() {
            deleteFirst = Optional.of(true);
            return this;
        }

        Res ignore(String path) {
            ignore = List.of(PropertyPath.parse(path));
            return this;
        }

        Res replaceOn(String path) {
            replaceOn = List.of(PropertyPath.parse(path));
            return this;
        }

        Res secretOutput(String key) {
            secretOutputs = List.of(key);
            return this;
        }

        Res alias(Urn urn) {
            return aliases(List.of(urn));
        }

        Res aliases(List<Urn> urns) {
            aliases = List.copyOf(urns);
            return this;
        }

        Res imported(String id) {
            importId = Optional.of(id);
            return this;
        }

        Res deletedWith(String other) {
            deletedWith = Optional.of(other);
            return this;
        }

        Res version(String value) {
            version = value;
            return this;
        }

        Res timeouts(double create, double update, double delete) {
            timeouts = new Goal.Timeouts(create, update, delete);
            return this;
        }

        Res read(String id) {
            readId = id;
            return this;
        }

        CompletableFuture<Registered> declare(
                ResourceMonitor monitor, Map<String, Registered> answers, Registered root) {
            Goal goal = goal(answers, root);
            return readId == null ? monitor.register(goal) : monitor.read(goal, readId);
        }

        Goal goal(Map<String, Registered> answers, @Nullable Registered root) {
            PropertyMap all = inputs;
            Map<String, Set<Urn>> byProperty = new HashMap<>();
            Set<Urn> dependencies = new HashSet<>();
            for (var entry : from.entrySet()) {
                Registered other = answers.get(entry.getValue());
                all = all.with(entry.getKey(), other.outputs().get("url").orElse(PropertyValue.Unknown.VALUE));
                byProperty.put(entry.getKey(), Set.of(other.urn()));
                dependencies.add(other.urn());
            }
            after.forEach(other -> dependencies.add(answers.get(other).urn()));
            Optional<String> reference = Optional.ofNullable(provider)
                    .map(answers::get)
                    .map(registered -> registered.urn() + "::" + registered.id());
            Optional<Urn> above = parent != null
                    ? Optional.of(answers.get(parent).urn())
                    : Optional.ofNullable(root).map(Registered::urn);
            return new Goal(
                    type, name, custom, above, all, dependencies, byProperty, reference, Map.of(), options(answers));
        }

        private GoalOptions options(Map<String, Registered> answers) {
            return new GoalOptions(
                    protect,
                    retain,
                    deleteFirst,
                    ignore,
                    replaceOn,
                    secretOutputs,
                    aliases,
                    importId,
                    deletedWith.map(answers::get).map(Registered::urn),
                    timeouts,
                    version);
        }
    }
}
