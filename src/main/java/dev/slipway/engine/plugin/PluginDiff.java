package dev.slipway.engine.plugin;

import dev.slipway.property.PropertyPath;
import dev.slipway.property.StructuralDiff;
import dev.slipway.protocol.DiffKind;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.PropertyDiff;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pulumirpc.Provider;
import pulumirpc.Provider.DiffResponse.DiffChanges;

/** A plugin's comparison: in detail, or only the names of what differs, or not even these. */
final class PluginDiff {
    private PluginDiff() {}

    static Provider.DiffRequest request(DiffRequest request, PluginAbilities abilities) {
        return Provider.DiffRequest.newBuilder()
                .setId(request.id())
                .setUrn(request.urn().text())
                .setName(request.urn().name())
                .setType(request.urn().type())
                .setOlds(abilities.struct(request.oldOutputs()))
                .setOldInputs(abilities.struct(request.oldInputs()))
                .setNews(abilities.struct(request.newInputs()))
                .addAllIgnoreChanges(request.ignoreChanges().stream()
                        .map(PropertyPath::toString)
                        .toList())
                .build();
    }

    static DiffResponse response(Provider.DiffResponse response, DiffRequest request) {
        if (response.getChanges() == DiffChanges.DIFF_NONE) {
            return DiffResponse.NONE;
        }
        Map<PropertyPath, DiffKind> found = new LinkedHashMap<>();
        if (response.getHasDetailedDiff() || response.getDetailedDiffCount() > 0) {
            new TreeMap<>(response.getDetailedDiffMap())
                    .forEach((path, diff) -> found.put(PluginProvider.path(path), kind(diff)));
        } else {
            response.getDiffsList().forEach(path -> found.put(PluginProvider.path(path), DiffKind.UPDATE));
        }
        boolean unsaid = found.isEmpty() && response.getReplacesCount() == 0;
        if (unsaid) {
            structural(request).forEach(diff -> found.put(diff.path(), diff.kind()));
        }
        response.getReplacesList().forEach(path -> replaces(found, PluginProvider.path(path)));
        if (found.isEmpty() && response.getChanges() == DiffChanges.DIFF_SOME) {
            found.put(PropertyPath.ROOT, DiffKind.UPDATE);
        }
        List<PropertyDiff> diffs = found.entrySet().stream()
                .map(entry -> new PropertyDiff(entry.getKey(), entry.getValue(), Optional.empty()))
                .toList();
        return new DiffResponse(diffs, response.getDeleteBeforeReplace(), response.getStablesList());
    }

    private static void replaces(Map<PropertyPath, DiffKind> found, PropertyPath path) {
        boolean known = false;
        for (Map.Entry<PropertyPath, DiffKind> entry : found.entrySet()) {
            if (path.contains(entry.getKey())) {
                known = true;
                entry.setValue(entry.getValue().asReplace());
            }
        }
        if (!known) {
            found.put(path, DiffKind.UPDATE_REPLACE);
        }
    }

    private static List<PropertyDiff> structural(DiffRequest request) {
        return StructuralDiff.between(request.oldInputs(), request.newInputs()).stream()
                .map(difference -> new PropertyDiff(
                        difference.path(),
                        switch (difference.kind()) {
                            case ADD -> DiffKind.ADD;
                            case DELETE -> DiffKind.DELETE;
                            case UPDATE -> DiffKind.UPDATE;
                        },
                        Optional.empty()))
                .toList();
    }

    private static DiffKind kind(Provider.PropertyDiff diff) {
        return switch (diff.getKind()) {
            case ADD -> DiffKind.ADD;
            case ADD_REPLACE -> DiffKind.ADD_REPLACE;
            case DELETE -> DiffKind.DELETE;
            case DELETE_REPLACE -> DiffKind.DELETE_REPLACE;
            case UPDATE_REPLACE -> DiffKind.UPDATE_REPLACE;
            case UPDATE, UNRECOGNIZED -> DiffKind.UPDATE;
        };
    }
}
