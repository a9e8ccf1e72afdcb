package dev.slipway.engine;

import dev.slipway.engine.Goal.GoalOptions;
import dev.slipway.engine.state.ProviderReference;
import dev.slipway.property.Urn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a resource takes over from its parent: providers, protection, what becomes of it at a deletion, and former names. */
final class Inheritance {
    private Inheritance() {}

    static Goal inherit(Goal goal, Declared.Declaration parent) {
        Goal above = parent.goal();
        GoalOptions own = goal.options();
        GoalOptions theirs = above.options();
        var options = new GoalOptions(
                own.protect().or(theirs::protect),
                own.retainOnDelete().or(theirs::retainOnDelete),
                own.deleteBeforeReplace(),
                own.ignoreChanges(),
                own.replaceOnChanges(),
                own.additionalSecretOutputs(),
                aliases(goal, parent),
                own.importId(),
                own.deletedWith().or(theirs::deletedWith),
                own.timeouts(),
                own.version());
        Map<String, String> providers = new HashMap<>(above.providers());
        providers.putAll(goal.providers());
        // A provider of another package can't manage this resource; the parent's children find it in the map.
        Optional<String> provider = goal.provider()
                .or(() -> Optional.ofNullable(providers.get(packageOf(goal.type()))))
                .or(() -> above.provider().filter(reference -> isOfPackage(reference, packageOf(goal.type()))));
        above.provider().ifPresent(reference -> providers.putIfAbsent(packageOfProvider(reference), reference));
        return new Goal(
                goal.type(),
                goal.name(),
                goal.custom(),
                goal.parent(),
                goal.inputs(),
                goal.dependencies(),
                goal.propertyDependencies(),
                goal.custom() ? provider : goal.provider(),
                providers,
                options);
    }

    /** A child of a resource that was found under another name was itself recorded under a name built from that one. */
    private static List<Urn> aliases(Goal goal, Declared.Declaration parent) {
        List<Urn> aliases = new ArrayList<>(goal.options().aliases());
        parent.alias().ifPresent(old -> {
            String before = old.name();
            String now = parent.state().urn().name();
            String name = goal.name().startsWith(now) ? before + goal.name().substring(now.length()) : goal.name();
            aliases.add(Urn.of(old.stack(), old.project(), old.qualifiedType(), goal.type(), name));
        });
        return aliases;
    }

    static String packageOf(String type) {
        int end = type.indexOf(':');
        return end < 0 ? type : type.substring(0, end);
    }

    /** The package that a provider reference or provider type is of. */
    static String packageOfProvider(String reference) {
        String type = reference.contains("::")
                ? ProviderReference.parse(reference).urn().type()
                : reference;
        return type.substring(type.lastIndexOf(':') + 1);
    }

    private static boolean isOfPackage(String reference, String packageName) {
        return packageOfProvider(reference).equals(packageName);
    }
}
