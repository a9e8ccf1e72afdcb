package dev.slipway.engine.state;

import dev.slipway.property.Urn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Pulumi's rules of a snapshot that can be trusted: everything stands after all that it needs, and names are unique. */
public final class Integrity {
    private final Set<Urn> seen = new HashSet<>();
    private final Set<Urn> live = new HashSet<>();
    private final Set<String> providers = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    private Integrity() {}

    /** Every rule that the resources break, in words; empty when they can be trusted. */
    public static List<String> problems(List<ResourceState> resources) {
        var check = new Integrity();
        resources.forEach(check::visit);
        return List.copyOf(check.problems);
    }

    private void visit(ResourceState state) {
        if (!state.custom() && !state.id().isEmpty()) {
            problems.add("component " + state.urn() + " has an id");
        }
        visitProvider(state);
        state.parent().ifPresent(parent -> require(state, "its parent", parent));
        state.links().dependencies().forEach(urn -> require(state, "its dependency", urn));
        state.links()
                .propertyDependencies()
                .forEach((property, urns) ->
                        urns.forEach(urn -> require(state, "the dependency of its property " + property, urn)));
        if (state.links().deletedWith() != null) {
            require(state, "what it is deleted with,", state.links().deletedWith());
        }
        if (!state.marks().delete() && !live.add(state.urn())) {
            problems.add(state.urn() + " is recorded twice");
        }
        seen.add(state.urn());
        if (state.isProvider()) {
            providers.add(state.reference());
        }
    }

    private void visitProvider(ResourceState state) {
        String provider = state.links().provider();
        if (provider == null || state.marks().pendingReplacement()) {
            return;
        }
        if (!provider.contains("::")) {
            problems.add(state.urn() + " names `" + provider + "` as its provider, which is no URN::ID");
        } else if (!providers.contains(provider)) {
            problems.add(state.urn() + " needs its provider " + provider + ", which does not stand before it");
        }
    }

    private void require(ResourceState state, String what, Urn urn) {
        if (!seen.contains(urn)) {
            problems.add(state.urn() + " needs " + what + " " + urn + ", which does not stand before it");
        }
    }
}
