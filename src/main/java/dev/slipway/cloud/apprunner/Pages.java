package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of App Runner's lists. */
final class Pages {
    private Pages() {}

    /**
     * @param all in the order of their places, see {@link Page#of}
     * @throws dev.slipway.cloud.wire.AwsException InvalidRequest when the token is none of this list
     */
    static <T> Page<T> of(
            List<T> all, Function<T, String> place, @Nullable Integer wanted, int most, @Nullable String token) {
        return Page.of("apprunner", all, place, wanted == null ? most : wanted, token)
                .orElseThrow(() -> Errors.invalid("The NextToken is not one of this list; start again without it"));
    }
}
