package dev.slipway.cloud.egress;

import dev.slipway.cloud.http.TcpDialer;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One direction between two connections of one event loop: passes on bytes as fast as they are taken, the end of them, and how the connection ends. */
// Writes and closes: what fails there closes the channel, and that is heard in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class Relay extends ChannelInboundHandlerAdapter {
    private static final Duration LONGEST_DIAL = Duration.ofSeconds(30);

    private final Queue<Object> early = new ArrayDeque<>();
    private @Nullable Channel to;
    private boolean ended;

    /** Prepares a connection, which is joined with another one later; its transport may read what is there when its other side has ended. */
    static void prepare(Channel channel) {
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.pipeline().addLast(new Relay());
    }

    /** Joins a prepared connection with one that is made to a place; it is reset when that can't be made. */
    static void dial(Channel prepared, InetSocketAddress place) {
        new TcpDialer(place, LONGEST_DIAL)
                .dial(prepared.eventLoop(), new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        prepare(channel);
                    }
                })
                .addListener(dialled -> {
                    if (dialled.isSuccess()) {
                        join(prepared, (Channel) dialled.getNow());
                    } else {
                        reset(prepared);
                    }
                });
    }

    /** One that has ended meanwhile ends the other. */
    private static void join(Channel one, Channel other) {
        ChannelHandlerContext here = one.pipeline().context(Relay.class);
        ChannelHandlerContext there = other.pipeline().context(Relay.class);
        // One that has been closed has no handlers any more.
        if (here == null || there == null) {
            reset(one);
            reset(other);
            return;
        }
        ((Relay) here.handler()).begin(here, other);
        ((Relay) there.handler()).begin(there, one);
    }

    private void begin(ChannelHandlerContext context, Channel other) {
        to = other;
        while (!early.isEmpty()) {
            other.write(early.remove());
        }
        other.flush();
        if (ended) {
            passOnTheEnd(context, other);
        }
        context.channel().config().setAutoRead(other.isWritable());
    }

    /** Ends a connection so that its other side hears of a failure and not of an end. */
    static void reset(Channel channel) {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel other = to;
        if (other == null) {
            early.add(message);
            return;
        }
        other.write(message);
        if (!other.isWritable()) {
            other.flush();
            context.channel().config().setAutoRead(other.isWritable());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (to != null) {
            to.flush();
        }
    }

    /** Room again for what comes from the other side. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (to != null) {
            to.config().setAutoRead(context.channel().isWritable());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !ended) {
            ended = true;
            if (to != null) {
                passOnTheEnd(context, to);
            }
        }
    }

    /** After what is still to be written; the second end of the two ends both connections. */
    private static void passOnTheEnd(ChannelHandlerContext context, Channel other) {
        Relay back = other.pipeline().get(Relay.class);
        boolean both = back == null || back.ended;
        other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (both) {
                other.close();
                context.close();
            } else {
                ((DuplexChannel) other).shutdownOutput();
            }
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Channel other = to;
        if (other != null && ended) {
            other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> other.close());
        } else if (other != null) {
            reset(other);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The other one hears of it in channelInactive.
        reset(context.channel());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        early.forEach(ReferenceCountUtil::release);
        early.clear();
    }
}
