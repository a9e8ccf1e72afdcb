package dev.slipway.cloud.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import java.net.InetAddress;

/**
 * Connections that are served byte for byte on the event loop, without a worker thread: what a proxy needs. Called on event loops; must
 * not block.
 */
public interface ConnectionRoute {
    /** Whether all connections to this local address are taken, from their first byte on. */
    boolean takes(InetAddress local);

    /** Whether requests for this host (lower case, without port) are taken, whichever address they came in on. */
    boolean takes(String host);

    /** A handler for one connection, the last one in its pipeline. It sees {@code ByteBuf} and {@link ServerEvent}, and closes the connection. */
    ChannelInboundHandler newHandler(Channel channel, Origin origin);

    /** Where a connection came from. */
    interface Origin {
        /** Whether a client may have called this server by this name (lower case, without port). */
        boolean allows(String host);

        /** Whether the same port takes TLS too. */
        boolean speaksTls();

        /** Goes on with a connection that is between two requests, with these bytes of the next; replaces the route's handler. */
        void takeBack(ChannelHandlerContext context, ByteBuf bytes);
    }
}
