package dev.slipway.cloud.balancer;

import dev.slipway.cloud.http.message.BodyReader;
import dev.slipway.cloud.http.message.Head;
import dev.slipway.cloud.http.message.HeadReader;
import dev.slipway.cloud.http.message.Malformed;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection to a target: reads the answer of one exchange at a time, or idles. */
// The futures of closes: the end of the connection is heard in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class BackendConnection extends ChannelInboundHandlerAdapter {
    /** {@code TCP_ESTABLISHED} of Linux. */
    private static final int ESTABLISHED = 1;

    private final Member member;
    private final Channel channel;
    private final Round round;
    private final Sender sender;
    private final HeadReader reader = new HeadReader(HeadReader.Kind.ANSWER);
    private final BodyReader body = new BodyReader();
    private @Nullable Exchange exchange;
    private boolean headDone;
    private long idleSince;

    private BackendConnection(Member member, Channel channel) {
        this.member = member;
        this.channel = channel;
        this.round = Round.of(channel.eventLoop());
        this.sender = new Sender(channel, this);
    }

    /** What a dialer puts into a new channel; {@link #of} finds it there. */
    static ChannelInitializer<Channel> initializer(Member member) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.config().setOption(ChannelOption.TCP_NODELAY, true);
                channel.config().setRecvByteBufAllocator(Round.READS);
                channel.config().setWriteBufferWaterMark(Sender.WATER_MARK);
                // A target may answer and close while a body is still sent to it; a failed write must not destroy that
                // answer.
                channel.config().setAutoClose(false);
                channel.pipeline().addLast(new BackendConnection(member, channel));
            }
        };
    }

    static BackendConnection of(Channel channel) {
        return channel.pipeline().get(BackendConnection.class);
    }

    /** Belongs to this exchange until {@link #release} or {@link #close}. */
    void attach(Exchange to) {
        exchange = to;
        headDone = false;
        reader.reset();
    }

    Sender sender() {
        return sender;
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    void read(boolean read) {
        channel.config().setAutoRead(read);
    }

    /** False as soon as the event loop knows of its end, which is before {@link #channelInactive}. */
    boolean isActive() {
        return channel.isActive();
    }

    /** Whether the target has not ended its side: the kernel knows before the event loop hears of it. */
    boolean isOpen() {
        return !(channel instanceof EpollSocketChannel socket)
                || socket.tcpInfo().state() == ESTABLISHED;
    }

    /** Idles until somebody takes it. */
    void release() {
        exchange = null;
        idleSince = round.nanoTime();
        read(true);
        member.give(channel.eventLoop(), this);
    }

    long idleNanos() {
        return round.nanoTime() - idleSince;
    }

    void close() {
        exchange = null;
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (exchange != null && !sender.isBegun()) {
                // It can't be the answer to what was not asked yet.
                gone(false);
                return;
            }
            while (exchange != null && in.isReadable()) {
                take(exchange, in);
            }
            if (in.isReadable()) {
                // Bytes that nobody asked for: what follows on this connection can't be trusted.
                close();
            }
        } catch (Malformed bad) {
            gone(true);
        } finally {
            in.release();
        }
    }

    private void take(Exchange to, ByteBuf in) throws Malformed {
        if (!headDone) {
            if (!reader.read(in)) {
                return;
            }
            Head head = reader.head();
            if (head.status() == 101) {
                // Nobody asked for it, and no protocol that could follow would be understood.
                gone(true);
                return;
            }
            if (head.status() < 200) {
                to.interim(head);
                reader.reset();
                to.answerGoesOn();
                return;
            }
            headDone = true;
            body.beginAnswer(head, AnswerHead.hasNoBody(head, to.method()));
            to.answer(head);
            if (body.isDone()) {
                complete(to, head.isKeepAlive() && !in.isReadable());
            }
        } else if (body.read(in, to.answerBody())) {
            complete(to, reader.head().isKeepAlive() && !in.isReadable());
        } else {
            to.answerGoesOn();
        }
    }

    private void complete(Exchange to, boolean reusable) {
        exchange = null;
        to.answerComplete(body.trailers(), reusable);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.flushAnswer();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null && channel.isWritable()) {
            exchange.backendWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        sender.discard();
        member.forget(channel.eventLoop(), this);
        if (exchange != null && headDone && body.endsWithConnection()) {
            complete(exchange, false);
        } else {
            gone(false);
        }
    }

    private void gone(boolean malformed) {
        Exchange of = exchange;
        exchange = null;
        channel.close();
        if (of != null) {
            of.backendGone(malformed);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Of a failed write nothing follows: what the target has answered is still read, up to the end of the
        // connection, which comes by itself.
        if (!(cause instanceof java.io.IOException)) {
            context.close();
        }
    }
}
