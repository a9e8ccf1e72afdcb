package dev.slipway.cloud.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.Mapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lets one port speak TLS and plain HTTP: the first byte of a handshake begins no request. */
final class FirstByte extends ChannelInboundHandlerAdapter {
    private static final int HANDSHAKE = 22;

    private final Certificates certificates;
    private final Predicate<String> names;

    /** @param names those that this server goes by, in lower case */
    FirstByte(Certificates certificates, Predicate<String> names) {
        this.certificates = certificates;
        this.names = names;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (in.isReadable() && in.getByte(in.readerIndex()) == HANDSHAKE) {
            InetSocketAddress local = (InetSocketAddress) context.channel().localAddress();
            // Typed, because there is another constructor for mappings that answer later.
            Mapping<@Nullable String, SslContext> byName = name -> context(local, name);
            context.pipeline().addAfter(context.name(), null, new SniHandler(byName));
        }
        context.fireChannelRead(in);
        context.pipeline().remove(this);
    }

    private SslContext context(InetSocketAddress local, @Nullable String name) {
        String known = name == null ? null : name.toLowerCase(Locale.ROOT);
        try {
            return certificates.forClient(local.getAddress(), known != null && names.test(known) ? known : null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
