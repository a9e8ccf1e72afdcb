package dev.slipway.protocol;

import java.util.List;

/**
 * @param diffs every difference; empty means nothing to do
 * @param deleteBeforeReplace the old resource must go before the new one can be made
 * @param stables outputs that will not change by an update
 */
public record DiffResponse(List<PropertyDiff> diffs, boolean deleteBeforeReplace, List<String> stables) {
    public static final DiffResponse NONE = new DiffResponse(List.of(), false, List.of());

    public DiffResponse {
        diffs = List.copyOf(diffs);
        stables = List.copyOf(stables);
    }

    public boolean changes() {
        return !diffs.isEmpty();
    }

    public boolean replaces() {
        return diffs.stream().anyMatch(diff -> diff.kind().replaces());
    }
}
