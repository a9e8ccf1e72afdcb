package dev.slipway.engine;

import dev.slipway.engine.Declared.Declaration;
import dev.slipway.engine.Differ.Verdict;
import dev.slipway.engine.StepExecutor.Done;
import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ResourceProvider;
import java.util.List;
import java.util.Optional;

/** Turns a goal into the steps that make it true, and has them done: one call per declaration, from several threads at once. */
final class StepGenerator {
    private final Run run;
    private final ProviderRegistry providers;
    private final DefaultProviders defaults;
    private final Declared declared;
    private final StepExecutor executor;
    private final Finder finder;
    private final Checker checker;
    private final Differ differ;
    private final Replacement replacement;
    private final Imports imports;
    private final Bystanders bystanders;

    StepGenerator(Run run, ProviderRegistry providers, Declared declared, OldResources olds, StepExecutor executor) {
        this.run = run;
        this.providers = providers;
        this.defaults = new DefaultProviders(
                run.request(), goal -> declare(goal).state().reference());
        this.declared = declared;
        this.executor = executor;
        this.finder = new Finder(run, providers, defaults, declared, olds);
        this.checker = new Checker(run);
        this.differ = new Differ(run, providers);
        this.replacement = new Replacement(run, providers, declared, executor);
        this.imports = new Imports(run, checker, executor);
        this.bystanders = new Bystanders(run, declared, olds);
    }

    /** @throws StepFailure when the declaration can't be made true; the reason has been told */
    Declaration declare(Goal given) {
        Found found = finder.find(given);
        try {
            return finish(found, actOrLeave(found));
        } catch (StepFailure e) {
            declared.failed(found.urn());
            throw e;
        } catch (ProviderException e) {
            declared.failed(found.urn());
            throw run.fail(found.urn(), title(found.urn()) + " could not be prepared", String.valueOf(e.getMessage()));
        }
    }

    /** Reads a resource that somebody else manages. */
    Declaration read(Goal given, String id) {
        Found found = finder.find(given);
        try {
            return finish(found, read(found, found.with(given.inputs()).withId(id)));
        } catch (StepFailure e) {
            declared.failed(found.urn());
            throw e;
        }
    }

    private Done read(Found found, ResourceState wanted) {
        if (declared.firstSkipped(wanted.needs()).isPresent()) {
            // What it would be recorded below, or after, does not exist.
            declared.skipped(found.urn());
            return executor.execute(new SkipStep(wanted));
        }
        ResourceProvider provider = found.provider()
                .orElseThrow(() -> run.fail(found.urn(), title(found.urn()) + " can't be read", "It has no provider."));
        Optional<ResourceState> replaced = found.oldState()
                .filter(old -> !old.marks().external() && !old.id().equals(wanted.id()));
        Op op = replaced.isPresent() ? Op.READ_REPLACEMENT : Op.READ;
        var place = new Place(found.old(), replaced.isPresent(), List.of());
        Done done = executor.execute(new ReadStep(op, wanted, place, provider, run.clock()));
        replaced.ifPresent(old -> executor.execute(new ReplaceStep(old, wanted, List.of())));
        return done;
    }

    /** The default provider of a package, for functions that name none. */
    ResourceProvider providerFor(String packageName) {
        return providers.get(defaults.of(packageName, ""));
    }

    private Done actOrLeave(Found found) {
        ResourceState bare = found.with(found.goal().inputs());
        if (run.scope().includes(bare)) {
            bystanders.refuseSkipped(bare);
            return act(found);
        }
        if (found.condemned() && found.mustBeMadeAgain()) {
            // It had to go with another one, so it comes back as it was.
            return replacement.recreate(
                    found, found.with(found.oldState().orElseThrow().inputs()));
        }
        return executor.execute(bystanders.leave(found, bare));
    }

