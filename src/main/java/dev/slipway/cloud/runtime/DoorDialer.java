package dev.slipway.cloud.runtime;

import dev.slipway.cloud.http.Dialer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Reaches an instance through its door: the connection is made inside the instance's network and its descriptor handed over a unix socket, so that
 * afterwards the bytes go the straight way. Needs event loops of Netty's epoll transport.
 */
final class DoorDialer implements Dialer {
    private static final int SECONDS = 3;

    private final Path door;
    private final String what;

    /** @param what names the place in messages, for example {@code port 8080 of instance x} */
    DoorDialer(Path door, String what) {
        this.door = door;
        this.what = what;
    }

    @Override
    public Future<Channel> dial(EventLoop loop, ChannelInitializer<Channel> initializer) {
        Promise<Channel> dialled = loop.newPromise();
        if (!(loop instanceof IoEventLoop io) || !io.isIoType(EpollIoHandler.class)) {
            return dialled.setFailure(
                    new IllegalStateException("instances in namespaces are reached from epoll event loops only; got "
                            + loop.getClass().getName()));
        }
        var timeout = loop.schedule(
                () -> dialled.tryFailure(new ConnectException(what + " did not accept within " + SECONDS + " s")),
                SECONDS,
                TimeUnit.SECONDS);
        dialled.addListener(done -> timeout.cancel(false));
        new Bootstrap()
                .group(loop)
                .channel(EpollDomainSocketChannel.class)
                .option(EpollChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS)
                .handler(new Receiver(dialled, initializer))
                .connect(new DomainSocketAddress(door.toString()))
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        dialled.tryFailure(refused(connected.cause()));
                    }
                });
        return dialled;
    }

    private ConnectException refused(Throwable cause) {
        ConnectException refused = new ConnectException(what + " is not reachable: the instance has ended");
        refused.initCause(cause);
        return refused;
    }

    /** Takes the one descriptor that comes; the end without one means that nothing accepted. */
    private final class Receiver extends ChannelInboundHandlerAdapter {
        private final Promise<Channel> dialled;
        private final ChannelInitializer<Channel> initializer;
        private boolean received;

        Receiver(Promise<Channel> dialled, ChannelInitializer<Channel> initializer) {
            this.dialled = dialled;
            this.initializer = initializer;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            received = true;
            EpollSocketChannel channel = new EpollSocketChannel(((FileDescriptor) message).intValue());
            channel.config().setTcpNoDelay(true);
            channel.pipeline().addLast(initializer);
            context.channel().eventLoop().register(channel).addListener(registered -> {
                if (!registered.isSuccess()) {
                    dialled.tryFailure(registered.cause());
                } else if (!dialled.trySuccess(channel)) {
                    channel.close();
                }
            });
            context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (!received) {
                dialled.tryFailure(new ConnectException(what + " does not accept connections"));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            dialled.tryFailure(cause);
            context.close();
        }
    }
}
