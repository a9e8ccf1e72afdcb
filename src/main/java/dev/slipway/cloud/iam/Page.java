package dev.slipway.cloud.iam;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list that is ordered by a key; the marker names the last key seen, so that changes between pages lose nothing. */
record Page<T>(List<T> items, @Nullable String marker) {
    private static final int DEFAULT_SIZE = 100;
    /** What every marker begins with, so that others are known as such. */
    private static final String SEAL = "slipway:";

    static <T> Page<T> of(List<T> all, Function<T, String> key, @Nullable String marker, @Nullable Integer maxItems) {
        String after = marker == null ? "" : decode(marker);
        List<T> rest = all.stream()
                .sorted(Comparator.comparing(key))
                .filter(item -> marker == null || key.apply(item).compareTo(after) > 0)
                .toList();
        int size = maxItems == null ? DEFAULT_SIZE : maxItems;
        if (rest.size() <= size) {
            return new Page<>(rest, null);
        }
        List<T> items = rest.subList(0, size);
        return new Page<>(items, encode(key.apply(items.get(size - 1))));
    }

    boolean truncated() {
        return marker != null;
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().encodeToString((SEAL + key).getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String marker) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
            if (text.startsWith(SEAL)) {
                return text.substring(SEAL.length());
            }
            throw new IllegalArgumentException("another's");
        } catch (IllegalArgumentException notOurs) {
            throw Faults.validation("Invalid Marker: give the Marker of the answer before, unchanged.");
        }
    }
}
