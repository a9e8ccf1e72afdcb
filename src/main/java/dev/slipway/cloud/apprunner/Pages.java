package dev.slipway.cloud.apprunner;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextToken names the last item of this page, so that items that come or go between two calls do no harm
 */
record Pages<T>(List<T> items, @Nullable String nextToken) {

    static <T> Pages<T> of(
            List<T> all, Function<T, String> key, @Nullable Integer wanted, int most, @Nullable String token) {
        if (wanted != null && (wanted < 1 || wanted > most)) {
            throw Errors.invalid("Value '" + wanted
                    + "' at 'maxResults' failed to satisfy constraint: Member must have value between 1 and " + most);
        }
        int size = wanted == null ? most : wanted;
        int from = token == null ? 0 : after(all, key, token);
        List<T> page = all.subList(from, Math.min(all.size(), from + size));
        boolean more = from + page.size() < all.size();
        return new Pages<>(List.copyOf(page), more ? encode(key.apply(page.get(page.size() - 1))) : null);
    }

    private static <T> int after(List<T> all, Function<T, String> key, String token) {
        for (int i = 0; i < all.size(); i++) {
            if (encode(key.apply(all.get(i))).equals(token)) {
                return i + 1;
            }
        }
        throw Errors.invalid("The NextToken is not one of this list; start again without it");
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
