package dev.slipway.cloud.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list; its token names the last item, so that items that come or go between two calls do no harm. */
record Page<T>(List<T> items, @Nullable String next) {
    static <T> Page<T> of(
            List<T> all,
            Function<T, String> key,
            @Nullable Integer wanted,
            int most,
            @Nullable String token,
            String code) {
        int size = wanted == null ? most : Math.max(1, Math.min(wanted, most));
        int from = token == null ? 0 : after(all, key, token, code);
        List<T> page = all.subList(from, Math.min(all.size(), from + size));
        boolean more = from + page.size() < all.size();
        return new Page<>(List.copyOf(page), more ? encode(key.apply(page.get(page.size() - 1))) : null);
    }

    private static <T> int after(List<T> all, Function<T, String> key, String token, String code) {
        for (int i = 0; i < all.size(); i++) {
            if (encode(key.apply(all.get(i))).equals(token)) {
                return i + 1;
            }
        }
        throw Errors.error(code, "The specified token isn't valid.");
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
