package dev.slipway.engine;

import dev.slipway.engine.state.Ledger;
import dev.slipway.property.Urn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which records need which: a name means the nearest record before, because it may stand there twice, old and new. */
final class Needs {
    private final List<Ledger.Entry> entries;
    private final Map<Integer, Set<Integer>> needs = new HashMap<>();

    /** @param entries each after all that it needs */
    Needs(List<Ledger.Entry> entries) {
        this.entries = entries;
        Map<Urn, Integer> nearest = new HashMap<>();
        for (Ledger.Entry entry : entries) {
            Set<Integer> mine = new HashSet<>();
            for (Urn urn : entry.state().needs()) {
                Integer key = nearest.get(urn);
                if (key != null) {
                    mine.add(key);
                }
            }
            needs.put(entry.key(), mine);
            nearest.put(entry.state().urn(), entry.key());
        }
    }

    /** Those of the given keys and everything they need, directly or not. */
    Set<Integer> closure(Collection<Integer> keys) {
        Set<Integer> all = new HashSet<>(keys);
        for (int position = entries.size() - 1; position >= 0; position--) {
            int key = entries.get(position).key();
            if (all.contains(key)) {
                all.addAll(needs.getOrDefault(key, Set.of()));
            }
        }
        return all;
    }

    /** The condemned in batches, dependents first; those of one batch do not need each other. */
    List<List<Ledger.Entry>> antichains(Set<Integer> condemned) {
        Map<Integer, Integer> depths = new HashMap<>();
        List<List<Ledger.Entry>> batches = new ArrayList<>();
        // From the last to the first: when an entry is reached, all that need it have been, so its depth is final.
        for (int position = entries.size() - 1; position >= 0; position--) {
            Ledger.Entry entry = entries.get(position);
            if (condemned.contains(entry.key())) {
                int depth = depths.getOrDefault(entry.key(), 0);
                needs.getOrDefault(entry.key(), Set.of()).forEach(needed -> depths.merge(needed, depth + 1, Math::max));
                while (batches.size() <= depth) {
                    batches.add(new ArrayList<>());
                }
                batches.get(depth).add(entry);
            }
        }
        return batches;
    }
}
