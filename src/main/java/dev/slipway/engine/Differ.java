package dev.slipway.engine;

import dev.slipway.engine.state.ResourceState;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.StructuralDiff;
import dev.slipway.protocol.DiffKind;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.ResourceProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what has to happen to a resource that is recorded and declared again. */
final class Differ {
    /** What `replaceOnChanges` calls an initialization that failed. */
    private static final PropertyPath INIT_ERROR = PropertyPath.of("#initerror");

    private static final String NAMED = "replaceOnChanges names it";

    private final Run run;
    private final ProviderRegistry providers;

    Differ(Run run, ProviderRegistry providers) {
        this.run = run;
        this.providers = providers;
    }

    /** What has to happen: nothing when neither {@code update} nor {@code replace}. */
    record Verdict(boolean update, boolean replace, boolean deleteBeforeReplace, List<PropertyDiff> diffs) {}

    /** @param provider empty for a component */
    Verdict decide(ResourceState old, ResourceState wanted, Goal goal, Optional<ResourceProvider> provider) {
        if (run.scope().replaces(wanted.urn())) {
            return replacement(goal, PropertyPath.of("id"), "its replacement was asked for");
        }
        if (old.custom() != goal.custom()) {
            String reason = "a component and a managed resource can't turn into each other";
            return replacement(goal, PropertyPath.of("custom"), reason);
        }
        if (provider.isEmpty()) {
            List<PropertyDiff> diffs = structural(old.inputs(), wanted.inputs());
            return new Verdict(!diffs.isEmpty(), false, false, diffs);
        }
        String before = old.links().provider();
        String now = wanted.links().provider();
        if (before != null && now != null && !providers.samePlace(before, now)) {
            return replacement(goal, PropertyPath.of("provider"), "its provider's configuration means another place");
        }
        DiffResponse response = provider.get()
                .diff(new DiffRequest(
                        old.id(),
                        old.urn(),
                        old.inputs(),
                        old.outputs(),
                        wanted.inputs(),
                        goal.options().ignoreChanges()));
        List<PropertyDiff> diffs = new ArrayList<>(
                response.diffs().stream().map(diff -> upgrade(diff, goal)).toList());
        if (!old.initErrors().isEmpty() && replacesOn(INIT_ERROR, goal)) {
            diffs.add(new PropertyDiff(INIT_ERROR, DiffKind.UPDATE_REPLACE, Optional.of(NAMED)));
        }
        boolean replace = diffs.stream().anyMatch(diff -> diff.kind().replaces());
        boolean first = goal.options().deleteBeforeReplace().orElse(response.deleteBeforeReplace());
        return new Verdict(!diffs.isEmpty(), replace, first, diffs);
    }

    private static Verdict replacement(Goal goal, PropertyPath path, String reason) {
        var diff = new PropertyDiff(path, DiffKind.UPDATE_REPLACE, Optional.of(reason));
        boolean first = goal.options().deleteBeforeReplace().orElse(false);
        return new Verdict(true, true, first, List.of(diff));
    }

    private static PropertyDiff upgrade(PropertyDiff diff, Goal goal) {
        if (diff.kind().replaces() || !replacesOn(diff.path(), goal)) {
            return diff;
        }
        return new PropertyDiff(
                diff.path(), diff.kind().asReplace(), diff.reason().or(() -> Optional.of(NAMED)));
    }

    private static boolean replacesOn(PropertyPath path, Goal goal) {
        return goal.options().replaceOnChanges().stream().anyMatch(named -> named.contains(path));
    }

    /** The difference of inputs by structure, where no provider can be asked. */
    static List<PropertyDiff> structural(PropertyMap olds, PropertyMap news) {
        return StructuralDiff.between(olds, news).stream()
                .map(difference -> new PropertyDiff(difference.path(), kind(difference.kind()), Optional.empty()))
                .toList();
    }

    private static DiffKind kind(StructuralDiff.Kind kind) {
        return switch (kind) {
            case ADD -> DiffKind.ADD;
            case DELETE -> DiffKind.DELETE;
            case UPDATE -> DiffKind.UPDATE;
        };
    }
}
