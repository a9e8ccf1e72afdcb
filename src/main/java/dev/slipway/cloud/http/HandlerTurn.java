package dev.slipway.cloud.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;

/**
 * One request of a connection that a blocking handler answers: brings its body to a worker thread and what the handler does back to the
 * event loop.
 */
final class HandlerTurn implements BodyStream.Flow {
    private static final System.Logger LOG = System.getLogger(HandlerTurn.class.getName());

    private final Connection connection;
    private final ChannelHandlerContext context;
    private final HttpRequest request;
    private final Routes routes;
    private final BodyStream body;

    /** Whether the client waits for leave to send its body; belongs to the event loop. */
    private boolean continueOwed;

    private boolean malformed;

    HandlerTurn(Connection connection, ChannelHandlerContext context, HttpRequest request, Routes routes) {
        this.connection = connection;
        this.context = context;
        this.request = request;
        this.routes = routes;
        this.body = new BodyStream(this, routes.patience());
        this.continueOwed = HttpUtil.is100ContinueExpected(request);
    }

    /** False when the server is stopping and no worker takes the request. */
    boolean start(InetSocketAddress local) {
        Answer answer = new Answer(
                context.channel(), (object, promise) -> connection.send(context, object, promise), routes.patience());
        InetSocketAddress remote = (InetSocketAddress) context.channel().remoteAddress();
        Exchange exchange = new Exchange(request, local, remote, body, answer);
        try {
            routes.workers().execute(() -> work(exchange));
            return true;
        } catch (RejectedExecutionException stopping) {
            LOG.log(Level.DEBUG, "no worker takes " + request.uri(), stopping);
            return false;
        }
    }

    boolean continueOwed() {
        return continueOwed;
    }

    /** Takes a piece of the body; true when the connection should rest until {@link #resume}. */
    boolean take(HttpContent content, boolean last) {
        continueOwed = false;
        if (content.decoderResult().isFailure()) {
            content.release();
            malformed = true;
            fail(new IOException("a chunk is malformed", content.decoderResult().cause()));
            return false;
        }
        boolean rest = body.offer(content.content());
        if (last) {
            body.complete();
        }
        return rest;
    }

    void fail(IOException cause) {
        body.fail(new IOException("the client closed the connection or sent a malformed body", cause));
    }

    /** On a worker thread. */
    private void work(Exchange exchange) {
        HttpResponseStatus unanswered = HttpResponseStatus.INTERNAL_SERVER_ERROR;
        try {
            routes.handler(exchange.path()).handle(exchange);
        } catch (HttpExchange.BodyTooLarge large) {
            LOG.log(Level.DEBUG, exchange.method() + " " + exchange.path(), large);
            unanswered = HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, exchange.method() + " " + exchange.path() + " broke off", gone);
        } catch (RuntimeException | Error bug) {
            LOG.log(Level.ERROR, exchange.method() + " " + exchange.path() + " failed", bug);
        } finally {
            body.close();
            HttpResponseStatus status = unanswered;
            onLoop(() -> connection.returned(context, this, malformed ? HttpResponseStatus.BAD_REQUEST : status));
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and that is heard elsewhere
    public void wanted() {
        onLoop(() -> {
            if (continueOwed && connection.mayContinue(this)) {
                continueOwed = false;
                context.writeAndFlush(new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
            }
        });
    }

    @Override
    public void resume() {
        onLoop(() -> connection.resume(context, this));
    }

    private void onLoop(Runnable task) {
        try {
            context.executor().execute(task);
        } catch (RejectedExecutionException stopped) {
            LOG.log(Level.DEBUG, "the event loop has stopped", stopped);
        }
    }
}
