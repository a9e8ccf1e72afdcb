package dev.slipway.engine;

import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.Urn;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
     * @param tellsKept whether what is unwanted but may not be touched is told of, as being the same
     * @throws StepFailure when a deletion failed: nothing that such a one needs is deleted, and nothing else unless errors are passed over
     */
    void delete(Predicate<Urn> unwanted, boolean tellsKept) {
        List<Ledger.Entry> entries = run.ledger().entries();
        Predicate<Urn> permitted = run.scope().deletable(entries);
        List<Ledger.Entry> condemned = entries.stream()
                .filter(entry -> entry.state().marks().delete()
                        || unwanted.test(entry.state().urn()))
                .filter(entry -> permitted.test(entry.state().urn()))
                .toList();
        if (tellsKept) {
            tellKept(entries, unwanted.and(permitted.negate()));
        }
        refuseUnasked(condemned);
        Set<Integer> keys = keys(condemned);
        keys.removeAll(keys(tellProtected(condemned)));
        keys.removeAll(keys(providersOfLeftovers(condemned)));
        var needs = new Needs(entries);
        Set<Integer> staying = entries.stream()
                .map(Ledger.Entry::key)
                .filter(key -> !keys.contains(key))
                .collect(Collectors.toSet());
        Set<Integer> kept = needs.closure(staying);
        keys.removeAll(kept);
        deleteAll(entries, needs, keys);
    }

    private void tellKept(List<Ledger.Entry> entries, Predicate<Urn> kept) {
        entries.stream()
                .map(Ledger.Entry::state)
                .filter(state -> !state.marks().delete() && kept.test(state.urn()))
                .forEach(state -> executor.execute(new KeepStep(state, List.of())));
    }

    private void deleteAll(List<Ledger.Entry> entries, Needs needs, Set<Integer> keys) {
        Map<Identity, List<String>> wanted = entries.stream()
                .filter(entry -> !keys.contains(entry.key()))
                .map(Ledger.Entry::state)
                .filter(state -> state.provider().isPresent())
                .collect(Collectors.groupingBy(
                        Identity::of,
                        Collectors.mapping(state -> state.provider().orElseThrow(), Collectors.toList())));
        List<Ledger.Entry> doomed =
                entries.stream().filter(entry -> keys.contains(entry.key())).toList();
        var company = new Company(doomed, entry -> isDeleted(entry.state()) && !isWanted(entry.state(), wanted), needs);
        Set<Integer> failed = ConcurrentHashMap.newKeySet();
        for (List<Ledger.Entry> batch : needs.antichains(keys)) {
            Set<Integer> needed = needs.closure(failed);
            workers.all(batch, entry -> {
                boolean stopped = run.cancelled() || !failed.isEmpty() && !run.continueOnError();
                if (!stopped && !needed.contains(entry.key()) && !succeeds(step(entry, company, wanted))) {
                    failed.add(entry.key());
                }
                return entry.key();
            });
        }
        if (run.cancelled() || !failed.isEmpty()) {
            throw new StepFailure("not everything was deleted");
        }
    }

    /** Whether it is gone outside then, and not only forgotten. */
    private static boolean isDeleted(ResourceState state) {
        ResourceState.Marks marks = state.marks();
        return state.custom() && !marks.external() && !marks.retainOnDelete() && !marks.pendingReplacement();
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

    /** What an interrupted run began and this one leaves alone can be finished only by its own provider. */
    private List<Ledger.Entry> providersOfLeftovers(List<Ledger.Entry> condemned) {
        Set<String> needed = run.ledger().leftovers().values().stream()
                .flatMap(operation -> operation.resource().provider().stream())
                .map(run.ledger()::renamed)
                .collect(Collectors.toSet());
        return condemned.stream()
                .filter(entry -> needed.contains(entry.state().reference()))
                .toList();
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

    /** One that was replaced goes in any case: that it may be replaced was decided with its replacement. */
    private List<Ledger.Entry> tellProtected(List<Ledger.Entry> condemned) {
        List<Ledger.Entry> kept = condemned.stream()
                .filter(entry -> entry.state().marks().protect())
                .filter(entry -> !entry.state().marks().pendingReplacement())
                .filter(entry -> !entry.state().marks().delete())
                .toList();
        kept.forEach(entry -> tellProtected(entry.state()));
        return kept;
    }

    private Step step(Ledger.Entry entry, Company company, Map<Identity, List<String>> wanted) {
        var way = DeleteStep.Way.of(entry, company, isWanted(entry.state(), wanted));
        return new DeleteStep(op(entry.state().marks()), entry, way, false, providers);
    }

    private void tellProtected(ResourceState state) {
        var info = new StepInfo(Op.DELETE, state.urn(), Optional.of(state), Optional.empty(), List.of());
        run.events().started(info);
        StepFailure unused = run.fail(
                state.urn(),
                StepGenerator.title(state.urn()) + " is protected and would have to be deleted",
                "Take away the option `protect` (run `up` with it set to false), then try again.");
        run.events().failed(info, Duration.ZERO);
    }

    /** What a resource is outside the record, for the provider that manages it. */
    private record Identity(String type, String id) {
        static Identity of(ResourceState state) {
            return new Identity(state.type(), state.id());
        }
    }

    /**
     * Whether a resource that stays is the same outside. One that was replaced may be wanted again before it was deleted (a change taken back after
     * an interruption), or its replacement have the same name; the provider then took it over, and what goes is only the old record of it.
     */
    private boolean isWanted(ResourceState state, Map<Identity, List<String>> wanted) {
        Optional<String> mine = state.provider();
        return mine.isPresent()
                && wanted.getOrDefault(Identity.of(state), List.of()).stream()
                        .anyMatch(other -> providers.samePlace(mine.get(), other));
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
