package dev.slipway.engine;

import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.ResourceState.Links;
import dev.slipway.engine.state.ResourceState.Marks;
import dev.slipway.engine.state.ResourceState.Options;
import dev.slipway.engine.state.ResourceState.Timeouts;
import dev.slipway.engine.state.ResourceState.Times;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.Urn;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The part of a resource's state that comes from its goal. */
final class GoalStates {
    private GoalStates() {}

    /** The state with everything but id, outputs, errors and times. */
    static ResourceState of(Goal goal, Urn urn, PropertyMap inputs, Optional<String> provider) {
        Map<String, List<Urn>> byProperty = new TreeMap<>();
        goal.propertyDependencies().forEach((property, urns) -> byProperty.put(property, sorted(urns)));
        var links = new Links(
                goal.parent().orElse(null),
                sorted(goal.dependencies()),
                byProperty,
                provider.orElse(null),
                goal.options().deletedWith().orElse(null));
        var marks = new Marks(
                false,
                false,
                false,
                goal.options().protect().orElse(false),
                goal.options().retainOnDelete().orElse(false));
        return new ResourceState(
                urn,
                goal.custom(),
                "",
                inputs,
                PropertyMap.EMPTY,
                links,
                marks,
                List.of(),
                options(goal),
                Times.UNKNOWN);
    }

    private static Options options(Goal goal) {
        Goal.GoalOptions options = goal.options();
        Goal.Timeouts timeouts = options.timeouts();
        return new Options(
                options.additionalSecretOutputs(),
                options.ignoreChanges().stream().map(PropertyPath::toString).toList(),
                options.replaceOnChanges().stream().map(PropertyPath::toString).toList(),
                List.of(),
                new Timeouts(timeouts.create(), timeouts.update(), timeouts.delete(), 0),
                options.importId().orElse(null),
                null);
    }

    private static List<Urn> sorted(Collection<Urn> urns) {
        return urns.stream().sorted(Comparator.comparing(Urn::text)).toList();
    }
}
