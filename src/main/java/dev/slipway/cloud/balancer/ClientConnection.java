package dev.slipway.cloud.balancer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.slipway.cloud.http.ConnectionRoute;
import dev.slipway.cloud.http.ServerEvent;
import dev.slipway.cloud.http.message.BodyReader;
import dev.slipway.cloud.http.message.FieldName;
import dev.slipway.cloud.http.message.Head;
import dev.slipway.cloud.http.message.HeadReader;
import dev.slipway.cloud.http.message.HeadWriter;
import dev.slipway.cloud.http.message.Malformed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client connection: one request at a time, in the order in which they came. What comes before its turn waits in one buffer, and
 * nothing more is read meanwhile.
 */
// The futures of closes and shutdowns: the end of the connection is heard in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class ClientConnection extends ChannelInboundHandlerAdapter {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);
    private static final Malformed INCOMPLETE = Malformed.request("the request is not complete");
    /** After how long without an answer a client that sends no more is asked whether it is still there. */
    private static final Duration PRESUMED = Duration.ofSeconds(1);
    /**
     * What the kernel holds of an answer to a client on this machine, in bytes, of which it takes the double. As much as it likes would be some MiB:
     * more than such a client takes at a time, so that one gets its whole answer at once and another one, whose window is full, waits for several of
     * the client's rounds.
     */
    private static final int HELD_FOR_NEIGHBOURS = 128 * 1024;

    private final Balancer balancer;
    private final Channel channel;
    private final ClientPeer client;
    private final Sender sender;
    private final Deadline deadline;
    private final HeadReader reader = new HeadReader(HeadReader.Kind.REQUEST);
    private final BodyReader body = new BodyReader();
    private @Nullable ByteBuf waiting;
    private @Nullable Exchange exchange;
    private boolean processing;
    private boolean inputEnded;
    private boolean draining;
    private boolean lastRequest;
    private boolean lingering;
    private boolean outputEnded;
    private boolean asked;
    private int idleCalls;

    ClientConnection(Balancer balancer, Channel channel, ConnectionRoute.Origin origin) {
        this.balancer = balancer;
        this.channel = channel;
        this.client = new ClientPeer(channel, origin);
        this.sender = new Sender(channel, this);
        this.deadline = new Deadline(Round.of(channel.eventLoop()), this::expired);
        channel.config().setRecvByteBufAllocator(Round.READS);
        channel.config().setWriteBufferWaterMark(Sender.WATER_MARK);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        if (client.isOnThisMachine()) {
            channel.config().setOption(ChannelOption.SO_SNDBUF, HELD_FOR_NEIGHBOURS);
        }
        deadline.set(balancer.limits().idle());
    }

    // ---- what comes

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        waiting = waiting == null ? in : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(channel.alloc(), waiting, in);
        process();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.flushBody();
        }
    }

    /** Goes on with what waits; called whenever that may have become possible. */
    void resume() {
        if (!processing) {
            process();
            if (exchange != null) {
                exchange.flushBody();
            }
        }
    }

    private void process() {
        processing = true;
        try {
            boolean more = true;
            while (more && waiting != null && waiting.isReadable()) {
                more = step(waiting);
            }
        } catch (Malformed bad) {
            refuse(bad);
        } finally {
            processing = false;
        }
        if (waiting != null && !waiting.isReadable()) {
            dropWaiting();
        }
        if (!inputEnded) {
            channel.config().setAutoRead(waiting == null);
        } else if (waiting == null) {
            endWithoutInput();
        }
    }

    /** False when what follows has to wait. */
    private boolean step(ByteBuf in) throws Malformed {
        if (lingering) {
            in.skipBytes(in.readableBytes());
        } else if (draining) {
            if (body.read(in, ByteBuf::skipBytes)) {
                next();
            }
        } else if (exchange != null) {
            if (body.isDone() || !exchange.takesBody()) {
                return false;
            }
            exchange.body(in);
        } else {
            head(in);
        }
        return true;
    }

    private void head(ByteBuf in) throws Malformed {
        boolean started = reader.isStarted();
        if (reader.read(in)) {
            begin();
        } else if (!started) {
            // Once for the whole head, or a byte now and then would hold the connection for ever.
            deadline.set(balancer.limits().head());
        }
    }

    private void begin() {
        Head head = reader.head();
        TargetGroup group = balancer.find(client.meant(), head);
        if (group == null) {
            giveBack();
            return;
        }
        idleCalls = 0;
        body.beginRequest(head);
        deadline.set(balancer.limits().request());
        OwnAnswer refusal = client.refusal(head);
        if (refusal != null) {
            group.counters().request();
            group.counters().answer(refusal.status());
            answer(refusal, expectsContinue());
            return;
        }
        exchange = new Exchange(this, group, head);
        exchange.start();
    }

    private void giveBack() {
        ByteBuf rest = channel.alloc().buffer();
        reader.head().copyTo(rest);
        if (waiting != null) {
            rest.writeBytes(waiting);
        }
        deadline.clear();
        sender.flushNow();
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        // Whoever goes on hears of the end by itself.
        inputEnded = false;
        client.origin().takeBack(channel.pipeline().context(this), rest);
    }

    private void refuse(Malformed bad) {
        boolean answered = exchange != null && exchange.isAnswered();
        if (exchange != null) {
            exchange.cancel();
        }
        if (answered || lingering || draining) {
            sender.close();
        } else {
            answer(OwnAnswer.ofMalformed(bad.status()), true);
        }
    }

    // ---- what an exchange asks

    EventLoop loop() {
        return channel.eventLoop();
    }

    /** The body of the request under way. */
    BodyReader body() {
        return body;
    }

    Sender sender() {
        return sender;
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    byte[] date() {
        return balancer.date();
    }

    boolean expectsContinue() {
        return !reader.head().isOld() && !body.isDone() && reader.head().find(FieldName.EXPECT) >= 0;
    }

    /** Whether another request may follow the one under way. */
    boolean mayLiveOn() {
        return reader.head().isKeepAlive() && !lastRequest && !(inputEnded && waiting == null);
    }

    void writeHead(Head head, HeadWriter out) {
        RequestHead.write(head, client.address(), client.scheme(), client.local(), out);
    }

    /** Answers in place of a target. */
    void answer(OwnAnswer own, boolean last) {
        boolean close = last || !mayLiveOn();
        HeadWriter out = Sender.scratch();
        AnswerHead.writeOwn(own, reader.head(), close, date(), client.local(), out);
        sender.head(out, false);
        answered(close);
    }

    /** The answer is complete. */
    void answered(boolean close) {
        exchange = null;
        sender.flush();
        if (close) {
            closeGently();
        } else if (!body.isDone()) {
            draining = true;
            deadline.set(balancer.limits().linger());
            resume();
        } else {
            next();
        }
    }

    private void next() {
        draining = false;
        reader.reset();
        deadline.set(balancer.limits().idle());
        resume();
    }

    // ---- ends

    /** Ends the connection at once; the client sees that its answer is not complete. */
    void abort() {
        if (exchange != null) {
            exchange.cancel();
        }
        sender.close();
    }

    /** Closes in a way that lets the client read its answer although it may still be sending: a plain close would reset the connection. */
    private void closeGently() {
        lingering = true;
        sender.flushNow();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> {
            outputEnded = true;
            deadline.set(balancer.limits().linger());
            if (client.isSecure() || inputEnded) {
                // TLS says itself that nothing more comes; after the client's end nothing is left that could reset.
                sender.close();
            } else {
                ((DuplexChannel) channel).shutdownOutput();
                resume();
            }
        });
    }

    /** The client sends no more, and nothing that it sent waits. */
    private void endWithoutInput() {
        if (lingering ? outputEnded : exchange == null) {
            sender.close();
        } else if (exchange != null && !body.isDone()) {
            refuse(INCOMPLETE);
        } else if (exchange != null && !asked) {
            asked = true;
            loop().schedule(this::askWhetherThere, PRESUMED.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /**
     * A client that has ended its side may still wait for its answer (RFC 9112, 9.6) or be gone, which looks the same. An interim answer
     * tells: whoever is gone resets the connection. Every client can discard a 100 (RFC 9110, 15.2.1), while some take other interim answers
     * for the final one.
     */
    private void askWhetherThere() {
        if (exchange != null && !exchange.isAnswered() && !reader.head().isOld()) {
            sender.bytes(CONTINUE);
            sender.flush();
        }
    }

    private void expired() {
        if (lingering || draining) {
            sender.close();
        } else if (exchange != null) {
            exchange.tooLong();
        } else if (reader.isStarted()) {
            answer(OwnAnswer.REQUEST_TIMEOUT, true);
        } else {
            sender.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && client.isSecure()) {
            abort();
        } else if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            resume();
        } else if (event == ServerEvent.DRAIN) {
            lastRequest = true;
            if (exchange == null && !draining && !lingering) {
                sender.close();
            }
        } else if (event == ServerEvent.MAKE_ROOM && exchange == null && !reader.isStarted() && idleCalls++ > 0) {
            sender.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (exchange != null && channel.isWritable()) {
            exchange.clientWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deadline.clear();
        lingering = true;
        if (exchange != null) {
            exchange.cancel();
            exchange = null;
        }
        sender.discard();
        dropWaiting();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A broken client connection; there is nobody left to tell.
        context.close();
    }

    private void dropWaiting() {
        if (waiting != null) {
            waiting.release();
            waiting = null;
        }
    }
}
