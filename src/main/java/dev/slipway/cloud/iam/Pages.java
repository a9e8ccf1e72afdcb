package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.Page;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of IAM's lists. */
final class Pages {
    private static final int USUAL = 100;

    private Pages() {}

    /**
     * @param all in any order; pages come in that of {@code key}
     * @throws dev.slipway.cloud.wire.AwsException ValidationError when the marker is none of this list
     */
    static <T> Page<T> of(List<T> all, Function<T, String> key, @Nullable String marker, @Nullable Integer maxItems) {
        List<T> sorted = all.stream().sorted(Comparator.comparing(key)).toList();
        return Page.of("iam", sorted, key, maxItems == null ? USUAL : maxItems, marker)
                .orElseThrow(
                        () -> Faults.validation("Invalid Marker: give the Marker of the answer before, unchanged."));
    }
}
