package dev.slipway.cloud.runtime;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Speaks HTTP with an instance through its dialer. */
public final class InstanceClient implements AutoCloseable {
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

    /** Where it lives. */
    public EventLoopGroup loops() {
        return loops;
    }

    /** The whole answer, status line first; fails when nothing accepts. */
    CompletableFuture<String> get(Instance instance, String path) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        StringBuilder text = new StringBuilder();
        instance.dialer()
                .dial((EventLoop) loops.next(), new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext context, Object message) {
                                ByteBuf bytes = (ByteBuf) message;
                                text.append(bytes.toString(StandardCharsets.UTF_8));
                                bytes.release();
                            }

                            @Override
                            public void channelInactive(ChannelHandlerContext context) {
                                answer.complete(text.toString());
                            }
                        });
                    }
                })
                .addListener(dialled -> {
                    if (dialled.isSuccess()) {
                        ((Channel) dialled.getNow())
                                .writeAndFlush(Unpooled.copiedBuffer(
                                        "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                                        StandardCharsets.UTF_8));
                    } else {
                        answer.completeExceptionally(dialled.cause());
                    }
                });
        return answer;
    }

    /** Asks again and again until it answers, for at most a minute. */
    public String await(Instance instance, String path) throws Exception {
        Instant end = Instant.now().plus(Duration.ofMinutes(1));
        while (true) {
            try {
                return get(instance, path).get(60, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (Instant.now().isAfter(end) || instance.exit().isDone()) {
                    throw e;
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
