package dev.slipway.engine;

import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.ResourceState.Links;
import dev.slipway.property.Urn;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Takes references to resources that turned out to be gone out of those that are left. */
final class Pruning {
    private final Set<Integer> gone;

    Pruning(Collection<Integer> gone) {
        this.gone = Set.copyOf(gone);
    }

    /** @param found states that differ already; those that only lose a reference are added */
    void prune(List<Ledger.Entry> entries, Map<Integer, ResourceState> found) {
        Set<Urn> before = new HashSet<>();
        Map<Urn, Urn> parentsOfGone = new HashMap<>();
        for (Ledger.Entry entry : entries) {
            if (gone.contains(entry.key())) {
                entry.state()
                        .parent()
                        .ifPresent(parent -> parentsOfGone.put(entry.state().urn(), parent));
                continue;
            }
            ResourceState state = found.getOrDefault(entry.key(), entry.state());
            if (!before.containsAll(state.needs())) {
                found.put(entry.key(), state.withLinks(kept(state.links(), before, parentsOfGone)));
            }
            before.add(state.urn());
        }
    }

    private static Links kept(Links links, Set<Urn> there, Map<Urn, Urn> parentsOfGone) {
        Map<String, List<Urn>> byProperty = new TreeMap<>();
        links.propertyDependencies().forEach((property, urns) -> byProperty.put(property, kept(urns, there)));
        // Where the parent is gone, the nearest ancestor that is there takes its place.
        Urn parent = links.parent();
        while (parent != null && !there.contains(parent)) {
            parent = parentsOfGone.get(parent);
        }
        Urn owner = links.deletedWith();
        return new Links(
                parent,
                kept(links.dependencies(), there),
                byProperty,
                links.provider(),
                owner != null && there.contains(owner) ? owner : null);
    }

    private static List<Urn> kept(List<Urn> urns, Set<Urn> there) {
        return urns.stream().filter(there::contains).toList();
    }
}
