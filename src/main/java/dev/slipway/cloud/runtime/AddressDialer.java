package dev.slipway.cloud.runtime;

import dev.slipway.cloud.http.Dialer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;

/** Reaches an instance at an address of this machine's own network. */
final class AddressDialer implements Dialer {
    private static final int MILLIS = 3000;

    private final InetSocketAddress address;

    AddressDialer(InetSocketAddress address) {
        this.address = address;
    }

    @Override
    public Future<Channel> dial(EventLoop loop, ChannelInitializer<Channel> initializer) {
        boolean epoll = loop instanceof IoEventLoop io && io.isIoType(EpollIoHandler.class);
        Class<? extends SocketChannel> type = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
        Promise<Channel> dialled = loop.newPromise();
        var connect = new Bootstrap()
                .group(loop)
                .channel(type)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, MILLIS)
                .handler(initializer)
                .connect(address);
        connect.addListener(connected -> {
            if (connected.isSuccess()) {
                dialled.setSuccess(connect.channel());
            } else {
                dialled.setFailure(connected.cause());
            }
        });
        return dialled;
    }
}
