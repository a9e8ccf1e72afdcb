package dev.slipway.engine;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import java.util.Set;

/** A provider's recorded inputs hold its configuration, its version (which Pulumi's engine tells it, too), and what only the engine needs. */
final class ProviderConfig {
    private static final String VERSION = "version";
    private static final Set<String> ENGINES = Set.of("__internal");

    private ProviderConfig() {}

    static PropertyMap forProvider(PropertyMap inputs) {
        PropertyMap config = inputs;
        for (String key : ENGINES) {
            config = config.without(key);
        }
        return config;
    }

    /** A provider that a program declares is recorded with the version that the program's SDK asks for. */
    static Goal versioned(Goal goal) {
        String version = goal.options().version();
        return ProviderRegistry.isProviderType(goal.type())
                        && !version.isEmpty()
                        && goal.inputs().get(VERSION).isEmpty()
                ? goal.withInputs(goal.inputs().with(VERSION, PropertyValue.of(version)))
                : goal;
    }

    /** The checked configuration with what the engine keeps of the inputs. */
    static PropertyMap withEngines(PropertyMap checked, PropertyMap inputs) {
        PropertyMap all = checked;
        for (String key : ENGINES) {
            var value = inputs.get(key);
            if (value.isPresent()) {
                all = all.with(key, value.get());
            }
        }
        return all;
    }
}
