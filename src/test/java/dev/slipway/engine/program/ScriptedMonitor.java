package dev.slipway.engine.program;

import dev.slipway.engine.Goal;
import dev.slipway.engine.ProgramInfo;
import dev.slipway.engine.ResourceMonitor;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.Severity;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * An engine that does what a test says. Unless told otherwise a resource's outputs are its inputs, plus those that the
 * test gives for its type; in a preview it leaves out what is unknown and gives no id.
 */
public final class ScriptedMonitor implements ResourceMonitor {
    private final boolean preview;
    private final Map<String, Function<Goal, CompletableFuture<Registered>>> scripts = new LinkedHashMap<>();
    private final Map<String, PropertyMap> made = new LinkedHashMap<>();

    public final List<Goal> goals = new CopyOnWriteArrayList<>();
    public final Map<Urn, PropertyMap> outputs = new ConcurrentHashMap<>();
    public final List<String> messages = new CopyOnWriteArrayList<>();
    public Function<PropertyMap, PropertyMap> invoke = arguments -> PropertyMap.EMPTY;

    private ScriptedMonitor(boolean preview) {
        this.preview = preview;
    }

    public static ScriptedMonitor updating() {
        return new ScriptedMonitor(false);
    }

    public static ScriptedMonitor previewing() {
        return new ScriptedMonitor(true);
    }

    /** What the cloud adds to a resource of this type, once it is made. */
    public ScriptedMonitor cloudAdds(String type, PropertyMap additions) {
        made.put(type, additions);
        return this;
    }

    public ScriptedMonitor onRegister(String type, Function<Goal, CompletableFuture<Registered>> answer) {
        scripts.put(type, answer);
        return this;
    }

    public ProgramInfo info() {
        return info(Map.of(), Set.of());
    }

    public ProgramInfo info(Map<String, String> config, Set<String> secretKeys) {
        return new ProgramInfo("organization", "launch", "dev", Path.of("/project"), preview, config, secretKeys);
    }

    @Override
    public CompletableFuture<Registered> register(Goal goal) {
        goals.add(goal);
        var script = scripts.get(goal.type());
        return script != null ? script.apply(goal) : CompletableFuture.completedFuture(succeed(goal));
    }

    /** The answer of an engine for which all goes well. */
    public Registered succeed(Goal goal) {
        PropertyMap state = goal.inputs();
        if (preview) {
            for (var entry : goal.inputs().values().entrySet()) {
                state = entry.getValue().containsUnknown() ? state.without(entry.getKey()) : state;
            }
        } else {
            for (var entry :
                    made.getOrDefault(goal.type(), PropertyMap.EMPTY).values().entrySet()) {
                state = state.with(entry.getKey(), entry.getValue());
            }
        }
        return new Registered(urn(goal), goal.custom() && !preview ? goal.name() + "-id" : "", state);
    }

    private static Urn urn(Goal goal) {
        return Urn.of("dev", "launch", goal.parent().map(Urn::qualifiedType).orElse(""), goal.type(), goal.name());
    }

    @Override
    public CompletableFuture<Void> registerOutputs(Urn urn, PropertyMap values) {
        outputs.put(urn, values);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Registered> read(Goal goal, String id) {
        goals.add(goal);
        return CompletableFuture.completedFuture(
                new Registered(urn(goal), id, made.getOrDefault(goal.type(), PropertyMap.EMPTY)));
    }

    @Override
    public CompletableFuture<PropertyMap> invoke(String token, PropertyMap arguments, Optional<String> provider) {
        return CompletableFuture.completedFuture(invoke.apply(arguments.with("token", PropertyValue.of(token))));
    }

    @Override
    public void log(Severity severity, Optional<Urn> urn, String message, boolean ephemeral) {
        messages.add(severity + " " + urn.map(Urn::name).orElse("-") + " " + message);
    }

    /** The goal of a type; the only one. */
    public Goal goal(String type) {
        return goals.stream()
                .filter(goal -> goal.type().equals(type))
                .reduce((a, b) -> {
                    throw new AssertionError("more than one " + type);
                })
                .orElseThrow(() -> new AssertionError("no " + type + " in " + types()));
    }

    public List<String> types() {
        return goals.stream().map(Goal::type).toList();
    }

    public PropertyMap stackOutputs() {
        return outputs.getOrDefault(Urn.of("dev", "launch", "", Urn.STACK_TYPE, "launch-dev"), PropertyMap.EMPTY);
    }
}
