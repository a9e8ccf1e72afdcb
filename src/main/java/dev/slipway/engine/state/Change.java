package dev.slipway.engine.state;

import dev.slipway.property.Urn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one step does to the record, applied whole or not at all. Resources are named by their keys in the {@link Ledger}.
 *
 * @param remove resources that are no longer there
 * @param set resources that stay where they are, with a new state
 * @param move resources that the program declared again, unchanged
 * @param put a resource that the program declared, new or changed
 * @param key the key of {@code put}; the ledger gives it
 * @param declared whether the program declared {@code put}; when not, it stands after everything else
 * @param rename names that became others (aliases): every reference follows
 * @param settle pending operations of an earlier run that are now resolved, by their position in its snapshot
 */
public record Change(
        List<Integer> remove,
        Map<Integer, ResourceState> set,
        List<Integer> move,
        @Nullable ResourceState put,
        int key,
        boolean declared,
        Map<Urn, Urn> rename,
        List<Integer> settle) {
    public static final Change NONE = new Change(List.of(), Map.of(), List.of(), null, -1, true, Map.of(), List.of());

    public Change {
        remove = List.copyOf(remove);
        set = Map.copyOf(set);
        move = List.copyOf(move);
        rename = Map.copyOf(rename);
        settle = List.copyOf(settle);
    }

    public Change remove(List<Integer> keys) {
        return new Change(keys, set, move, put, key, declared, rename, settle);
    }

    public Change remove(int gone) {
        return remove(List.of(gone));
    }

    public Change set(Map<Integer, ResourceState> states) {
        return new Change(remove, states, move, put, key, declared, rename, settle);
    }

    public Change set(int place, ResourceState state) {
        return set(Map.of(place, state));
    }

    public Change move(List<Integer> moved) {
        return new Change(remove, set, moved, put, key, declared, rename, settle);
    }

    public Change put(ResourceState state) {
        return new Change(remove, set, move, state, key, true, rename, settle);
    }

    /** Puts a resource that is there but that no program asked for. */
    public Change putUndeclared(ResourceState state) {
        return new Change(remove, set, move, state, key, false, rename, settle);
    }

    public Change rename(Map<Urn, Urn> names) {
        return new Change(remove, set, move, put, key, declared, names, settle);
    }

    public Change settle(List<Integer> positions) {
        return new Change(remove, set, move, put, key, declared, rename, positions);
    }

    Change withKey(int value) {
        return new Change(remove, set, move, put, value, declared, rename, settle);
    }

    /** Whether the record means something else afterwards; an unchanged resource that only moved is no difference. */
    boolean matters() {
        return !remove.isEmpty() || !set.isEmpty() || put != null || !rename.isEmpty() || !settle.isEmpty();
    }
}
