package dev.slipway.engine.state;

import dev.slipway.property.Urn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What can be done to a record by hand, without touching what it tells of ({@code pulumi state}). */
public final class StateEdit {
    private StateEdit() {}

    /**
     * Forgets a resource.
     *
     * @param force also a protected one
     * @param dependents also everything that needs it; when not set, such a resource is refused
     */
    public static UnaryOperator<Snapshot> delete(Urn urn, boolean force, boolean dependents) {
        return snapshot -> {
            ResourceState condemned = one(snapshot, urn);
            List<ResourceState> needing = needing(snapshot, condemned);
            if (!needing.isEmpty() && !dependents) {
                throw new StateException(
                        urn + " can't be safely deleted because the following resources depend on it:\n"
                                + lines(needing) + "Delete those resources first or pass --target-dependents.");
            }
            List<ResourceState> gone = new ArrayList<>(needing);
            gone.add(0, condemned);
            refuseProtected(gone, force);
            return without(snapshot, gone);
        };
    }

    /** Forgets everything. */
    public static UnaryOperator<Snapshot> deleteAll(boolean force) {
        return snapshot -> {
            refuseProtected(snapshot.resources(), force);
            return snapshot.with(List.of());
        };
    }

    /** Protects a resource from deletion, or no longer. */
    public static UnaryOperator<Snapshot> protect(Urn urn, boolean protect) {
        return snapshot -> {
            ResourceState chosen = one(snapshot, urn);
            return snapshot.with(snapshot.resources().stream()
                    .map(state -> state.equals(chosen) ? protect(state, protect) : state)
                    .toList());
        };
    }

    /** Protects every resource from deletion, or none. */
    public static UnaryOperator<Snapshot> protectAll(boolean protect) {
        return snapshot -> snapshot.with(snapshot.resources().stream()
                .map(state -> protect(state, protect))
                .toList());
    }

    /** Gives a resource another name; everything that refers to it follows. */
    public static UnaryOperator<Snapshot> rename(Urn urn, String name) {
        return snapshot -> {
            one(snapshot, urn);
            Urn young = new Urn(
                    urn.text().substring(0, urn.text().length() - urn.name().length()) + name);
            if (name.isEmpty() || name.contains("::")) {
                throw new StateException("`" + name + "` is no name for a resource: expected a text without `::`.");
            }
            if (snapshot.resources().stream().anyMatch(state -> state.urn().equals(young))) {
                throw new StateException("The name " + name + " is taken: there is a resource " + young + " already.");
            }
            return new Renaming(Map.of(urn, young)).rename(snapshot);
        };
    }

    private static ResourceState protect(ResourceState state, boolean protect) {
        return state.withMarks(state.marks().withProtect(protect));
    }

    private static ResourceState one(Snapshot snapshot, Urn urn) {
        List<ResourceState> found = snapshot.resources().stream()
                .filter(state -> state.urn().equals(urn))
                .toList();
        if (found.isEmpty()) {
            throw new StateException("No such resource " + urn + " exists in the current state.");
        }
        if (found.size() > 1) {
            throw new StateException(
                    "The name " + urn + " stands for more than one resource, because a replaced one still waits to be"
                            + " deleted. Run `up` to finish that first.");
        }
        return found.get(0);
    }

    /** All that could not be there without this one, in the record's order. */
    private static List<ResourceState> needing(Snapshot snapshot, ResourceState needed) {
        Set<Urn> names = new HashSet<>(Set.of(needed.urn()));
        List<ResourceState> needing = new ArrayList<>();
        for (ResourceState state : snapshot.resources()) {
            if (!state.equals(needed) && state.needs().stream().anyMatch(names::contains)) {
                names.add(state.urn());
                needing.add(state);
            }
        }
        return needing;
    }

    private static void refuseProtected(List<ResourceState> condemned, boolean force) {
        List<ResourceState> spared = condemned.stream()
                .filter(state -> state.marks().protect() && !force)
                .toList();
        if (!spared.isEmpty()) {
            throw new StateException("These resources can't be safely deleted because they are protected:\n"
                    + lines(spared) + "Pass --force to delete them from the state all the same.");
        }
    }

    private static String lines(List<ResourceState> states) {
        var lines = new StringBuilder();
        states.forEach(state -> lines.append("  ").append(state.urn()).append('\n'));
        return lines.toString();
    }

    private static Snapshot without(Snapshot snapshot, List<ResourceState> gone) {
        return snapshot.with(snapshot.resources().stream()
                .filter(state -> gone.stream().noneMatch(state::equals))
                .toList());
    }
}
