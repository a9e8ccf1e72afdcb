package dev.slipway.engine;

import dev.slipway.engine.state.Ledger;
import dev.slipway.property.Urn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who goes with whom when resources are deleted: one with the option {@code deletedWith} is gone as soon as its owner is, so it is not deleted
 * itself, and stays recorded until the owner is gone.
 */
final class Company {
    private final Map<Urn, Ledger.Entry> leaders = new HashMap<>();
    private final Map<Integer, List<Ledger.Entry>> followers = new HashMap<>();

    /**
     * @param doomed all that are deleted together
     * @param takesOthersAlong whether an owner is really deleted, and not only forgotten
     */
    Company(List<Ledger.Entry> doomed, Predicate<Ledger.Entry> takesOthersAlong) {
        doomed.stream()
                .filter(entry -> !entry.state().marks().delete())
                .filter(takesOthersAlong)
                .forEach(entry -> leaders.put(entry.state().urn(), entry));
        for (Ledger.Entry entry : doomed) {
            owner(entry).ifPresent(owner -> followers
                    .computeIfAbsent(last(owner).key(), key -> new ArrayList<>())
                    .add(entry));
        }
    }

    private Ledger.Entry last(Ledger.Entry leader) {
        return owner(leader).map(this::last).orElse(leader);
    }

    private Optional<Ledger.Entry> owner(Ledger.Entry entry) {
        return Optional.ofNullable(entry.state().links().deletedWith()).map(leaders::get);
    }

    /** Whether it goes with its owner. */
    boolean follows(Ledger.Entry entry) {
        return owner(entry).isPresent();
    }

    /** Those that are gone when this one is. */
    List<Ledger.Entry> followersOf(Ledger.Entry entry) {
        return followers.getOrDefault(entry.key(), List.of());
    }
}
