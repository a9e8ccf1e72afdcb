package dev.slipway.engine;

import dev.slipway.engine.state.Ledger;
import dev.slipway.property.Urn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who goes with whom when resources are deleted: one with the option {@code deletedWith} is gone as soon as its owner is, so it is not deleted
 * itself, and stays recorded until the owner is gone.
 */
final class Company {
    private final Map<Integer, Integer> leaders = new HashMap<>();
    private final Map<Integer, List<Ledger.Entry>> followers = new HashMap<>();

    /**
     * @param doomed all that are deleted together, each after what it needs
     * @param takesOthersAlong whether an owner is really deleted, and not only forgotten
     * @param needs is told what has to stay as long as whom
     */
    Company(List<Ledger.Entry> doomed, Predicate<Ledger.Entry> takesOthersAlong, Needs needs) {
        Map<Urn, Ledger.Entry> owners = new HashMap<>();
        for (Ledger.Entry entry : doomed) {
            Urn name = entry.state().links().deletedWith();
            Ledger.Entry owner = name == null ? null : owners.get(name);
            if (owner != null) {
                int leader = leaders.getOrDefault(owner.key(), owner.key());
                Set<Integer> others = others(entry, leader, needs);
                if (!needs.closure(others).contains(leader)) {
                    leaders.put(entry.key(), leader);
                    followers.computeIfAbsent(leader, key -> new ArrayList<>()).add(entry);
                    needs.before(leader, others);
                }
            }
            if (!entry.state().marks().delete() && takesOthersAlong.test(entry)) {
                owners.put(entry.state().urn(), entry);
            }
        }
    }

    /**
     * What it needs besides those that go with it. They have to stay until the leader is gone; when one of them needs the leader itself, that can't
     * be, and the resource is deleted like any other.
     */
    private Set<Integer> others(Ledger.Entry entry, int leader, Needs needs) {
        Set<Integer> others = new HashSet<>(needs.of(entry.key()));
        others.removeIf(key -> key == leader || leaders.getOrDefault(key, -1) == leader);
        return others;
    }

    /** Whether it goes with its owner. */
    boolean follows(Ledger.Entry entry) {
        return leaders.containsKey(entry.key());
    }

    /** Those that are gone when this one is. */
    List<Ledger.Entry> followersOf(Ledger.Entry entry) {
        return followers.getOrDefault(entry.key(), List.of());
    }
}
