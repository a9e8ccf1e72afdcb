package dev.slipway.engine;

import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.Urn;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Deletes what is no longer wanted: what others need goes after those others; what does not depend on each other goes together. */
final class Deletions {
    private final Run run;
    private final ProviderRegistry providers;
    private final StepExecutor executor;
    private final Workers workers;

    Deletions(Run run, ProviderRegistry providers, StepExecutor executor, Workers workers) {
        this.run = run;
        this.providers = providers;
        this.executor = executor;
        this.workers = workers;
    }

    /**
     * A protected resource is told as a failure and stays, with all that it needs; the others go nevertheless.
     *
     * @param unwanted which of the live resources to delete; those that are marked for deletion go in any case
     * @throws StepFailure when a deletion failed: nothing that such a one needs is deleted, and nothing else unless errors are passed over
     */
    void delete(Predicate<Urn> unwanted) {
        List<Ledger.Entry> entries = run.ledger().entries();
        Predicate<Urn> permitted = run.scope().deletable(entries);
        List<Ledger.Entry> condemned = entries.stream()
                .filter(entry -> entry.state().marks().delete()
                        || unwanted.test(entry.state().urn()))
                .filter(entry -> permitted.test(entry.state().urn()))
                .toList();
        refuseUnasked(condemned);
        Set<Integer> keys = keys(condemned);
        keys.removeAll(keys(tellProtected(condemned)));
        var needs = new Needs(entries);
        Set<Integer> staying = entries.stream()
                .map(Ledger.Entry::key)
                .filter(key -> !keys.contains(key))
                .collect(Collectors.toSet());
        Set<Integer> kept = needs.closure(staying);
        keys.removeAll(kept);
        deleteAll(entries, needs, keys);
    }

    private void deleteAll(List<Ledger.Entry> entries, Needs needs, Set<Integer> keys) {
        Set<Urn> gone = entries.stream()
                .filter(entry -> keys.contains(entry.key()))
                .map(Ledger.Entry::state)
                .filter(state -> !state.marks().delete())
                .map(ResourceState::urn)
                .collect(Collectors.toSet());
        Set<Identity> wanted = entries.stream()
                .filter(entry -> !keys.contains(entry.key()))
                .map(Identity::of)
                .collect(Collectors.toSet());
        Set<Integer> failed = ConcurrentHashMap.newKeySet();
        for (List<Ledger.Entry> batch : needs.antichains(keys)) {
            Set<Integer> needed = needs.closure(failed);
            workers.all(batch, entry -> {
                boolean stopped = run.cancelled() || !failed.isEmpty() && !run.continueOnError();
                if (!stopped && !needed.contains(entry.key()) && !succeeds(step(entry, gone, wanted))) {
                    failed.add(entry.key());
                }
                return entry.key();
            });
        }
        if (run.cancelled() || !failed.isEmpty()) {
            throw new StepFailure("not everything was deleted");
        }
    }

    private boolean succeeds(Step step) {
        try {
            executor.execute(step);
            return true;
        } catch (StepFailure e) {
            return false;
        }
    }

    private static Set<Integer> keys(List<Ledger.Entry> entries) {
        return entries.stream().map(Ledger.Entry::key).collect(Collectors.toCollection(HashSet::new));
    }

    /** What stands on a target has to go before it, which must have been asked for. */
    private void refuseUnasked(List<Ledger.Entry> condemned) {
        List<Urn> unasked = condemned.stream()
                .map(entry -> entry.state().urn())
                .filter(urn -> !run.scope().permitsDeletion(urn))
                .distinct()
                .toList();
        unasked.forEach(urn -> run.fail(
                urn,
                StepGenerator.title(urn) + " would have to be deleted with a target, but is none itself",
                "Add it with --target, or take all that depends on the targets with --target-dependents."));
        if (!unasked.isEmpty() && !run.preview()) {
            throw new StepFailure("deletions that nobody asked for");
        }
    }

    private List<Ledger.Entry> tellProtected(List<Ledger.Entry> condemned) {
        List<Ledger.Entry> kept = condemned.stream()
                .filter(entry -> entry.state().marks().protect())
                .filter(entry -> !entry.state().marks().pendingReplacement())
                .toList();
        kept.forEach(entry -> run.fail(
                entry.state().urn(),
                StepGenerator.title(entry.state().urn()) + " is protected and would have to be deleted",
                "Take away the option `protect` (run `up` with it set to false), then try again."));
        return kept;
    }

    /**
     * What a resource is outside the record. One that was replaced may be wanted again before it was deleted (a change taken back after an
     * interruption); its provider then took it over, and what waits for deletion is only the old record of it.
     */
    private record Identity(String type, String id, Optional<String> provider) {
        static Identity of(Ledger.Entry entry) {
            ResourceState state = entry.state();
            return new Identity(state.type(), state.id(), state.provider());
        }
    }

    private Step step(Ledger.Entry entry, Set<Urn> gone, Set<Identity> wanted) {
        Urn owner = entry.state().links().deletedWith();
        boolean spared = owner != null && gone.contains(owner) || wanted.contains(Identity.of(entry));
        return new DeleteStep(op(entry.state().marks()), entry, spared, false, providers);
    }

    private static Op op(ResourceState.Marks marks) {
        if (marks.pendingReplacement()) {
            return Op.REMOVE_PENDING_REPLACE;
        }
        if (marks.external()) {
            return marks.delete() ? Op.DISCARD_REPLACED : Op.READ_DISCARD;
        }
        return marks.delete() ? Op.DELETE_REPLACED : Op.DELETE;
    }
}
