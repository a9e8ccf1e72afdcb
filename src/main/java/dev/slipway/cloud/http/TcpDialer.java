package dev.slipway.cloud.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Dials an address that this process can reach. */
public final class TcpDialer implements Dialer {
    private final InetSocketAddress address;
    private final int timeoutMillis;

    public TcpDialer(InetSocketAddress address, Duration timeout) {
        this.address = address;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // of closing a channel that nobody waits for any more
    public Future<Channel> dial(EventLoop loop, ChannelInitializer<Channel> initializer) {
        Promise<Channel> connected = loop.newPromise();
        ChannelFuture connect = new Bootstrap()
                .group(loop)
                .channel(Transport.socketChannel(loop))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(initializer)
                .connect(address);
        connect.addListener(done -> {
            if (!done.isSuccess()) {
                connected.setFailure(done.cause());
            } else if (!connected.trySuccess(connect.channel())) {
                connect.channel().close();
            }
        });
        return connected;
    }

    @Override
    public String toString() {
        return "TcpDialer[" + address + "]";
    }
}
