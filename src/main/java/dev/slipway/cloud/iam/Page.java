package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.PageToken;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list that is ordered by a key; the marker names the last key seen, so that changes between pages lose nothing. */
record Page<T>(List<T> items, @Nullable String marker) {
    private static final int DEFAULT_SIZE = 100;

    static <T> Page<T> of(List<T> all, Function<T, String> key, @Nullable String marker, @Nullable Integer maxItems) {
        String after = marker == null
                ? ""
                : PageToken.open("iam", marker)
                        .orElseThrow(() ->
                                Faults.validation("Invalid Marker: give the Marker of the answer before, unchanged."));
        List<T> rest = all.stream()
                .sorted(Comparator.comparing(key))
                .filter(item -> marker == null || key.apply(item).compareTo(after) > 0)
                .toList();
        int size = maxItems == null ? DEFAULT_SIZE : maxItems;
        if (rest.size() <= size) {
            return new Page<>(rest, null);
        }
        List<T> items = rest.subList(0, size);
        return new Page<>(items, PageToken.seal("iam", key.apply(items.get(size - 1))));
    }

    boolean truncated() {
        return marker != null;
    }
}
