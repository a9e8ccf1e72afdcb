package dev.slipway.engine;

import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.Urn;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the program has declared in this run. Thread-safe. */
final class Declared {
    private final Set<Urn> claimed = new HashSet<>();
    private final Map<Urn, Declaration> done = new ConcurrentHashMap<>();

    /** A resource whose step is done; {@code alias} is the name under which it was recorded before, when that was another one. */
    record Declaration(Goal goal, ResourceState state, int key, Optional<Urn> alias) {}

    /** Takes a name for one declaration; false when it is taken already. */
    synchronized boolean claim(Urn urn) {
        return claimed.add(urn);
    }

    synchronized boolean isClaimed(Urn urn) {
        return claimed.contains(urn);
    }

    void done(Declaration declaration) {
        done.put(declaration.state().urn(), declaration);
    }

    Optional<Declaration> find(Urn urn) {
        return Optional.ofNullable(done.get(urn));
    }
}
