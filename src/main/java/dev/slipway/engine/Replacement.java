package dev.slipway.engine;

import dev.slipway.engine.Declared.Condemned;
import dev.slipway.engine.Differ.Verdict;
import dev.slipway.engine.StepExecutor.Done;
import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.Urn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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
            StepFailure failure = run.fail(
                    found.urn(),
                    StepGenerator.title(found.urn()) + " is protected and would have to be replaced",
                    "Undo the change that needs a replacement, or take away the option `protect` first.");
            // A preview goes on, so that it shows which change that is.
            if (!run.preview()) {
                throw failure;
            }
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
        ResourceState old = found.oldState().orElseThrow();
        var verdict = new Verdict(true, true, false, List.of());
        executor.execute(new ReplaceStep(old, wanted, List.of()));
        return create(found, wanted, old.marks().external(), verdict);
    }

    private Done deleteThenCreate(Found found, Ledger.Entry old, ResourceState wanted, Verdict verdict) {
        List<Ledger.Entry> doomed = new ArrayList<>();
        try (Condemned condemned = declared.condemn(() -> choose(old, doomed))) {
            doomed.removeIf(entry -> !condemned.urns().contains(entry.state().urn()));
            Collections.reverse(doomed);
            refuseProtected(doomed);
            List<Ledger.Entry> all = new ArrayList<>(doomed);
            all.add(old);
            Collections.reverse(all);
            var company = new Company(
                    all,
                    entry -> !entry.state().marks().retainOnDelete(),
                    new Needs(run.ledger().entries()));
            doomed.forEach(entry -> delete(entry, company));
            condemned.awaitOthers();
            delete(old, company);
        }
        executor.execute(new ReplaceStep(old.state(), wanted, verdict.diffs()));
        return create(found, wanted, false, verdict);
    }

    private List<Urn> choose(Ledger.Entry old, List<Ledger.Entry> doomed) {
        doomed.addAll(new Dependents(run.ledger().entries(), declared, providers, run.seeds()).of(old));
        return doomed.stream().map(entry -> entry.state().urn()).toList();
    }

    private void delete(Ledger.Entry entry, Company company) {
        var way = DeleteStep.Way.of(entry, company, false);
        executor.execute(new DeleteStep(Op.DELETE_REPLACED, entry, way, true, providers));
    }

    private Done create(Found found, ResourceState wanted, boolean keepOld, Verdict verdict) {
        return executor.execute(new CreateStep(
                Op.CREATE_REPLACEMENT, wanted, found.place(keepOld), found.provider(), verdict.diffs(), run.clock()));
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
}
