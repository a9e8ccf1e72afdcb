package dev.slipway.engine;

import dev.slipway.engine.state.Ledger;
import dev.slipway.property.Urn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which records need which: a name means the nearest record before, because it may stand there twice, old and new. */
final class Needs {
    private final Map<Integer, Ledger.Entry> entries = new HashMap<>();
    private final Map<Integer, Set<Integer>> needs = new HashMap<>();

    /** @param all each after all that it needs */
    Needs(List<Ledger.Entry> all) {
        Map<Urn, Integer> nearest = new HashMap<>();
        Map<String, Integer> providers = new HashMap<>();
        for (Ledger.Entry entry : all) {
            Set<Integer> mine = new HashSet<>();
            entry.state().provider().map(providers::get).ifPresent(mine::add);
            for (Urn urn : entry.state().needsBesideProvider()) {
                Integer key = nearest.get(urn);
                if (key != null) {
                    mine.add(key);
                }
            }
            entries.put(entry.key(), entry);
            needs.put(entry.key(), mine);
            nearest.put(entry.state().urn(), entry.key());
            if (entry.state().isProvider()) {
                providers.put(entry.state().reference(), entry.key());
            }
        }
    }

    Set<Integer> of(int key) {
        return needs.getOrDefault(key, Set.of());
    }

    /** Has one record go before others, as if it needed them. */
    void before(int first, Collection<Integer> others) {
        needs.computeIfAbsent(first, key -> new HashSet<>()).addAll(others);
    }

    /** Those of the given keys and everything they need, directly or not. */
    Set<Integer> closure(Collection<Integer> keys) {
        Set<Integer> all = new HashSet<>(keys);
        Deque<Integer> open = new ArrayDeque<>(keys);
        while (!open.isEmpty()) {
            for (int needed : of(open.remove())) {
                if (all.add(needed)) {
                    open.add(needed);
                }
            }
        }
        return all;
    }

    /** The condemned in batches, dependents first; those of one batch do not need each other. */
    List<List<Ledger.Entry>> antichains(Set<Integer> condemned) {
        Map<Integer, Integer> waitsFor = new HashMap<>();
        condemned.forEach(
                key -> condemnedNeeds(key, condemned).forEach(needed -> waitsFor.merge(needed, 1, Integer::sum)));
        List<Integer> batch =
                condemned.stream().filter(key -> !waitsFor.containsKey(key)).toList();
        List<List<Ledger.Entry>> batches = new ArrayList<>();
        while (!batch.isEmpty()) {
            // From the last to the first, as far as there is a choice.
            batches.add(batch.stream()
                    .sorted((one, other) -> Integer.compare(other, one))
                    .map(entries::get)
                    .toList());
            List<Integer> next = new ArrayList<>();
            for (int key : batch) {
                for (int needed : condemnedNeeds(key, condemned)) {
                    if (waitsFor.merge(needed, -1, Integer::sum) == 0) {
                        next.add(needed);
                    }
                }
            }
            batch = next;
        }
        return batches;
    }

    private List<Integer> condemnedNeeds(int key, Set<Integer> condemned) {
        return of(key).stream().filter(condemned::contains).toList();
    }
}
