package dev.slipway.engine;

import dev.slipway.engine.state.Change;
import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.Urn;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a declared resource goes in the record.
 *
 * @param old what is recorded of it, if anything
 * @param keepOld the old one is replaced and waits to be deleted, instead of giving way at once
 * @param leftovers the pending operations of an earlier run that this creation resolves
 */
record Place(Optional<Ledger.Entry> old, boolean keepOld, List<Integer> leftovers) {
    Change put(ResourceState state) {
        Change change = Change.NONE.put(state).settle(leftovers);
        if (old.isEmpty()) {
            return change;
        }
        Ledger.Entry entry = old.get();
        if (keepOld) {
            var marked = entry.state().withMarks(entry.state().marks().withDelete(true));
            return change.set(entry.key(), marked);
        }
        return rename(change.remove(entry.key()), entry.state().urn(), state.urn());
    }

    /** Keeps an unchanged resource; the record is not touched when nothing at all is different. */
    Change keep(Ledger.Entry entry, ResourceState state) {
        boolean untouched = entry.state().equals(state);
        return untouched ? Change.NONE.move(List.of(entry.key())).settle(leftovers) : put(state);
    }

    private static Change rename(Change change, Urn before, Urn now) {
        return before.equals(now) ? change : change.rename(Map.of(before, now));
    }
}
