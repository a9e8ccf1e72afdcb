package dev.slipway.engine;

import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.Urn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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
     * @param unwanted which of the live resources to delete; those that are marked for deletion go in any case
     * @throws StepFailure when one is protected (then nothing is deleted), or a deletion failed (then nothing that it needs is)
     */
    void delete(Predicate<Urn> unwanted) {
        List<Ledger.Entry> entries = run.ledger().entries();
        List<Ledger.Entry> condemned = entries.stream()
                .filter(entry -> entry.state().marks().delete()
                        || unwanted.test(entry.state().urn()))
                .toList();
        refuseProtected(condemned);
        Set<Urn> gone = new HashSet<>();
        condemned.stream()
                .filter(entry -> !entry.state().marks().delete())
                .forEach(entry -> gone.add(entry.state().urn()));
        Set<Identity> wanted = new HashSet<>();
        Set<Integer> keys = new HashSet<>();
        condemned.forEach(entry -> keys.add(entry.key()));
        entries.stream().filter(entry -> !keys.contains(entry.key())).forEach(entry -> wanted.add(Identity.of(entry)));
        for (List<Ledger.Entry> batch : antichains(entries, condemned)) {
            if (run.cancelled()) {
                throw new StepFailure("cancelled");
            }
            workers.all(batch, entry -> executor.execute(step(entry, gone, wanted)));
        }
    }

    private void refuseProtected(List<Ledger.Entry> condemned) {
        List<Urn> kept = condemned.stream()
                .map(Ledger.Entry::state)
                .filter(state -> state.marks().protect() && !state.marks().pendingReplacement())
                .map(ResourceState::urn)
                .toList();
        kept.forEach(urn -> run.fail(
                urn,
                StepGenerator.title(urn) + " is protected and would have to be deleted",
                "Take away the option `protect` (run `up` with it set to false), then try again."));
        if (!kept.isEmpty()) {
            throw new StepFailure("protected resources");
        }
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
        ResourceState state = entry.state();
        Urn owner = state.links().deletedWith();
        Op op = Op.DELETE;
        if (state.marks().pendingReplacement()) {
            op = Op.REMOVE_PENDING_REPLACE;
        } else if (state.marks().delete()) {
            op = Op.DELETE_REPLACED;
        }
        boolean spared = owner != null && gone.contains(owner) || wanted.contains(Identity.of(entry));
        return new DeleteStep(op, entry, spared, false, providers);
    }

    /** Batches, dependents first. A need is meant of the nearest record before: the same name may stand there twice, old and new. */
    static List<List<Ledger.Entry>> antichains(List<Ledger.Entry> entries, List<Ledger.Entry> condemned) {
        Map<Integer, Integer> depths = new HashMap<>();
        Set<Integer> keys = new HashSet<>();
        condemned.forEach(entry -> keys.add(entry.key()));
        // From the last to the first: when an entry is reached, all that need it have been, so its depth is final.
        Map<Integer, Set<Integer>> needs = needs(entries, keys);
        List<List<Ledger.Entry>> batches = new ArrayList<>();
        for (int position = entries.size() - 1; position >= 0; position--) {
            Ledger.Entry entry = entries.get(position);
            if (keys.contains(entry.key())) {
                int depth = depths.getOrDefault(entry.key(), 0);
                needs.getOrDefault(entry.key(), Set.of()).forEach(needed -> depths.merge(needed, depth + 1, Math::max));
                while (batches.size() <= depth) {
                    batches.add(new ArrayList<>());
                }
                batches.get(depth).add(entry);
            }
        }
        return batches;
    }

    private static Map<Integer, Set<Integer>> needs(List<Ledger.Entry> entries, Set<Integer> condemned) {
        Map<Urn, Integer> nearest = new HashMap<>();
        Map<Integer, Set<Integer>> needs = new HashMap<>();
        for (Ledger.Entry entry : entries) {
            if (condemned.contains(entry.key())) {
                Set<Integer> mine = new HashSet<>();
                for (Urn urn : entry.state().needs()) {
                    Integer key = nearest.get(urn);
                    if (key != null && condemned.contains(key)) {
                        mine.add(key);
                    }
                }
                needs.put(entry.key(), mine);
            }
            nearest.put(entry.state().urn(), entry.key());
        }
        return needs;
    }
}
