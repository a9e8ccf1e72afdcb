package dev.slipway.engine.state;

import dev.slipway.property.Urn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Puts everything after what it needs. Nearly always it stands so already; not when a resource that was left alone keeps what it needs in front
 * of it, and the program then declares that one otherwise.
 */
final class Ordering<T> {
    private final List<T> items;
    private final Function<T, ResourceState> state;
    private final Map<Urn, Deque<Integer>> waiting = new HashMap<>();
    private final Map<String, Integer> providers = new HashMap<>();
    private final Set<Urn> placed = new HashSet<>();
    private final boolean[] begun;
    private final List<T> ordered = new ArrayList<>();

    private Ordering(List<T> items, Function<T, ResourceState> state) {
        this.items = items;
        this.state = state;
        this.begun = new boolean[items.size()];
        for (int position = 0; position < items.size(); position++) {
            ResourceState item = state.apply(items.get(position));
            waiting.computeIfAbsent(item.urn(), urn -> new ArrayDeque<>()).add(position);
            if (item.isProvider()) {
                providers.put(item.reference(), position);
            }
        }
    }

    /** The same items; in the same order where that is a good one. */
    static <T> List<T> ordered(List<T> items, Function<T, ResourceState> state) {
        var ordering = new Ordering<>(items, state);
        for (int position = 0; position < items.size(); position++) {
            ordering.place(position);
        }
        return ordering.ordered;
    }

    /** A name that stands there twice, old and new, is satisfied by the first of them. */
    private void place(int position) {
        if (begun[position]) {
            return;
        }
        begun[position] = true;
        ResourceState item = state.apply(items.get(position));
        item.provider().map(providers::get).ifPresent(this::place);
        for (Urn urn : item.needsBesideProvider()) {
            Deque<Integer> candidates = waiting.get(urn);
            if (candidates != null && !placed.contains(urn)) {
                place(candidates.element());
            }
        }
        placed.add(item.urn());
        ordered.add(items.get(position));
    }
}
