package dev.slipway.cloud.http;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One client connection: takes one request at a time to where it is answered, holds back those that were sent too early, and decides
 * whether the connection lives on. All state belongs to the event loop.
 */
// The futures of closes and writes: whatever fails there closes the channel, and that is heard in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class Connection extends ChannelDuplexHandler {
    private static final System.Logger LOG = System.getLogger(Connection.class.getName());

    /** What is read and dropped of a body that nobody wanted, so that the client gets to see its answer. */
    private static final int MOST_DROPPED_BYTES = 1024 * 1024;

    private static final int LINGER_MILLIS = 1000;
    private static final int MOST_HELD = 4096;
    private static final int IDLE_SWEEPS = 4;

    private final Routes routes;
    private final BiConsumer<ChannelHandlerContext, ByteBuf> handOver;
    private final Queue<Object> held = new ArrayDeque<>();
    private boolean requestOpen;
    private boolean answerOpen;
    private boolean headSent;
    private boolean lastSent;
    private boolean serving;
    private boolean keepAlive;
    private boolean lingering;
    private int dropped;
    private int idleSweeps;
    private int idleCalls;
    private @Nullable HttpRequest request;
    private @Nullable HandlerTurn turn;

    /** @param handOver takes the connection over, with the first bytes that are somebody else's, when all before is answered */
    Connection(Routes routes, BiConsumer<ChannelHandlerContext, ByteBuf> handOver) {
        this.routes = routes;
        this.handOver = handOver;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (lingering) {
            ReferenceCountUtil.release(message);
        } else if (!held.isEmpty() || (answerOpen && !requestOpen)) {
            hold(context, message);
        } else {
            dispatch(context, message);
        }
    }

    /** A request before its turn (pipelining): nothing more is read until it is. */
    private void hold(ChannelHandlerContext context, Object message) {
        held.add(message);
        context.channel().config().setAutoRead(false);
        if (held.size() > MOST_HELD) {
            context.close();
        }
    }

    private void dispatch(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof HttpRequest next) {
            begin(context, next);
        } else if (message instanceof HttpContent content && requestOpen) {
            boolean last = content instanceof LastHttpContent;
            requestOpen = !last;
            keepAlive = keepAlive && content.decoderResult().isSuccess();
            take(context, content, last);
            if (last) {
                next(context);
            }
        } else if (message instanceof ByteBuf bytes && !requestOpen) {
            // There is no answer under way either, or this would have been held back.
            CompositeByteBuf all = context.alloc().compositeBuffer();
            all.addComponent(true, bytes);
            held.forEach(more -> all.addComponent(true, (ByteBuf) more));
            held.clear();
            handOver.accept(context, all);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest next) throws Exception {
        request = next;
        requestOpen = true;
        answerOpen = true;
        headSent = false;
        lastSent = false;
        dropped = 0;
        idleSweeps = 0;
        idleCalls = 0;
        turn = null;
        keepAlive = HttpUtil.isKeepAlive(next);
        Optional<RequestRules.Refusal> refusal = RequestRules.refusal(next);
        if (refusal.isPresent()) {
            refuse(context, refusal.get().status(), refusal.get().why());
            return;
        }
        if (!routes.knowsHost(next)) {
            refuse(context, HttpResponseStatus.MISDIRECTED_REQUEST, "this server has not the name that Host says");
            return;
        }
        turn = new HandlerTurn(this, context, next, routes);
        if (!turn.start((InetSocketAddress) context.channel().localAddress())) {
            refuse(context, HttpResponseStatus.SERVICE_UNAVAILABLE);
        }
    }

    /** A handler came back, whatever it did. The connection may be at its next request already. */
    void returned(ChannelHandlerContext context, HandlerTurn of, HttpResponseStatus unanswered) {
        if (turn != of) {
            return;
        }
        if (!headSent) {
            refuse(context, unanswered);
        } else if (!lastSent) {
            context.close();
        }
    }

    boolean mayContinue(HandlerTurn of) {
        return turn == of && !headSent;
    }

    void resume(ChannelHandlerContext context, HandlerTurn of) {
        if (turn == of && held.isEmpty()) {
            context.channel().config().setAutoRead(true);
        }
    }

    private void take(ChannelHandlerContext context, HttpContent content, boolean last) {
        if (turn == null || !answerOpen) {
            dropped += content.content().readableBytes();
            content.release();
            if (dropped > MOST_DROPPED_BYTES) {
                linger(context);
            }
        } else if (turn.take(content, last)) {
            context.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response
                && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            headSent = true;
            settle(response);
        }
        if (message instanceof LastHttpContent && headSent) {
            lastSent = true;
            context.write(message, promise.unvoid().addListener(done -> answered(context, done.isSuccess())));
        } else {
            context.write(message, promise);
        }
    }

    /** Decides, with the head of the answer, whether the connection lives on after it. */
    private void settle(HttpResponse response) {
        HttpRequest asked = requireNonNull(request);
        int status = response.status().code();
        boolean endIsKnown = HttpUtil.isContentLengthSet(response)
                || HttpUtil.isTransferEncodingChunked(response)
                || status == 204
                || status == 304
                || asked.method().equals(HttpMethod.HEAD);
        // A client that was promised a "100 Continue" and got none may or may not send its body: nobody knows where the
        // next request starts.
        boolean nextIsKnown = !requestOpen || turn == null || !turn.continueOwed();
        keepAlive = keepAlive
                && endIsKnown
                && nextIsKnown
                && !routes.draining()
                && HttpUtil.isKeepAlive(response)
                && willBeRead(asked);
        if (keepAlive) {
            HttpUtil.setKeepAlive(response.headers(), asked.protocolVersion(), true);
        } else {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    /** A client must hear with the head that the connection ends before its body does, or it sends its next request into it. */
    private boolean willBeRead(HttpRequest asked) {
        return !requestOpen || HttpUtil.getContentLength(asked, Long.MAX_VALUE) <= MOST_DROPPED_BYTES;
    }

    private void answered(ChannelHandlerContext context, boolean success) throws Exception {
        answerOpen = false;
        if (!success) {
            context.close();
        } else if (keepAlive && !routes.draining()) {
            next(context);
        } else if (requestOpen) {
            linger(context);
        } else {
            context.close();
        }
    }

    /** Goes on with what was held back, as soon as a request and its answer are both complete. */
    private void next(ChannelHandlerContext context) throws Exception {
        if (serving) {
            return;
        }
        serving = true;
        try {
            while (!held.isEmpty() && (requestOpen || !answerOpen)) {
                dispatch(context, held.remove());
            }
        } finally {
            serving = false;
        }
        if (held.isEmpty()) {
            context.channel().config().setAutoRead(true);
        }
    }

    /** Closes in a way that lets the client read its answer although it is still sending: a plain close would reset the connection. */
    private void linger(ChannelHandlerContext context) {
        if (lingering) {
            return;
        }
        lingering = true;
        releaseHeld();
        ((DuplexChannel) context.channel()).shutdownOutput();
        context.channel().config().setAutoRead(true);
        context.executor().schedule(() -> context.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void refuse(ChannelHandlerContext context, HttpResponseStatus status) {
        refuse(context, status, "");
    }

    private void refuse(ChannelHandlerContext context, HttpResponseStatus status, String why) {
        byte[] text = (status + (why.isEmpty() ? "" : ": " + why) + "\n").getBytes(StandardCharsets.US_ASCII);
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(text));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN)
                .set(HttpHeaderNames.CONTENT_LENGTH, text.length);
        keepAlive = false;
        send(context, response, context.newPromise());
    }

    void send(ChannelHandlerContext context, Object object, ChannelPromise promise) {
        write(context, object, promise);
        context.flush();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        boolean idle = !requestOpen && !answerOpen;
        if (idle
                && (event == ServerEvent.DRAIN
                        || (event == ServerEvent.SWEEP && ++idleSweeps >= IDLE_SWEEPS)
                        || (event == ServerEvent.MAKE_ROOM && idleCalls++ > 0))) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (turn != null) {
            turn.fail(new ClosedChannelException());
        }
        releaseHeld();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.log(Level.DEBUG, "connection " + context.channel(), cause);
        context.close();
    }

    private void releaseHeld() {
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }
}
