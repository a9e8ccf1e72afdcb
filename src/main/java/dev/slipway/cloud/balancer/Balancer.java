package dev.slipway.cloud.balancer;

import dev.slipway.cloud.http.StreamRoute;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;

/** Streams each request to the least busy target of the group that its address or host names. Thread-safe. */
public final class Balancer implements StreamRoute {
    /** App Runner's limit for a whole request, from its first byte to the last byte of the answer. */
    public static final Duration REQUEST_LIMIT = Duration.ofSeconds(120);

    /** @param requestLimit for a whole request, {@link #REQUEST_LIMIT} as on AWS */
    public Balancer(Duration requestLimit, InstantSource clock) {}

    @Override
    public boolean accepts(HttpRequest request, InetSocketAddress local) {
        return false;
    }

    @Override
    public ChannelInboundHandler newHandler() {
        return new ChannelInboundHandlerAdapter();
    }
}
