package dev.slipway.cloud.balancer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** One connection to a target; carries one exchange at a time, or idles. */
final class BackendHandler extends ChannelInboundHandlerAdapter {
    private static final int LINE = 16 * 1024;
    private static final int HEADERS = 64 * 1024;
    private static final int CHUNK = 64 * 1024;

    private final Member member;
    private @Nullable Exchange exchange;

    private BackendHandler(Member member) {
        this.member = member;
    }

    static ChannelInitializer<Channel> initializer(Member member) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.config().setOption(ChannelOption.TCP_NODELAY, true);
                // A target may answer and close while a body is still sent to it; a failed write must not destroy that
                // answer.
                channel.config().setAutoClose(false);
                channel.pipeline()
                        .addLast(new HttpClientCodec(LINE, HEADERS, CHUNK))
                        .addLast(new BackendHandler(member));
            }
        };
    }

    /** Gives a connection to an exchange, or back to idleness (null). */
    static void attach(Channel channel, @Nullable Exchange exchange) {
        channel.pipeline().get(BackendHandler.class).exchange = exchange;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (exchange != null && message instanceof HttpObject part) {
            exchange.responsePart(part);
        } else {
            // Bytes that nobody asked for: what follows on this connection can't be trusted.
            ReferenceCountUtil.release(message);
            context.close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.flushClient();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null && context.channel().isWritable()) {
            exchange.backendWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        member.forget(context.channel());
        if (exchange != null) {
            exchange.backendGone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
