package dev.slipway.engine;

import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.Urn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What the program has declared in this run, and what became of it. Thread-safe. */
final class Declared {
    private final Set<Urn> claimed = new HashSet<>();
    private final Set<Urn> looked = new HashSet<>();
    private final Map<Urn, Urn> formerNames = new HashMap<>();
    private final Map<Urn, CompletableFuture<Void>> condemned = new HashMap<>();
    private final Map<Urn, Declaration> done = new ConcurrentHashMap<>();
    private final Set<Urn> skipped = ConcurrentHashMap.newKeySet();
    private final Set<Urn> failed = ConcurrentHashMap.newKeySet();

    /**
     * A resource whose step is done.
     *
     * @param key its record; empty when it is not recorded, because the run was told to leave it out
     * @param alias the name under which it was recorded before, when that was another one
     */
    record Declaration(Goal goal, ResourceState state, Optional<Integer> key, Optional<Urn> alias) {}

    /** Takes a name for one declaration, which may be recorded under an alias; says what stands against it, if anything. */
    synchronized Optional<String> claim(Urn urn, Collection<Urn> aliases) {
        Urn other = formerNames.get(urn);
        if (other != null) {
            return Optional.of("`" + other + "` has this name as an alias, and is what was recorded under it.");
        }
        looked.addAll(aliases);
        return claimed.add(urn)
                ? Optional.empty()
                : Optional.of("Two resources of the same type and parent need different names.");
    }

    /** Takes the record that was found under a former name; says what stands against it, if anything. */
    synchronized Optional<String> claimFormer(Urn former, Urn now) {
        if (claimed.contains(former)) {
            return Optional.of("Its alias `" + former + "` is the name of another resource of this program.");
        }
        Urn other = formerNames.putIfAbsent(former, now);
        return other == null
                ? Optional.empty()
                : Optional.of("Its alias `" + former + "` is also one of `" + other + "`, which came first.");
    }

    synchronized boolean isClaimed(Urn urn) {
        return claimed.contains(urn) || formerNames.containsKey(urn);
    }

    /** Whether a declaration has, or is about to look for, the record of this name. */
    synchronized boolean isWanted(Urn urn) {
        return isClaimed(urn) || looked.contains(urn);
    }

    /**
     * Resources that go before they are declared again; declarations of them wait until {@link #close}.
     *
     * @param urns what nobody else has condemned before
     * @param others deletions by others that have to be over first
     */
    record Condemned(Set<Urn> urns, CompletableFuture<Void> over, List<CompletableFuture<Void>> others)
            implements AutoCloseable {
        void awaitOthers() {
            others.forEach(CompletableFuture::join);
        }

        @Override
        public void close() {
            over.complete(null);
        }
    }

    /** @param choice picks among what is not {@link #isWanted}; nothing is declared meanwhile */
    synchronized Condemned condemn(Supplier<Collection<Urn>> choice) {
        var over = new CompletableFuture<Void>();
        Set<Urn> mine = new HashSet<>();
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (Urn urn : choice.get()) {
            CompletableFuture<Void> earlier = condemned.putIfAbsent(urn, over);
            if (earlier == null) {
                mine.add(urn);
            } else {
                others.add(earlier);
            }
        }
        return new Condemned(mine, over, others);
    }

    /** Whether a resource was deleted in this run for the sake of another one's replacement; returns when that is over. */
    boolean awaitCondemned(Urn urn) {
        CompletableFuture<Void> over;
        synchronized (this) {
            over = condemned.get(urn);
        }
        if (over == null) {
            return false;
        }
        over.join();
        return true;
    }

    void done(Declaration declaration) {
        done.put(declaration.state().urn(), declaration);
    }

    Optional<Declaration> find(Urn urn) {
        return Optional.ofNullable(done.get(urn));
    }

    /** Left out of the run, though it does not exist yet. */
    void skipped(Urn urn) {
        skipped.add(urn);
    }

    Optional<Urn> firstSkipped(Collection<Urn> urns) {
        return urns.stream().filter(skipped::contains).findFirst();
    }

    void failed(Urn urn) {
        failed.add(urn);
    }

    boolean anyFailed(Collection<Urn> urns) {
        return !Collections.disjoint(failed, urns);
    }
}
