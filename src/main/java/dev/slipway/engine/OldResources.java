package dev.slipway.engine;

import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.PendingOperation;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.Urn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** The resource as it is recorded now, by its name or the first of its former names that is recorded. */
    Optional<Ledger.Entry> find(Urn urn, List<Urn> aliases) {
        return find(urn)
                .or(() ->
                        aliases.stream().flatMap(alias -> find(alias).stream()).findFirst());
    }

    private Optional<Ledger.Entry> find(Urn urn) {
        return Optional.ofNullable(live.get(urn))
                .flatMap(key -> ledger.get(key).map(state -> new Ledger.Entry(key, state)));
    }

    /**
     * A creation that an earlier run began and did not see end. The resource may be there; made again with the same inputs (the same generated
     * name) its provider finds it instead of making a second one.
     */
    Optional<ResourceState> begun(Urn urn, List<Urn> aliases) {
        return names(urn, aliases)
                .flatMap(name -> unfinished.getOrDefault(name, Map.of()).values().stream())
                .findFirst();
    }

    /** The pending operations that a creation under this name resolves. */
    List<Integer> unfinished(Urn urn, List<Urn> aliases) {
        return names(urn, aliases)
                .flatMap(name -> unfinished.getOrDefault(name, Map.of()).keySet().stream())
                .toList();
    }

    private static Stream<Urn> names(Urn urn, List<Urn> aliases) {
        return Stream.concat(Stream.of(urn), aliases.stream());
    }
}
