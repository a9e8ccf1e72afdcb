package dev.slipway.cloud.balancer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One client connection: one exchange at a time, in the order of the requests. */
final class ClientHandler extends ChannelInboundHandlerAdapter {
    private final Balancer balancer;
    private final Deque<Object> later = new ArrayDeque<>();
    private @Nullable Exchange exchange;

    ClientHandler(Balancer balancer) {
        this.balancer = balancer;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (exchange != null && exchange.requestComplete()) {
            // Pipelined; read no more until the answer before it is out.
            later.add(message);
            context.channel().config().setAutoRead(false);
            return;
        }
        handle(context, message);
    }

    private void handle(ChannelHandlerContext context, Object message) {
        if (exchange == null && message instanceof HttpRequest request) {
            exchange = new Exchange(context, request, balancer.requestLimit(), this::next);
            var local = (InetSocketAddress) context.channel().localAddress();
            exchange.start(balancer.find(request, local));
        }
        if (exchange != null && message instanceof HttpContent content) {
            exchange.requestContent(content);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void next(ChannelHandlerContext context) {
        exchange = null;
        while (!later.isEmpty() && (exchange == null || !exchange.requestComplete())) {
            handle(context, later.removeFirst());
        }
        if (exchange == null) {
            context.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null && context.channel().isWritable()) {
            exchange.clientWritable();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.clientGone();
            exchange = null;
        }
        later.forEach(ReferenceCountUtil::release);
        later.clear();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A broken client connection; there is nobody left to tell.
        context.close();
    }
}
