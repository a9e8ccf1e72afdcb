package dev.slipway.cloud.ecr;

import dev.slipway.cloud.wire.Page;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Pages of the lists of both services. */
final class Pages {
    private static final int USUAL = 100;

    private Pages() {}

    /**
     * @param all in the order of their places, see {@link Page#of}
     * @param most null for the default
     * @throws dev.slipway.cloud.wire.AwsException InvalidParameterException when the token is none of this list
     */
    static <T> Page<T> of(List<T> all, Function<T, String> place, @Nullable String token, @Nullable Integer most) {
        return Page.of("ecr", all, place, most == null ? USUAL : most, token)
                .orElseThrow(() -> Errors.invalidParameter("nextToken", "must be a token that an earlier answer gave"));
    }

    /** A page of a list that does not change between two calls; the token is a position. */
    static <T> Page<T> inOrder(List<T> all, @Nullable String token, @Nullable Integer most) {
        List<Integer> places = IntStream.range(0, all.size()).boxed().toList();
        Page<Integer> page = of(places, Page::ascending, token, most);
        return new Page<>(page.items().stream().map(all::get).toList(), page.next());
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
}
