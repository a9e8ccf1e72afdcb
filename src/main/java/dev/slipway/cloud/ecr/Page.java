package dev.slipway.cloud.ecr;

import dev.slipway.cloud.wire.PageToken;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next the token for the next page; null on the last
 */
record Page<T>(List<T> items, @Nullable String next) {
    private static final int DEFAULT = 100;

    /**
     * @param all ordered by {@code key}, whose values are unique; the token is the last key of a page, so that a page stays right when
     *     items come and go in between
     * @param token null for the first page
     * @param most null for the default
     */
    static <T> Page<T> of(List<T> all, Function<T, String> key, @Nullable String token, @Nullable Integer most) {
        int size = most == null ? DEFAULT : most;
        if (size < 1 || size > 1000) {
            throw Errors.invalidParameter("maxResults", "must be between 1 and 1000");
        }
        String after = token == null
                ? ""
                : PageToken.open("ecr", token)
                        .orElseThrow(() ->
                                Errors.invalidParameter("nextToken", "must be a token that an earlier answer gave"));
        List<T> rest = all.stream()
                .filter(item -> key.apply(item).compareTo(after) > 0)
                .toList();
        if (rest.size() <= size) {
            return new Page<>(rest, null);
        }
        List<T> items = Collections.unmodifiableList(rest.subList(0, size));
        return new Page<>(items, PageToken.seal("ecr", key.apply(items.get(size - 1))));
    }

    /**
     * Refuses pages of what a request names one by one, which has none.
     *
     * @param names the member with the names, for example {@code repositoryNames}
     */
    static void refuse(String names, @Nullable String token, @Nullable Integer most) {
        if (most != null || token != null) {
            throw Errors.invalidParameter(
                    most == null ? "nextToken" : "maxResults", "can't be used together with " + names);
        }
    }

    /** A page of a list that does not change between two calls; the token is a position. */
    static <T> Page<T> inOrder(List<T> all, @Nullable String token, @Nullable Integer most) {
        List<Integer> places =
                java.util.stream.IntStream.range(0, all.size()).boxed().toList();
        Page<Integer> page = of(places, place -> String.format("%09d", place), token, most);
        return new Page<>(page.items().stream().map(all::get).toList(), page.next());
    }
}
