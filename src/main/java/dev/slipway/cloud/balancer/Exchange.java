package dev.slipway.cloud.balancer;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer on their way through. Runs on the client's event loop, and so does its connection to the target. What
 * happens on the target's side is {@link Forwarding}'s; here is the client's.
 */
final class Exchange {
    /** How long a client may go on sending a body that nobody wants before its connection is closed. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final ChannelHandlerContext client;
    private final HttpRequest request;
    private final Consumer<ChannelHandlerContext> next;
    private final Future<?> limit;
    private boolean keepAlive;
    private boolean requestComplete;
    private boolean answered;
    private boolean over;
    private @Nullable Forwarding forwarding;
    private @Nullable Counters counters;

    Exchange(
            ChannelHandlerContext client,
            HttpRequest request,
            Duration requestLimit,
            Consumer<ChannelHandlerContext> next) {
        this.client = client;
        this.request = request;
        this.next = next;
        this.keepAlive = HttpUtil.isKeepAlive(request);
        this.limit = client.executor().schedule(this::tooLong, requestLimit.toNanos(), TimeUnit.NANOSECONDS);
    }

    void start(Optional<TargetGroup> group) {
        group.ifPresent(each -> {
            counters = each.counters();
            counters.request();
        });
        if (request.decoderResult().isFailure()) {
            keepAlive = false;
            answer(HttpResponseStatus.BAD_REQUEST, "the request is not valid HTTP");
        } else if (group.isEmpty()) {
            answer(HttpResponseStatus.NOT_FOUND, "no service has this address");
        } else if (request.method().equals(HttpMethod.CONNECT)) {
            answer(HttpResponseStatus.METHOD_NOT_ALLOWED, "CONNECT is not supported");
        } else if (Heads.asksForWebSocket(request)) {
            answer(HttpResponseStatus.FORBIDDEN, "App Runner does not support WebSocket; use plain HTTP/1.1");
        } else {
            var local = (InetSocketAddress) client.channel().localAddress();
            var remote = (InetSocketAddress) client.channel().remoteAddress();
            client.channel().config().setAutoRead(false);
            forwarding = new Forwarding(this, group.get(), request, Heads.toTarget(request, local, remote));
            forwarding.start();
        }
    }

    ChannelHandlerContext client() {
        return client;
    }

    boolean requestComplete() {
        return requestComplete;
    }

    /** Whether the head of an answer has gone to the client. */
    boolean answered() {
        return answered;
    }

    void requestContent(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            content.release();
            abort();
            return;
        }
        requestComplete = content instanceof LastHttpContent;
        if (requestComplete) {
            // Nothing but the end of the connection is to come; it must be noticed.
            readClient(true);
        }
        if (over) {
            content.release();
            finishWhenBothDone();
        } else if (forwarding != null) {
            forwarding.requestContent(content);
        } else {
            content.release();
        }
    }

    /** Called when the target is ready for the body: asks the client to send it, when it waits to be asked. */
    void wantBody() {
        if (requestComplete) {
            return;
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            client.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        readClient(true);
    }

    void readClient(boolean read) {
        client.channel().config().setAutoRead(read);
    }

    void responsePart(HttpObject part) {
        if (forwarding == null) {
            ReferenceCountUtil.release(part);
        } else {
            forwarding.responsePart(part);
        }
    }

    void answer(HttpResponse response) {
        answered = true;
        count(response.status());
        HttpResponse head = Heads.toClient(response, request, keepAlive);
        keepAlive = !head.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        client.write(head);
    }

    /** Sends a piece of the answer; false when the client is slower than the target. */
    boolean answer(HttpContent content) {
        if (content instanceof LastHttpContent) {
            // The place is free before the client can know of its answer, or its next request might find none.
            endForwarding();
            client.writeAndFlush(content);
            finish();
            return true;
        }
        client.write(content);
        return client.channel().isWritable();
    }

    void flushClient() {
        client.flush();
    }

    /** Answers for the target, with one line of text. */
    void answer(HttpResponseStatus status, String text) {
        if (answered || over) {
            abort();
            return;
        }
        answered = true;
        count(status);
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, ByteBufUtil.writeUtf8(client.alloc(), text + "\n"));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        HttpUtil.setContentLength(response, response.content().readableBytes());
        if (!keepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        endForwarding();
        client.writeAndFlush(response);
        finish();
    }

    void clientWritable() {
        if (forwarding != null) {
            forwarding.readBackend(true);
        }
    }

    void backendWritable() {
        if (!requestComplete && !over) {
            readClient(true);
        }
    }

    void backendGone() {
        if (forwarding != null) {
            forwarding.backendGone();
        }
    }

    void clientGone() {
        limit.cancel(false);
        over = true;
        endForwarding();
    }

    /** Ends what can't be answered properly any more; the client sees its connection end. */
    void abort() {
        clientGone();
        client.close();
    }

    private void tooLong() {
        if (over || answered) {
            abort();
        } else if (forwarding != null && forwarding.waiting()) {
            answer(HttpResponseStatus.TOO_MANY_REQUESTS, "all instances of this service were busy for too long");
        } else {
            answer(HttpResponseStatus.GATEWAY_TIMEOUT, "the service did not answer in time");
        }
    }

    private void finish() {
        limit.cancel(false);
        over = true;
        endForwarding();
        if (!requestComplete) {
            // Closing while the client still sends could destroy the answer before the client has read it.
            client.executor().schedule(this::stopLingering, LINGER.toNanos(), TimeUnit.NANOSECONDS);
            readClient(true);
            return;
        }
        finishWhenBothDone();
    }

    private void stopLingering() {
        if (!requestComplete) {
            client.close();
        }
    }

    private void finishWhenBothDone() {
        if (!requestComplete) {
            return;
        }
        if (keepAlive) {
            next.accept(client);
        } else {
            client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void endForwarding() {
        if (forwarding != null) {
            forwarding.end();
        }
    }

    private void count(HttpResponseStatus status) {
        if (counters != null) {
            counters.answer(status.code());
        }
    }

    Channel clientChannel() {
        return client.channel();
    }
}
