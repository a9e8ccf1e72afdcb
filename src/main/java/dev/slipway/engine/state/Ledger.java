package dev.slipway.engine.state;

import dev.slipway.property.Urn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The record of a stack while a run changes it. A change is in the journal before it shows here. Resources declared by this run stand first,
 * in the order in which their steps ended; those not (yet) declared follow in their old order: so everything always stands after all it needs.
 * Thread-safe.
 */
public final class Ledger {
    private final Journal journal;
    private final @Nullable String secretsState;
    private final Map<Integer, ResourceState> base = new TreeMap<>();
    private final Map<Integer, ResourceState> declared = new LinkedHashMap<>();
    private final Map<Integer, PendingOperation> left = new TreeMap<>();
    private final Map<Long, PendingOperation> running = new TreeMap<>();
    private final Map<Urn, Urn> renames = new LinkedHashMap<>();
    private int nextKey;
    private long nextOperation = 1;
    private boolean changed;

    /** A resource and its key, which stays the same for as long as it is recorded. */
    public record Entry(int key, ResourceState state) {}

    Ledger(Snapshot snapshot, Journal journal) {
        this.journal = journal;
        this.secretsState = snapshot.secretsState();
        snapshot.resources().forEach(state -> base.put(nextKey++, state));
        for (int position = 0; position < snapshot.pending().size(); position++) {
            left.put(position, snapshot.pending().get(position));
        }
    }

    /** A record of what would be, which is never written. */
    public static Ledger inMemory(Snapshot snapshot) {
        return new Ledger(snapshot, Journal.NONE);
    }

    /** Records that an operation is about to begin; returns, when that is durable, the number that {@link #end} takes. */
    public long begin(PendingOperation.Kind kind, ResourceState state) {
        var operation = new PendingOperation(state, kind);
        long number;
        synchronized (this) {
            number = nextOperation++;
        }
        journal.begin(number, operation);
        begun(number, operation);
        return number;
    }

    /** Records how an operation ended, and returns the key of what the change put; a failed one that did nothing has {@link Change#NONE}. */
    public Optional<Integer> end(long number, Change change) {
        Change keyed = keyed(change);
        journal.end(number, keyed);
        return ended(number, keyed);
    }

    /** Records a change that touched nothing outside. */
    public Optional<Integer> record(Change change) {
        Change keyed = keyed(change);
        journal.change(keyed);
        return apply(keyed);
    }

    /** The key is given before the entry is written, so that a replay, which may see entries in another order, gives the same. */
    private synchronized Change keyed(Change change) {
        return change.put() == null ? change : change.withKey(nextKey++);
    }

    synchronized void begun(long number, PendingOperation operation) {
        running.put(number, operation);
        nextOperation = Math.max(nextOperation, number + 1);
        changed = true;
    }

    synchronized Optional<Integer> ended(long number, Change change) {
        running.remove(number);
        return apply(change);
    }

    synchronized Optional<Integer> apply(Change change) {
        for (int key : change.remove()) {
            base.remove(key);
            declared.remove(key);
        }
        change.set().forEach((key, state) -> place(key).put(key, state));
        for (int key : change.move()) {
            ResourceState state = base.remove(key);
            if (state != null) {
                declared.put(key, state);
            }
        }
        renames.putAll(change.rename());
        change.settle().forEach(left::remove);
        changed |= change.matters();
        if (change.put() == null) {
            return Optional.empty();
        }
        (change.declared() ? declared : base).put(change.key(), change.put());
        nextKey = Math.max(nextKey, change.key() + 1);
        return Optional.of(change.key());
    }

    private Map<Integer, ResourceState> place(int key) {
        return declared.containsKey(key) ? declared : base;
    }

    /** Everything recorded now, each after all it needs; references follow those that were renamed. */
    public synchronized List<Entry> entries() {
        var renaming = new Renaming(renames);
        List<Entry> entries = new ArrayList<>();
        declared.forEach((key, state) -> entries.add(new Entry(key, renaming.apply(state))));
        base.forEach((key, state) -> entries.add(new Entry(key, renaming.apply(state))));
        return Ordering.ordered(entries, Entry::state);
    }

    /** A provider reference, where that provider was renamed by its present name. */
    public synchronized String renamed(String providerReference) {
        return new Renaming(renames).provider(providerReference);
    }

    public synchronized Optional<ResourceState> get(int key) {
        return Optional.ofNullable(place(key).get(key));
    }

    /** What earlier runs left unfinished and is not resolved yet, by position. */
    public synchronized Map<Integer, PendingOperation> leftovers() {
        return new TreeMap<>(left);
    }

    /** Whether anything is recorded otherwise than when this ledger was opened. */
    public synchronized boolean changed() {
        return changed;
    }

    /** What the next run will find; an operation that has begun and not ended is pending in it. */
    public synchronized Snapshot snapshot(Instant time, String version) {
        List<ResourceState> ordered = entries().stream().map(Entry::state).toList();
        List<PendingOperation> pending = new ArrayList<>(left.values());
        pending.addAll(running.values());
        return new Snapshot(time, version, secretsState, ordered, pending);
    }
}
