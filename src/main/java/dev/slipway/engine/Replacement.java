package dev.slipway.engine;

import dev.slipway.engine.Differ.Verdict;
import dev.slipway.engine.StepExecutor.Done;
import dev.slipway.engine.StepGenerator.Found;
import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.ProviderReference;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.DiffRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts a new resource in the place of an old one: the new one first where that is possible, else the old one and all that hangs on it. */
final class Replacement {
    private final Run run;
    private final ProviderRegistry providers;
    private final Declared declared;
    private final StepExecutor executor;

    Replacement(Run run, ProviderRegistry providers, Declared declared, StepExecutor executor) {
        this.run = run;
        this.providers = providers;
        this.declared = declared;
        this.executor = executor;
    }

    Done replace(Found found, ResourceState wanted, Verdict verdict) {
        Ledger.Entry old = found.old().orElseThrow();
        if (old.state().marks().protect() && wanted.marks().protect()) {
            throw run.fail(
                    found.urn(),
                    StepGenerator.title(found.urn()) + " is protected and would have to be replaced",
                    "Undo the change that needs a replacement, or take away the option `protect` first.");
        }
        if (verdict.deleteBeforeReplace()) {
            return deleteThenCreate(found, old, wanted, verdict);
        }
        Done done = create(found, wanted, true, verdict);
        executor.execute(new ReplaceStep(old.state(), wanted, verdict.diffs()));
        return done;
    }

    /** The old one was deleted before (for a replacement that failed, or with what it hung on), or was never ours. */
    Done recreate(Found found, ResourceState wanted) {
        ResourceState old = found.old().orElseThrow().state();
        var verdict = new Verdict(true, true, false, List.of());
        executor.execute(new ReplaceStep(old, wanted, List.of()));
        return create(found, wanted, old.marks().external(), verdict);
    }

    private Done deleteThenCreate(Found found, Ledger.Entry old, ResourceState wanted, Verdict verdict) {
        List<Ledger.Entry> doomed = dependents(old);
        Collections.reverse(doomed);
        doomed.add(old);
        refuseProtected(doomed);
        for (Ledger.Entry entry : doomed) {
            executor.execute(new DeleteStep(Op.DELETE_REPLACED, entry, false, true, providers));
        }
        executor.execute(new ReplaceStep(old.state(), wanted, verdict.diffs()));
        return create(found, wanted, false, verdict);
    }

    private Done create(Found found, ResourceState wanted, boolean keepOld, Verdict verdict) {
        var place = new Place(found.old(), keepOld, found.leftovers());
        return executor.execute(
                new CreateStep(Op.CREATE_REPLACEMENT, wanted, place, found.provider(), verdict.diffs(), run.clock()));
    }

    private void refuseProtected(List<Ledger.Entry> doomed) {
        List<Ledger.Entry> kept =
                doomed.stream().filter(entry -> entry.state().marks().protect()).toList();
        kept.forEach(entry -> run.fail(
                entry.state().urn(),
                StepGenerator.title(entry.state().urn()) + " is protected and would have to be deleted",
                "What it depends on has to be deleted before its replacement can be made."));
        if (!kept.isEmpty()) {
            throw new StepFailure("protected dependents");
        }
    }

    /** What can't outlive the old one, and was not declared yet: in recorded order, each after what it needs. */
    private List<Ledger.Entry> dependents(Ledger.Entry old) {
        List<Ledger.Entry> found = new ArrayList<>();
        Set<Urn> doomed = new HashSet<>(Set.of(old.state().urn()));
        for (Ledger.Entry entry : run.ledger().entries()) {
            ResourceState state = entry.state();
            boolean candidate =
                    state.custom() && !state.marks().delete() && !state.marks().pendingReplacement();
            if (candidate && !declared.isClaimed(state.urn()) && hangsOn(state, doomed)) {
                found.add(entry);
                doomed.add(state.urn());
            }
        }
        return found;
    }

    private boolean hangsOn(ResourceState state, Set<Urn> doomed) {
        Optional<Urn> provider = state.provider()
                .map(reference -> ProviderReference.parse(reference).urn());
        Urn owner = state.links().deletedWith();
        if (provider.filter(doomed::contains).isPresent() || owner != null && doomed.contains(owner)) {
            return true;
        }
        PropertyMap unknown = state.inputs();
        boolean touched = false;
        for (Map.Entry<String, List<Urn>> property :
                state.links().propertyDependencies().entrySet()) {
            if (property.getValue().stream().anyMatch(doomed::contains)) {
                unknown = unknown.with(property.getKey(), PropertyValue.Unknown.VALUE);
                touched = true;
            }
        }
        return touched && state.provider().isPresent() && wouldBeReplaced(state, unknown);
    }

    /** Asked with the values unknown that come from what is deleted: would any value do? */
    private boolean wouldBeReplaced(ResourceState state, PropertyMap unknown) {
        return providers
                .get(state.provider().orElseThrow())
                .diff(new DiffRequest(state.id(), state.urn(), state.inputs(), state.outputs(), unknown, List.of()))
                .replaces();
    }
}
