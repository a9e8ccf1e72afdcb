package dev.slipway.engine;

import dev.slipway.engine.state.Ledger;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.Urn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The {@link Selection} of one run, applied to what is declared and to what is recorded. Thread-safe. */
final class Scope {
    private final Selection selection;
    private final UrnPatterns targets;
    private final UrnPatterns excludes;
    private final UrnPatterns replacements;
    private final Set<Urn> targeted = ConcurrentHashMap.newKeySet();
    private final Set<Urn> excluded = ConcurrentHashMap.newKeySet();

    Scope(Selection selection) {
        this.selection = selection;
        this.targets = new UrnPatterns(selection.targets());
        this.excludes = new UrnPatterns(selection.excludes());
        this.replacements = new UrnPatterns(selection.replacements());
    }

    boolean constrained() {
        return targets.constrained() || excludes.constrained();
    }

    boolean excludes() {
        return excludes.constrained();
    }

    boolean replaces(Urn urn) {
        return replacements.contains(urn);
    }

    /** Whether this is named itself, not only as a dependent of another. */
    boolean names(Urn urn) {
        if (targets.constrained()) {
            return targets.contains(urn);
        }
        return !excludes.contains(urn);
    }

    /** Whether to act on a declaration; asked once for each, after all that it needs. Providers and the stack are always acted on. */
    boolean includes(ResourceState wanted) {
        Urn urn = wanted.urn();
        boolean implied = wanted.isProvider() || urn.type().equals(Urn.STACK_TYPE);
        if (targets.constrained()) {
            boolean chosen = targets.contains(urn) || selection.targetDependents() && touches(wanted, targeted);
            if (chosen) {
                targeted.add(urn);
            }
            return chosen || implied;
        }
        boolean left = excludes.contains(urn) || selection.excludeDependents() && touches(wanted, excluded);
        if (left) {
            excluded.add(urn);
        }
        return !left || implied;
    }

    private static boolean touches(ResourceState state, Collection<Urn> others) {
        return !Collections.disjoint(state.needs(), others);
    }

    /** Which recorded resources to refresh. */
    Predicate<Urn> refreshable(List<Ledger.Entry> entries) {
        if (targets.constrained()) {
            Set<Urn> chosen = upward(entries, targets, selection.targetDependents());
            return chosen::contains;
        }
        Set<Urn> left = upward(entries, excludes, selection.excludeDependents());
        return urn -> !left.contains(urn);
    }

    /** Which recorded resources may be deleted: what depends on a target has to go before it, and an excluded one keeps all that it needs. */
    Predicate<Urn> deletable(List<Ledger.Entry> entries) {
        if (targets.constrained()) {
            Set<Urn> chosen = upward(entries, targets, true);
            return chosen::contains;
        }
        Set<Urn> kept = upward(entries, excludes, selection.excludeDependents());
        List<Ledger.Entry> backwards = new ArrayList<>(entries);
        Collections.reverse(backwards);
        backwards.stream()
                .map(Ledger.Entry::state)
                .filter(state -> kept.contains(state.urn()))
                .forEach(state -> kept.addAll(state.needs()));
        return urn -> !kept.contains(urn);
    }

    /** Whether a deletion that a target makes necessary was asked for too. */
    boolean permitsDeletion(Urn urn) {
        return !targets.constrained() || selection.targetDependents() || targets.contains(urn);
    }

    /** Those that the patterns name and, if so wanted, everything that stands on one of them. */
    private static Set<Urn> upward(List<Ledger.Entry> entries, UrnPatterns patterns, boolean dependents) {
        Set<Urn> found = new HashSet<>();
        for (Ledger.Entry entry : entries) {
            ResourceState state = entry.state();
            if (patterns.contains(state.urn()) || dependents && touches(state, found)) {
                found.add(state.urn());
            }
        }
        return found;
    }

    List<Urn> namedTargets() {
        return targets.literals();
    }

    List<Urn> namedExcludes() {
        return excludes.literals();
    }

    List<Urn> namedReplacements() {
        return replacements.literals();
    }
}
