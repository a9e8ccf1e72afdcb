package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.apprunner.Configuration.HealthCheck;
import dev.slipway.cloud.http.Dialer;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One health check of one instance, from where requests come too. */
final class Probe {
    private final HealthCheck check;
    private final CompletableFuture<Result> result = new CompletableFuture<>();

    private Probe(HealthCheck check) {
        this.check = check;
    }

    enum Result {
        HEALTHY,
        /** Nothing accepts connections. */
        REFUSED,
        /** Connected, but no answer in time, or none that is HTTP. */
        SILENT,
        /** The application says that this request is wrong (4xx), which waiting does not change. */
        REJECTED,
        /** The application says that it can't answer now (5xx). */
        UNAVAILABLE
    }

    /** Checks once; completes on the loop, within the check's timeout, and never exceptionally. */
    static CompletableFuture<Result> run(EventLoop loop, Dialer dialer, HealthCheck check) {
        var probe = new Probe(check);
        Future<Channel> dialled = dialer.dial(loop, probe.initializer());
        Future<?> limit = loop.schedule(
                () -> probe.result.complete(dialled.isSuccess() ? Result.SILENT : Result.REFUSED),
                check.timeout(),
                TimeUnit.SECONDS);
        dialled.addListener(done -> {
            if (!dialled.isSuccess()) {
                probe.result.complete(Result.REFUSED);
            } else {
                probe.connected(dialled.getNow());
            }
        });
        probe.result.whenComplete((done, never) -> limit.cancel(false));
        return probe.result;
    }

    private void connected(Channel channel) {
        result.whenComplete((done, never) -> channel.close());
        if (!check.http()) {
            result.complete(Result.HEALTHY);
            return;
        }
        var request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, check.path(), Unpooled.EMPTY_BUFFER);
        request.headers()
                .set(HttpHeaderNames.HOST, "localhost")
                .set(HttpHeaderNames.USER_AGENT, "Slipway-HealthCheck/1")
                .set(HttpHeaderNames.CONNECTION, "close");
        channel.writeAndFlush(request);
    }

    private ChannelInitializer<Channel> initializer() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                if (check.http()) {
                    channel.pipeline().addLast(new HttpClientCodec(), new Answer());
                }
            }
        };
    }

    private final class Answer extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpResponse response) {
                result.complete(judge(response));
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            result.complete(Result.SILENT);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            result.complete(Result.SILENT);
        }
    }

    private static Result judge(HttpResponse response) {
        int status = response.status().code();
        if (response.decoderResult().isFailure() || status < 200) {
            return Result.SILENT;
        }
        return status < 400 ? Result.HEALTHY : status < 500 ? Result.REJECTED : Result.UNAVAILABLE;
    }
}
