package dev.slipway.engine;

import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.Urn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the run was told to leave alone ({@code --target}, {@code --exclude}). */
final class Bystanders {
    private final Run run;
    private final Declared declared;
    private final OldResources olds;

    Bystanders(Run run, Declared declared, OldResources olds) {
        this.run = run;
        this.declared = declared;
        this.olds = olds;
    }

    /** One that exists stays as it is; one that does not is left out. */
    Step leave(Found found, ResourceState bare) {
        if (found.old().isEmpty()) {
            declared.skipped(found.urn());
            return new SkipStep(bare);
        }
        Ledger.Entry old = found.old().get();
        List<Ledger.Entry> with = new ArrayList<>();
        collect(old, new HashSet<>(), with);
        return new KeepStep(old.state(), with);
    }

    /** What the program no longer declares stays recorded with what needs it, and before it. */
    private void collect(Ledger.Entry entry, Set<Integer> seen, List<Ledger.Entry> found) {
        if (!seen.add(entry.key())) {
            return;
        }
        for (Urn urn : entry.state().needs()) {
            olds.find(urn).ifPresent(needed -> collect(needed, seen, found));
        }
        found.add(entry);
    }

    /** A preview tells all of them and goes on. */
    void refuseSkipped(ResourceState wanted) {
        declared.firstSkipped(wanted.needs()).ifPresent(skipped -> {
            StepFailure failure = run.fail(
                    wanted.urn(),
                    StepGenerator.title(wanted.urn()) + " depends on " + StepGenerator.title(skipped)
                            + ", which would have to be created but is not selected",
                    "Select `" + skipped + "` too.");
            if (!run.preview()) {
                throw failure;
            }
        });
    }
}
