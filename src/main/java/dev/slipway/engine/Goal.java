package dev.slipway.engine;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.Urn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the program wants a resource to be.
 *
 * @param custom true when a provider manages it, false for a component
 * @param dependencies every resource that must exist before this one
 * @param propertyDependencies for each input, the resources its value came from
 * @param provider provider reference ({@code URN::ID}); empty for the default or the parent's provider
 * @param providers provider references by package name, for a component's children
 */
public record Goal(
        String type,
        String name,
        boolean custom,
        Optional<Urn> parent,
        PropertyMap inputs,
        Set<Urn> dependencies,
        Map<String, Set<Urn>> propertyDependencies,
        Optional<String> provider,
        Map<String, String> providers,
        GoalOptions options) {

    public Goal {
        dependencies = Set.copyOf(dependencies);
        propertyDependencies = Map.copyOf(propertyDependencies);
        providers = Map.copyOf(providers);
    }

    Goal withInputs(PropertyMap other) {
        return new Goal(
                type, name, custom, parent, other, dependencies, propertyDependencies, provider, providers, options);
    }

    /** Pulumi's resource options that are not already members of the goal. */
    public record GoalOptions(
            Optional<Boolean> protect,
            Optional<Boolean> retainOnDelete,
            Optional<Boolean> deleteBeforeReplace,
            List<PropertyPath> ignoreChanges,
            List<PropertyPath> replaceOnChanges,
            List<String> additionalSecretOutputs,
            List<Urn> aliases,
            Optional<String> importId,
            Optional<Urn> deletedWith,
            Timeouts timeouts,
            String version) {
        public static final GoalOptions NONE = new GoalOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Timeouts.DEFAULT,
                "");

        public GoalOptions {
            ignoreChanges = List.copyOf(ignoreChanges);
            replaceOnChanges = List.copyOf(replaceOnChanges);
            additionalSecretOutputs = List.copyOf(additionalSecretOutputs);
            aliases = List.copyOf(aliases);
        }
    }

    /** Custom timeouts in seconds; 0 means the provider's default. */
    public record Timeouts(double create, double update, double delete) {
        public static final Timeouts DEFAULT = new Timeouts(0, 0, 0);
    }
}
