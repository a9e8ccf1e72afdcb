package dev.slipway.engine;

import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.ProviderReference;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.ResourceProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which recorded resources can't outlive another one that is deleted before its replacement is made. */
record Dependents(List<Ledger.Entry> entries, Declared declared, ProviderRegistry providers, Seeds seeds) {
    /** In recorded order, each after what it needs; only what was not declared yet: what was, does not depend on it any more. */
    List<Ledger.Entry> of(Ledger.Entry old) {
        List<Ledger.Entry> found = new ArrayList<>();
        Set<Urn> doomed = new HashSet<>(Set.of(old.state().urn()));
        for (Ledger.Entry entry : entries) {
            ResourceState state = entry.state();
            boolean candidate = state.custom()
                    && !state.marks().external()
                    && !state.marks().delete()
                    && !state.marks().pendingReplacement()
                    && entry.key() != old.key();
            if (candidate && !declared.isWanted(state.urn()) && hangsOn(state, doomed)) {
                found.add(entry);
                doomed.add(state.urn());
            }
        }
        return found;
    }

    private boolean hangsOn(ResourceState state, Set<Urn> doomed) {
        Optional<Urn> provider = state.provider()
                .map(reference -> ProviderReference.parse(reference).urn());
        Urn owner = state.links().deletedWith();
        if (provider.filter(doomed::contains).isPresent() || owner != null && doomed.contains(owner)) {
            return true;
        }
        PropertyMap unknown = state.inputs();
        boolean touched = false;
        for (Map.Entry<String, List<Urn>> property :
                state.links().propertyDependencies().entrySet()) {
            boolean comesFromDoomed = property.getValue().stream().anyMatch(doomed::contains);
            if (comesFromDoomed && state.inputs().get(property.getKey()).isPresent()) {
                unknown = unknown.with(property.getKey(), PropertyValue.Unknown.VALUE);
                touched = true;
            }
        }
        return touched && wouldBeReplaced(state, unknown);
    }

    /** Asked with the values unknown that come from what is deleted: would any value do? */
    private boolean wouldBeReplaced(ResourceState state, PropertyMap unknown) {
        ResourceProvider provider = state.isProvider()
                ? new ProviderResources(providers, seeds)
                : providers.get(state.provider().orElseThrow());
        return provider.diff(
                        new DiffRequest(state.id(), state.urn(), state.inputs(), state.outputs(), unknown, List.of()))
                .replaces();
    }
}
