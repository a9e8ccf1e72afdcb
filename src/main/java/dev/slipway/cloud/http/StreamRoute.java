package dev.slipway.cloud.http;

import io.netty.channel.ChannelInboundHandler;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;

/**
 * Requests that are answered on the event loop, piece by piece, without a worker thread: what a proxy needs. Stands in the pipeline
 * behind the HTTP server codec; its handler sees {@code HttpRequest}, {@code HttpContent} … {@code LastHttpContent} and writes the same.
 */
public interface StreamRoute {
    /** Whether this route answers a request that came in on {@code local}. Called on the event loop; must not block. */
    boolean accepts(HttpRequest request, InetSocketAddress local);

    /**
     * A handler for one client connection, made with its first request. It gets one request at a time: the next comes after the
     * {@code LastHttpContent} of its answer is written. It writes through its own context. While a body comes it may turn
     * {@code autoRead} off; it turns it on again when the body ends. A body that breaks ends in a {@code LastHttpContent} with a failed
     * {@code decoderResult}; a client that goes away ends in {@code channelInactive}. {@code Connection: close} and keep-alive towards
     * the client are the server's business, {@code Expect: 100-continue} is the handler's.
     */
    ChannelInboundHandler newHandler();
}
