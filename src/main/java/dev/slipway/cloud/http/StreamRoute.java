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

    /** A handler for one client connection. */
    ChannelInboundHandler newHandler();
}
