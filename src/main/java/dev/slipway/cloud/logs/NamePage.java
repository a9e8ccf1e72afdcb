package dev.slipway.cloud.logs;

import dev.slipway.cloud.wire.PageToken;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A page of a list of named things; its token is the name of the last one, so that a list that changes meanwhile does no harm. */
record NamePage<T>(List<T> items, Optional<String> next) {
    static <T> NamePage<T> of(List<T> all, Function<T, String> name, @Nullable String token, int limit) {
        int from = 0;
        if (token != null) {
            String last = decode(token);
            for (int i = 0; i < all.size(); i++) {
                if (name.apply(all.get(i)).equals(last)) {
                    from = i + 1;
                }
            }
        }
        int to = Math.min(from + limit, all.size());
        Optional<String> next = to < all.size() ? Optional.of(encode(name.apply(all.get(to - 1)))) : Optional.empty();
        return new NamePage<>(all.subList(from, to), next);
    }

    static String encode(String text) {
        return PageToken.seal("logs", text);
    }

    static String decode(String token) {
        return PageToken.open("logs", token)
                .orElseThrow(() -> LogOperations.invalid("The specified nextToken is invalid."));
    }
}
