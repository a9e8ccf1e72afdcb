package dev.slipway.engine;

import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import dev.slipway.protocol.ResourceProvider;
import java.util.List;
import java.util.Optional;

/**
 * A declared resource with what was found of it. {@code provider} and {@code reference} are empty for a component.
 *
 * @param goal with what it takes over from its parent
 * @param begun a creation that an earlier run left unfinished
 * @param leftovers the pending operations that a creation resolves
 * @param condemned it was deleted in this run, for another one's replacement
 */
record Found(
        Goal goal,
        Urn urn,
        Optional<Ledger.Entry> old,
        Optional<String> reference,
        Optional<ResourceProvider> provider,
        Optional<ResourceState> begun,
        List<Integer> leftovers,
        boolean condemned) {

    /** The same, now that what an earlier run had begun is finished and recorded. */
    Found withOld(Ledger.Entry entry) {
        return new Found(goal, urn, Optional.of(entry), reference, provider, Optional.empty(), List.of(), condemned);
    }

    Optional<ResourceState> oldState() {
        return old.map(Ledger.Entry::state);
    }

    /** The recorded inputs; empty when nothing is recorded that the wanted one could take anything over from. */
    Optional<PropertyMap> oldInputs() {
        return oldState().filter(state -> !mustBeMadeAgain()).map(ResourceState::inputs);
    }

    /** One that is gone already, or was only read until now. */
    boolean mustBeMadeAgain() {
        return oldState()
                .map(state ->
                        state.marks().pendingReplacement() || state.marks().external())
                .orElse(false);
    }

    Place place(boolean keepOld) {
        return new Place(old, keepOld, leftovers);
    }

    /** The wanted state with these inputs. */
    ResourceState with(PropertyMap inputs) {
        return GoalStates.of(goal, urn, inputs, reference);
    }
}
