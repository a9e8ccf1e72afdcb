package dev.slipway.cloud.http;

import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Predicate;

/** Bytes to HTTP objects and back. */
final class Codec extends CombinedChannelDuplexHandler<RequestDecoder, HttpResponseEncoder> {
    /** Methods of the requests that are not answered yet: an answer to HEAD has no body whatever its headers say. */
    private final Queue<HttpMethod> unanswered = new ArrayDeque<>();

    /** @param elsewhere see {@link RequestDecoder} */
    Codec(Predicate<String> elsewhere) {
        init(new RequestDecoder(elsewhere, unanswered::add), new Encoder());
    }

    private final class Encoder extends HttpResponseEncoder {
        @Override
        protected boolean isContentAlwaysEmpty(HttpResponse response) {
            if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
                return super.isContentAlwaysEmpty(response);
            }
            return HttpMethod.HEAD.equals(unanswered.poll()) || super.isContentAlwaysEmpty(response);
        }
    }
}
