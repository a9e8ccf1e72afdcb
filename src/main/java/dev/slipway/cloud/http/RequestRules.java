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

    static Optional<HttpResponseStatus> refusal(HttpRequest request) {
        if (request.decoderResult().cause() instanceof Malformed bad) {
            return Optional.of(HttpResponseStatus.valueOf(bad.status()));
        }
        String expectation = request.headers().get(HttpHeaderNames.EXPECT);
        if (expectation != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation)) {
            return Optional.of(HttpResponseStatus.EXPECTATION_FAILED);
        }
        return Optional.empty();
    }
}
