package dev.slipway.engine;

import dev.slipway.engine.Declared.Declaration;
import dev.slipway.engine.Differ.Verdict;
import dev.slipway.engine.StepExecutor.Done;
import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.StateException;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ReadResponse;
import dev.slipway.protocol.ResourceProvider;
import java.util.List;
import java.util.Optional;

/** Turns a goal into the steps that make it true, and has them done: one call per declaration, from several threads at once. */
final class StepGenerator {
    private final Run run;
    private final ProviderRegistry providers;
    private final ProviderResources providerResources;
    private final DefaultProviders defaults;
    private final Declared declared;
    private final OldResources olds;
    private final StepExecutor executor;
    private final Checker checker;
    private final Differ differ;
    private final Replacement replacement;

    StepGenerator(Run run, ProviderRegistry providers, Declared declared, OldResources olds, StepExecutor executor) {
        this.run = run;
        this.providers = providers;
        this.providerResources = new ProviderResources(providers, run.seeds());
        this.defaults = new DefaultProviders(
                run.request(), goal -> declare(goal).state().reference());
        this.declared = declared;
        this.olds = olds;
        this.executor = executor;
        this.checker = new Checker(run);
        this.differ = new Differ(providers);
        this.replacement = new Replacement(run, providers, declared, executor);
    }

    /**
     * A declared resource with what was found of it. {@code provider} and {@code reference} are empty for a component; {@code begun} is
     * a creation that an earlier run left unfinished.
     */
    record Found(
            Goal goal,
            Urn urn,
            Optional<Ledger.Entry> old,
            Optional<String> reference,
            Optional<ResourceProvider> provider,
            Optional<ResourceState> begun,
            List<Integer> leftovers) {

        /** The same, now that what an earlier run had begun is finished and recorded. */
        Found withOld(Ledger.Entry entry) {
            return new Found(goal, urn, Optional.of(entry), reference, provider, Optional.empty(), List.of());
        }
    }

    /** @throws StepFailure when the declaration can't be made true; the reason has been told */
    Declaration declare(Goal given) {
        Found found = find(given);
        try {
            return finish(found, act(found));
        } catch (ProviderException e) {
            throw run.fail(found.urn(), title(found.urn()) + " could not be prepared", String.valueOf(e.getMessage()));
        }
    }

    /** Reads a resource that somebody else manages. */
    Declaration read(Goal given, String id) {
        Found found = find(given);
        ResourceState wanted = GoalStates.of(found.goal(), found.urn(), given.inputs(), found.reference())
                .withId(id);
        boolean ours = found.old()
                .filter(old ->
                        !old.state().marks().external() && !old.state().id().equals(id))
                .isPresent();
        var place = new Place(found.old(), ours, List.of());
        ResourceProvider provider = found.provider()
                .orElseThrow(() -> run.fail(found.urn(), title(found.urn()) + " can't be read", "It has no provider."));
        var step = new ReadStep(ours ? Op.READ_REPLACEMENT : Op.READ, wanted, place, provider, run.clock());
        return finish(found, executor.execute(step));
    }

    private Found find(Goal given) {
        Optional<Declaration> parent = given.parent().map(this::parent);
        Goal goal = parent.map(above -> Inheritance.inherit(given, above)).orElse(given);
        String above = parent.map(declaration -> declaration.state().urn().qualifiedType())
                .orElse("");
        Urn urn = run.urn(above, goal.type(), goal.name());
        if (!declared.claim(urn)) {
            throw run.fail(
                    urn,
                    title(urn) + " is declared twice",
                    "Two resources of the same type and parent need different names.");
        }
        Optional<Ledger.Entry> old = olds.find(urn, goal.options().aliases());
        boolean isProvider = ProviderRegistry.isProviderType(goal.type());
        Optional<String> reference = goal.custom() && !isProvider ? Optional.of(providerOf(goal)) : Optional.empty();
        try {
            Optional<ResourceProvider> provider =
                    isProvider ? Optional.of(providerResources) : reference.map(providers::get);
            List<Urn> aliases = goal.options().aliases();
            return new Found(
                    goal, urn, old, reference, provider, olds.begun(urn, aliases), olds.unfinished(urn, aliases));
        } catch (ProviderException e) {
            throw run.fail(urn, title(urn) + " has no usable provider", String.valueOf(e.getMessage()));
        }
    }

    private Declaration parent(Urn urn) {
        return declared.find(urn)
                .orElseThrow(() -> run.fail(
                        urn,
                        "a resource names `" + urn + "` as its parent",
                        "That one is not declared by this program."));
    }

