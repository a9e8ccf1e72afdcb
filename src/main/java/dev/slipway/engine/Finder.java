package dev.slipway.engine;

import dev.slipway.engine.Declared.Declaration;
import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.Urn;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ResourceProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names a declared resource, and finds what there is of it: its parent's gifts, its record, its provider. */
final class Finder {
    private final Run run;
    private final ProviderRegistry providers;
    private final ProviderResources providerResources;
    private final DefaultProviders defaults;
    private final Declared declared;
    private final OldResources olds;

    Finder(Run run, ProviderRegistry providers, DefaultProviders defaults, Declared declared, OldResources olds) {
        this.run = run;
        this.providers = providers;
        this.providerResources = new ProviderResources(providers, run.seeds());
        this.defaults = defaults;
        this.declared = declared;
        this.olds = olds;
    }

    /** @throws StepFailure when it can't be named, or stands on one that failed; the reason has been told */
    Found find(Goal given) {
        Optional<Declaration> parent = given.parent().map(this::parent);
        Goal goal = ProviderConfig.versioned(
                parent.map(above -> Inheritance.inherit(given, above)).orElse(given));
        String above = parent.map(declaration -> declaration.state().urn().qualifiedType())
                .orElse("");
        Urn urn = run.urn(above, goal.type(), goal.name());
        declared.claim(urn, goal.options().aliases()).ifPresent(why -> {
            throw run.fail(urn, StepGenerator.title(urn) + " is declared twice", why);
        });
        try {
            return find(goal, urn);
        } catch (StepFailure e) {
            declared.failed(urn);
            throw e;
        } catch (ProviderException e) {
            declared.failed(urn);
            throw run.fail(urn, StepGenerator.title(urn) + " has no usable provider", String.valueOf(e.getMessage()));
        }
    }

    private Found find(Goal goal, Urn urn) {
        boolean isProvider = ProviderRegistry.isProviderType(goal.type());
        Optional<String> reference = goal.custom() && !isProvider ? Optional.of(providerOf(goal)) : Optional.empty();
        if (declared.anyFailed(
                GoalStates.of(goal, urn, goal.inputs(), reference).needs())) {
            throw new StepFailure("something that " + urn.name() + " needs has failed");
        }
        List<Urn> aliases = goal.options().aliases();
        boolean condemned = declared.awaitCondemned(urn);
        for (Urn alias : aliases) {
            condemned |= declared.awaitCondemned(alias);
        }
        Optional<Urn> recorded = olds.recordedName(urn, aliases);
        recorded.filter(name -> !name.equals(urn))
                .flatMap(name -> declared.claimFormer(name, urn))
                .ifPresent(why -> {
                    throw run.fail(urn, StepGenerator.title(urn) + " has an ambiguous alias", why);
                });
        Optional<Ledger.Entry> old = recorded.flatMap(olds::find);
        Optional<ResourceProvider> provider =
                isProvider ? Optional.of(providerResources) : reference.map(providers::get);
        Map<Integer, ResourceState> begun = olds.begun(urn, aliases, state -> samePlace(state.provider(), reference));
        return new Found(
                goal,
                urn,
                old,
                reference,
                provider,
                begun.values().stream().findFirst(),
                List.copyOf(begun.keySet()),
                condemned);
    }

    private boolean samePlace(Optional<String> before, Optional<String> now) {
        return before.isEmpty() || now.isEmpty() || providers.samePlace(before.get(), now.get());
    }

    private Declaration parent(Urn urn) {
        if (declared.anyFailed(List.of(urn))) {
            throw new StepFailure("the parent " + urn.name() + " has failed");
        }
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
}
