package dev.slipway.cloud.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StreamRouteTest {
    private final AtomicInteger handlers = new AtomicInteger();
    private final CountDownLatch gone = new CountDownLatch(1);
    private HttpServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    /** Answers on the loop, a little after the request ended, with the size of the body and how many requests it saw before. */
    private final class Counting extends ChannelInboundHandlerAdapter {
        private final int number = handlers.incrementAndGet();
        private int requests;
        private int open;
        private long size;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest) {
                assertThat(++open).isEqualTo(1);
                requests++;
                size = 0;
            }
            if (message instanceof HttpContent content) {
                size += content.content().readableBytes();
            }
            if (message instanceof LastHttpContent) {
                context.executor().schedule(() -> answer(context), 5, TimeUnit.MILLISECONDS);
            }
            ReferenceCountUtil.release(message);
        }

        private void answer(ChannelHandlerContext context) {
            byte[] text = (number + ":" + requests + ":" + size).getBytes(StandardCharsets.US_ASCII);
            DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            head.headers().set("content-length", text.length);
            context.write(head);
            context.write(new DefaultHttpContent(Unpooled.wrappedBuffer(text)));
            open--;
            context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            gone.countDown();
        }
    }

    private void start() throws Exception {
        server = HttpServer.builder()
                .route(new StreamRoute() {
                    @Override
                    public boolean accepts(HttpRequest request, InetSocketAddress local) {
                        assertThat(local.getPort()).isEqualTo(server.port());
                        return "stream".equals(request.headers().get("host"));
                    }

                    @Override
                    public ChannelInboundHandler newHandler() {
                        return new Counting();
                    }
                })
                .fallback(exchange -> exchange.respond(200, "fallback".getBytes(StandardCharsets.US_ASCII)))
                .start(0);
    }

    @Test
    void isAskedFirstAndHasOneHandlerAConnection() throws Exception {
        start();

        try (RawClient client = new RawClient(server)) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: stream\r\n\r\n").answer())
                    .isEqualTo("1:1:0");
            assertThat(client.send("GET / HTTP/1.1\r\nHost: other\r\n\r\n").answer())
                    .isEqualTo("fallback");
            assertThat(client.send("PUT / HTTP/1.1\r\nHost: stream\r\nContent-Length: 4\r\n\r\nabcd")
                            .answer())
                    .isEqualTo("1:2:4");
        }
        assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
        try (RawClient client = new RawClient(server)) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: stream\r\n\r\n").answer())
                    .isEqualTo("2:1:0");
        }
    }

    @Test
    void getsPipelinedRequestsOneAfterTheOther() throws Exception {
        start();

        try (RawClient client = new RawClient(server)) {
            StringBuilder many = new StringBuilder();
            List<String> expected = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                String body = "x".repeat(i * 100);
                many.append("PUT / HTTP/1.1\r\nHost: ").append(i % 5 == 0 ? "other" : "stream");
                many.append("\r\nContent-Length: ")
                        .append(body.length())
                        .append("\r\n\r\n")
                        .append(body);
                expected.add(i % 5 == 0 ? "fallback" : "1:" + (i - i / 5) + ":" + body.length());
            }
            client.send(many.toString());
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                answers.add(client.answer());
            }
            assertThat(answers).isEqualTo(expected);
        }
    }

    @Test
    void theConnectionEndsWhenTheClientAsksForIt() throws Exception {
        start();

        try (RawClient client = new RawClient(server)) {
            client.send("GET / HTTP/1.1\r\nHost: stream\r\nConnection: close\r\n\r\n");
            assertThat(client.head()).contains("connection: close");
            assertThat(client.bytes(100)).isEqualTo("1:1:0");
        }
    }

    @Test
    void theDialerReachesTheServerFromItsOwnLoop() throws Exception {
        start();
        EventLoop loop = server.eventLoops().next();
        Future<Channel> dialled = new TcpDialer(
                        new InetSocketAddress("127.0.0.1", server.port()), Duration.ofSeconds(2))
                .dial(loop, new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {}
                });

        assertThat(dialled.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(dialled.getNow().isActive()).isTrue();
        assertThat(dialled.getNow().eventLoop()).isSameAs(loop);
        dialled.getNow().close();
    }

    @Test
    void theDialerFailsWhereNobodyListens() throws Exception {
        start();
        int port = server.port();
        EventLoop loop = Transport.newEventLoops(1, "test").next();
        try {
            server.close();
            Future<Channel> dialled = new TcpDialer(new InetSocketAddress("127.0.0.1", port), Duration.ofSeconds(2))
                    .dial(loop, new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {}
                    });

            assertThat(dialled.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(dialled.isSuccess()).isFalse();
        } finally {
            loop.parent().shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }
}
