package dev.slipway.cloud.secrets;

import dev.slipway.cloud.wire.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of the lists of both services. */
final class Pages {
    private Pages() {}

    /**
     * @param all in the order of their places, see {@link Page#of}
     * @param code of the error when the token is none of this list
     */
    static <T> Page<T> of(
            List<T> all,
            Function<T, String> place,
            @Nullable Integer wanted,
            int most,
            @Nullable String token,
            String code) {
        int size = wanted == null ? most : Math.max(1, Math.min(wanted, most));
        return Page.of("secrets", all, place, size, token)
                .orElseThrow(() -> Errors.error(code, "The specified token isn't valid."));
    }
}
