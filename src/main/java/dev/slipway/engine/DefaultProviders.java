package dev.slipway.engine;

import dev.slipway.engine.Goal.GoalOptions;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Declares, once per package and version, the provider of resources that name none: configured by {@code PACKAGE:key} of the stack. */
final class DefaultProviders {
    static final String NAME = "default";

    private final Request request;
    private final Function<Goal, String> declare;
    private final Map<String, CompletableFuture<String>> references = new HashMap<>();

    /** @param declare registers a provider's goal and returns its reference */
    DefaultProviders(Request request, Function<Goal, String> declare) {
        this.request = request;
        this.declare = declare;
    }

    /** The reference of the package's default provider; the first caller declares it, the others wait. */
    String of(String packageName, String version) {
        var mine = new CompletableFuture<String>();
        CompletableFuture<String> earlier;
        synchronized (references) {
            earlier = references.putIfAbsent(packageName + "@" + version, mine);
        }
        if (earlier == null) {
            try {
                mine.complete(declare.apply(goal(packageName, version)));
            } catch (RuntimeException | Error e) {
                mine.completeExceptionally(e);
                throw e;
            }
            return mine.join();
        }
        try {
            return earlier.join();
        } catch (CompletionException e) {
            // Whoever declared it has told why.
            throw new StepFailure("the default provider of " + packageName);
        }
    }

    private Goal goal(String packageName, String version) {
        PropertyMap inputs = config(packageName);
        if (!version.isEmpty()) {
            inputs = inputs.with("version", PropertyValue.of(version));
        }
        String name = version.isEmpty() ? NAME : NAME + "_" + version.replaceAll("[.+-]", "_");
        return new Goal(
                ProviderRegistry.TYPE_PREFIX + packageName,
                name,
                true,
                Optional.empty(),
                inputs,
                Set.of(),
                Map.of(),
                Optional.empty(),
                Map.of(),
                GoalOptions.NONE);
    }

    private PropertyMap config(String packageName) {
        String prefix = packageName + ":";
        PropertyMap config = PropertyMap.EMPTY;
        for (Map.Entry<String, String> entry : new TreeMap<>(request.config()).entrySet()) {
            if (entry.getKey().startsWith(prefix)) {
                PropertyValue value = PropertyValue.of(entry.getValue());
                boolean secret = request.secretKeys().contains(entry.getKey());
                config = config.with(
                        entry.getKey().substring(prefix.length()), secret ? new PropertyValue.Secret(value) : value);
            }
        }
        return config;
    }
}
