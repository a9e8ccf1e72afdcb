package dev.slipway.cloud.logs;

import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.Page;
import dev.slipway.cloud.wire.PageToken;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of CloudWatch Logs' lists. */
final class Pages {
    private static final String LIST = "logs";

    private Pages() {}

    /**
     * @param all in the order of their places, see {@link Page#of}
     * @throws AwsException InvalidParameterException when the token is none of this list
     */
    static <T> Page<T> of(List<T> all, Function<T, String> place, @Nullable String token, int limit) {
        return Page.of(LIST, all, place, limit, token).orElseThrow(Pages::wrongToken);
    }

    static String seal(String place) {
        return PageToken.seal(LIST, place);
    }

    static String open(String token) {
        return PageToken.open(LIST, token).orElseThrow(Pages::wrongToken);
    }

    private static AwsException wrongToken() {
        return LogOperations.invalid("The specified nextToken is invalid.");
    }
}
