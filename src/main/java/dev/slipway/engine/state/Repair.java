package dev.slipway.engine.state;

import dev.slipway.engine.state.ResourceState.Links;
import dev.slipway.property.Urn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes a record trustworthy again: puts everything after all that it needs, and drops references to what is not there.
 *
 * @param result the record afterwards
 * @param changes what was changed, one line each; empty when nothing was wrong
 */
public record Repair(Snapshot result, List<String> changes) {
    public Repair {
        changes = List.copyOf(changes);
    }

    /** @throws StateException when the record can't be repaired this way, for example because it has a cycle */
    static Repair of(Snapshot snapshot) {
        if (Integrity.problems(snapshot.resources()).isEmpty()) {
            return new Repair(snapshot, List.of());
        }
        var work = new Work();
        List<ResourceState> pruned = work.prune(snapshot.resources());
        Snapshot named = new Renaming(work.renames).rename(snapshot.with(pruned));
        List<ResourceState> sorted = work.sort(named.resources());
        List<String> left = Integrity.problems(sorted);
        if (!left.isEmpty()) {
            throw new StateException("The record can't be repaired automatically; this would be left:\n  "
                    + String.join("\n  ", left)
                    + "\nNothing was changed. Export the stack, mend the file by hand, and import it.");
        }
        return new Repair(named.with(sorted), work.changes);
    }

    private static final class Work {
        private final List<String> changes = new ArrayList<>();
        private final Map<Urn, Urn> renames = new HashMap<>();

        private List<ResourceState> prune(List<ResourceState> all) {
            Set<Urn> there = new HashSet<>();
            all.forEach(state -> there.add(state.urn()));
            return all.stream().map(state -> prune(state, there)).toList();
        }

        private ResourceState prune(ResourceState state, Set<Urn> there) {
            Links links = state.links();
            Urn parent = links.parent();
            if (parent != null && !there.contains(parent)) {
                changes.add(state.urn() + ": its parent " + parent + " is not there, so it has none now");
                renames.put(
                        state.urn(),
                        Urn.of(
                                state.urn().stack(),
                                state.urn().project(),
                                "",
                                state.type(),
                                state.urn().name()));
                parent = null;
            }
            Map<String, List<Urn>> byProperty = new TreeMap<>();
            links.propertyDependencies()
                    .forEach((property, urns) -> byProperty.put(property, known(state, urns, there)));
            Urn deletedWith = links.deletedWith();
            if (deletedWith != null && !there.contains(deletedWith)) {
                changes.add(state.urn() + ": " + deletedWith + ", which it is deleted with, is not there");
                deletedWith = null;
            }
            return state.withLinks(new Links(
                    parent, known(state, links.dependencies(), there), byProperty, links.provider(), deletedWith));
        }

        private List<Urn> known(ResourceState state, List<Urn> urns, Set<Urn> there) {
            List<Urn> known = urns.stream().filter(there::contains).toList();
            urns.stream().filter(urn -> !there.contains(urn)).forEach(urn -> {
                String change = state.urn() + ": its dependency " + urn + " is not there";
                if (!changes.contains(change)) {
                    changes.add(change);
                }
            });
            return known;
        }

        private List<ResourceState> sort(List<ResourceState> all) {
            Map<Urn, List<ResourceState>> byName = new LinkedHashMap<>();
            all.forEach(state -> byName.computeIfAbsent(state.urn(), urn -> new ArrayList<>())
                    .add(state));
            var sorted = new LinkedHashSet<Integer>();
            for (int i = 0; i < all.size(); i++) {
                visit(i, all, byName, sorted, new LinkedHashSet<>());
            }
            List<ResourceState> result = sorted.stream().map(all::get).toList();
            for (int i = 0; i < result.size(); i++) {
                if (!result.get(i).equals(all.get(i))) {
                    changes.add("resources stand in another order, each after all that it needs");
                    break;
                }
            }
            return result;
        }

        private void visit(
                int at,
                List<ResourceState> all,
                Map<Urn, List<ResourceState>> byName,
                Set<Integer> sorted,
                Set<Integer> above) {
            if (sorted.contains(at)) {
                return;
            }
            if (!above.add(at)) {
                throw new StateException("The record can't be repaired automatically: "
                        + all.get(at).urn() + " needs itself in the end. Nothing was changed.");
            }
            for (Urn urn : all.get(at).needs()) {
                for (ResourceState needed : byName.getOrDefault(urn, List.of())) {
                    visit(indexOf(all, needed), all, byName, sorted, above);
                }
            }
            above.remove(at);
            sorted.add(at);
        }

        private static int indexOf(List<ResourceState> all, ResourceState state) {
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).equals(state)) {
                    return i;
                }
            }
            throw new IllegalStateException("a resource that is not in its record");
        }
    }
}