    private String providerOf(Goal goal) {
        return goal.provider()
                .orElseGet(() -> defaults.of(
                        Inheritance.packageOf(goal.type()), goal.options().version()));
    }

    /** The default provider of a package, for functions that name none. */
    ResourceProvider providerFor(String packageName) {
        return providers.get(defaults.of(packageName, ""));
    }

    private Done act(Found found) {
        Goal goal = found.goal();
        Optional<ResourceState> old = found.old().map(Ledger.Entry::state);
        PropertyMap news = old.map(state -> IgnoredChanges.reset(
                        state.inputs(), goal.inputs(), goal.options().ignoreChanges()))
                .orElse(goal.inputs());
        boolean recreate = old.map(StepGenerator::mustBeMadeAgain).orElse(false);
        Optional<PropertyMap> begun = found.begun().map(ResourceState::inputs);
        ResourceState wanted = wanted(
                found, old.filter(state -> !recreate).map(ResourceState::inputs).or(() -> begun), news);
        Optional<String> importId = goal.options()
                .importId()
                .filter(id -> goal.custom()
                        && old.map(state -> !isImported(state, id)).orElse(true));
        if (importId.isPresent()) {
            return executor.execute(importing(found, wanted, importId.get()));
        }
        if (old.isEmpty()) {
            return resumed(found, wanted, Op.CREATE, false)
                    .orElseGet(() -> executor.execute(creation(found, wanted, Op.CREATE, false)));
        }
        if (recreate) {
            return resumed(
                            found,
                            wanted,
                            Op.CREATE_REPLACEMENT,
                            old.get().marks().external())
                    .orElseGet(() -> replacement.recreate(found, wanted));
        }
        Verdict verdict = differ.decide(old.get(), wanted, goal, found.provider());
        if (verdict.replace()) {
            // A replacement is a new resource: defaults and generated names are not taken over from the old one.
            ResourceState fresh = wanted(found, begun, news);
            return resumed(found, fresh, Op.CREATE_REPLACEMENT, true)
                    .orElseGet(() -> replacement.replace(found, fresh, verdict));
        }
        boolean update = verdict.update() || !old.get().initErrors().isEmpty();
        return executor.execute(update ? update(found, wanted, verdict) : same(found, wanted));
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
        var place = new Place(found.old(), keepOld, found.leftovers());
        return new CreateStep(op, wanted, place, found.provider(), List.of(), run.clock());
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

    private Step importing(Found found, ResourceState wanted, String id) {
        ResourceProvider provider = found.provider().orElseThrow();
        ReadResponse there =
                provider.read(new ReadRequest(id, found.urn(), PropertyMap.EMPTY, PropertyMap.EMPTY, Optional.empty()));
        if (there.gone()) {
            throw new ProviderException("It can't be imported: there is none with the id `" + id + "`.");
        }
        var place = new Place(found.old(), found.old().isPresent(), found.leftovers());
        return new ImportStep(id, wanted, there, place, provider, run.clock());
    }

    /** The state that the goal describes, with checked inputs. A secret must be writable before anything is done because of it. */
    private ResourceState wanted(Found found, Optional<PropertyMap> olds, PropertyMap news) {
        PropertyMap inputs = found.provider()
                .map(provider -> checker.check(provider, found.urn(), olds, news))
                .orElse(news);
        List<String> secretOutputs = found.goal().options().additionalSecretOutputs();
        if (inputs.containsSecret() || !secretOutputs.isEmpty()) {
            try {
                run.request().secrets().requirePassphrase();
            } catch (StateException e) {
                throw run.fail(found.urn(), title(found.urn()) + " has a secret", String.valueOf(e.getMessage()));
            }
        }
        return GoalStates.of(found.goal(), found.urn(), inputs, found.reference());
    }

    private Declaration finish(Found found, Done done) {
        int key = done.key().orElseGet(() -> found.old().map(Ledger.Entry::key).orElseThrow());
        Optional<Urn> alias = found.old().map(old -> old.state().urn()).filter(urn -> !urn.equals(found.urn()));
        var declaration = new Declaration(found.goal(), done.after().orElseThrow(), key, alias);
        declared.done(declaration);
        return declaration;
    }

    /** One that is gone already, or was only read until now. */
    private static boolean mustBeMadeAgain(ResourceState old) {
        return old.marks().pendingReplacement() || old.marks().external();
    }

    private static boolean isImported(ResourceState old, String id) {
        boolean same = id.equals(old.id()) || id.equals(old.options().importId());
        return same && !old.marks().external();
    }

    static String title(Urn urn) {
        return urn.type() + " `" + urn.name() + "`";
    }
}
