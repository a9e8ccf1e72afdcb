package dev.slipway.engine;

import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.ProviderReference;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ProviderLoader;
import dev.slipway.protocol.ResourceProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configured providers of one run, by reference ({@code URN::ID}). Thread-safe. */
final class ProviderRegistry implements AutoCloseable {
    static final String TYPE_PREFIX = "pulumi:providers:";

    private final ProviderLoader loader;
    private final ProviderHost host;
    private final Ledger ledger;
    private final Map<String, ResourceProvider> active = new HashMap<>();
    private final Map<String, PropertyMap> inputs = new HashMap<>();
    private final List<ResourceProvider> loaded = new ArrayList<>();

    ProviderRegistry(ProviderLoader loader, ProviderHost host, Ledger ledger) {
        this.loader = loader;
        this.host = host;
        this.ledger = ledger;
    }

    static boolean isProviderType(String type) {
        return type.startsWith(TYPE_PREFIX);
    }

    /** Whether this is the provider of resources that name none; only the engine declares such a one. */
    static boolean isDefault(Urn urn) {
        return isProviderType(urn.type())
                && (urn.name().equals(DefaultProviders.NAME) || urn.name().startsWith(DefaultProviders.NAME + "_"));
    }

    /** A new provider, not configured yet. */
    synchronized ResourceProvider load(String packageName) {
        ResourceProvider provider = loader.load(packageName, host)
                .orElseThrow(() -> new ProviderException("Nothing provides resources of the package `" + packageName
                        + "`. Check the type's spelling. The plugin of a package is an executable pulumi-resource-"
                        + packageName
                        + ": on the PATH, under ~/.pulumi/plugins, or where plugins.providers of Pulumi.yaml says."));
        loaded.add(provider);
        return provider;
    }

    /** Makes a provider usable under its reference. Configuration that is not known yet (preview) makes one that only guesses. */
    void activate(Urn urn, String id, PropertyMap config) {
        ResourceProvider provider = load(Inheritance.packageOfProvider(urn.type()));
        if (config.containsUnknown()) {
            provider = new UnconfiguredProvider();
        } else {
            provider.configure(ProviderConfig.forProvider(config));
        }
        synchronized (this) {
            String reference = new ProviderReference(urn, id).toString();
            active.put(reference, provider);
            inputs.put(reference, config);
        }
    }

    /**
     * The provider of this reference: declared in this run, or else as it was recorded.
     *
     * @throws ProviderException when there is no such provider, or it can't be configured
     */
    synchronized ResourceProvider get(String name) {
        String reference = ledger.renamed(name);
        ResourceProvider provider = active.get(reference);
        if (provider == null) {
            ResourceState state = recorded(reference)
                    .orElseThrow(() -> new ProviderException(
                            "There is no provider `" + reference + "`, neither declared by the program nor recorded."));
            activate(state.urn(), state.id(), state.inputs());
            provider = active.get(reference);
        }
        if (provider == null) {
            throw new ProviderException("The provider `" + reference + "` could not be made ready.");
        }
        return provider;
    }

    /** The configuration behind a reference; empty when the reference is unknown. */
    synchronized Optional<PropertyMap> configOf(String name) {
        String reference = ledger.renamed(name);
        return Optional.ofNullable(inputs.get(reference))
                .or(() -> recorded(reference).map(ResourceState::inputs));
    }

    /**
     * Whether two providers look for a resource in the same place. Another configuration means another place only when the provider says that
     * it does.
     */
    boolean samePlace(String before, String now) {
        if (ledger.renamed(before).equals(ledger.renamed(now))) {
            return true;
        }
        Optional<PropertyMap> olds = configOf(before);
        Optional<PropertyMap> news = configOf(now);
        if (olds.isEmpty() || news.isEmpty() || !packageOf(before).equals(packageOf(now))) {
            return false;
        }
        PropertyMap oldConfig = ProviderConfig.forProvider(olds.get());
        PropertyMap newConfig = ProviderConfig.forProvider(news.get());
        if (oldConfig.equals(newConfig)) {
            return true;
        }
        var reference = ProviderReference.parse(now);
        return !load(packageOf(now))
                .diffConfig(
                        new DiffRequest(reference.id(), reference.urn(), oldConfig, oldConfig, newConfig, List.of()))
                .replaces();
    }

    private static String packageOf(String reference) {
        return Inheritance.packageOfProvider(reference);
    }

    private Optional<ResourceState> recorded(String reference) {
        return ledger.entries().stream()
                .map(Ledger.Entry::state)
                .filter(state -> state.isProvider() && state.reference().equals(reference))
                .findFirst();
    }

    /** Asks everything in flight to stop waiting. */
    void cancel() {
        List<ResourceProvider> all;
        synchronized (this) {
            all = List.copyOf(loaded);
        }
        all.forEach(ResourceProvider::cancel);
    }

    @Override
    public synchronized void close() {
        loaded.forEach(ResourceProvider::close);
    }
}
