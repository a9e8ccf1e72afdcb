package dev.slipway.cloud.http;

import dev.slipway.cloud.http.message.Malformed;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Optional;

/** Which request heads are refused before anybody sees them. */
final class RequestRules {
    private RequestRules() {}

    /** @param why in a few words that quote nothing of the request */
    record Refusal(HttpResponseStatus status, String why) {}

    static Optional<Refusal> refusal(HttpRequest request) {
        if (request.decoderResult().cause() instanceof Malformed bad) {
            return Optional.of(new Refusal(HttpResponseStatus.valueOf(bad.status()), bad.reason()));
        }
        String expectation = request.headers().get(HttpHeaderNames.EXPECT);
        if (expectation != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation)) {
            return Optional.of(new Refusal(
                    HttpResponseStatus.EXPECTATION_FAILED, "the only expectation that is understood is 100-continue"));
        }
        return Optional.empty();
    }
}
