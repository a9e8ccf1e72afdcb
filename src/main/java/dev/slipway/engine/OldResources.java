package dev.slipway.engine;

import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.PendingOperation;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.Urn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What was recorded when the program began, found by name. */
final class OldResources {
    private final Ledger ledger;
    private final Map<Urn, Integer> live = new HashMap<>();
    private final Map<Urn, Map<Integer, ResourceState>> unfinished = new HashMap<>();

    OldResources(Ledger ledger) {
        this.ledger = ledger;
        for (Ledger.Entry entry : ledger.entries()) {
            if (!entry.state().marks().delete()) {
                live.put(entry.state().urn(), entry.key());
            }
        }
        ledger.leftovers().forEach((position, operation) -> {
            if (isCreation(operation)) {
                unfinished
                        .computeIfAbsent(operation.resource().urn(), urn -> new HashMap<>())
                        .put(position, operation.resource());
            }
        });
    }

    private static boolean isCreation(PendingOperation operation) {
        return operation.kind() == PendingOperation.Kind.CREATING
                || operation.kind() == PendingOperation.Kind.IMPORTING;
    }

    /** The name under which a resource was recorded: its own, or the first of its former names that was. */
    Optional<Urn> recordedName(Urn urn, List<Urn> aliases) {
        return Stream.concat(Stream.of(urn), aliases.stream())
                .filter(live::containsKey)
                .findFirst();
    }

    /** The resource of this name as it is recorded now. */
    Optional<Ledger.Entry> find(Urn urn) {
        return Optional.ofNullable(live.get(urn))
                .flatMap(key -> ledger.get(key).map(state -> new Ledger.Entry(key, state)));
    }

    /**
     * The creations that earlier runs began under this name and did not see end, by their position. Such a resource may be there; made again with
     * the same inputs (the same generated name) its provider finds it instead of making a second one.
     *
     * @param fits whether the provider that was to make one looks for it in the same place as the one that makes it now
     */
    Map<Integer, ResourceState> begun(Urn urn, List<Urn> aliases, Predicate<ResourceState> fits) {
        Map<Integer, ResourceState> found = new TreeMap<>();
        Stream.concat(Stream.of(urn), aliases.stream())
                .forEach(name -> found.putAll(unfinished.getOrDefault(name, Map.of())));
        found.values().removeIf(fits.negate());
        return found;
    }
}