    private Done act(Found found) {
        Goal goal = found.goal();
        Optional<ResourceState> old = found.oldState();
        if (imports.applies(found)) {
            return imports.take(found);
        }
        boolean forced = old.isPresent() && run.scope().replaces(found.urn());
        PropertyMap news = old.filter(state -> !forced && !found.mustBeMadeAgain())
                .map(state -> checker.withoutIgnored(found, state.inputs()))
                .orElse(goal.inputs());
        Optional<PropertyMap> begun = found.begun().map(ResourceState::inputs);
        Optional<PropertyMap> olds = forced ? Optional.empty() : found.oldInputs();
        ResourceState wanted = checker.wanted(found, olds.or(() -> begun), news);
        if (old.isEmpty()) {
            return resumed(found, wanted, Op.CREATE, false)
                    .orElseGet(() -> executor.execute(creation(found, wanted, Op.CREATE, false)));
        }
        if (found.mustBeMadeAgain()) {
            boolean external = old.get().marks().external();
            return resumed(found, wanted, Op.CREATE_REPLACEMENT, external)
                    .orElseGet(() -> replacement.recreate(found, wanted));
        }
        Verdict verdict = differ.decide(old.get(), wanted, goal, found.provider());
        if (verdict.replace()) {
            // A replacement is a new resource: defaults and generated names are not taken over from the old one.
            ResourceState fresh = checker.wanted(found, begun, goal.inputs());
            refuseImported(found);
            return resumed(found, fresh, Op.CREATE_REPLACEMENT, true)
                    .orElseGet(() -> replacement.replace(found, fresh, verdict));
        }
        boolean update = verdict.update() || !old.get().initErrors().isEmpty();
        return executor.execute(update ? update(found, wanted, verdict) : same(found, wanted));
    }

    /** A replacement gets another id than the one that the program names. */
    private void refuseImported(Found found) {
        if (found.goal().options().importId().isEmpty()) {
            return;
        }
        String summary = title(found.urn()) + " was imported and would have to be replaced";
        String detail = "Take away the option `import` first: a replacement has another id.";
        if (!run.preview()) {
            throw run.fail(found.urn(), summary, detail);
        }
        run.events().tell(Diagnostic.warning(found.urn(), summary, detail));
    }

    /**
     * When an interrupted run had begun to make this resource otherwise than it is wanted now: finishes that, and goes on from there. Empty when
     * there is nothing to finish, so that making the wanted one is all there is to do.
     */
    private Optional<Done> resumed(Found found, ResourceState wanted, Op op, boolean keepOld) {
        Optional<ResourceState> begun =
                found.begun().filter(state -> !state.inputs().equals(wanted.inputs()));
        if (begun.isEmpty() || run.preview() || found.provider().isEmpty()) {
            return Optional.empty();
        }
        CreateStep creation = creation(found, wanted, op, keepOld);
        Done done = executor.execute(ResumeStep.of(creation, begun.get(), run.events()));
        return done.key().map(key -> {
            var entry = new Ledger.Entry(key, done.after().orElseThrow());
            Done last = act(found.withOld(entry));
            return new Done(last.after(), last.key().or(() -> Optional.of(key)));
        });
    }

    private CreateStep creation(Found found, ResourceState wanted, Op op, boolean keepOld) {
        return new CreateStep(op, wanted, found.place(keepOld), found.provider(), List.of(), run.clock());
    }

    private Step update(Found found, ResourceState wanted, Verdict verdict) {
        return new UpdateStep(
                found.old().orElseThrow(),
                wanted,
                new Place(found.old(), false, List.of()),
                found.provider(),
                verdict.diffs(),
                found.goal().options().ignoreChanges(),
                run.clock());
    }

    private Step same(Found found, ResourceState wanted) {
        var place = new Place(found.old(), false, List.of());
        return new SameStep(found.old().orElseThrow(), wanted, place, providers);
    }

    private Declaration finish(Found found, Done done) {
        Optional<Integer> key = done.key().or(() -> found.old().map(Ledger.Entry::key));
        Optional<Urn> alias = found.oldState().map(ResourceState::urn).filter(urn -> !urn.equals(found.urn()));
        var declaration = new Declaration(found.goal(), done.after().orElseThrow(), key, alias);
        declared.done(declaration);
        return declaration;
    }

    static String title(Urn urn) {
        return urn.type() + " `" + urn.name() + "`";
    }
}
