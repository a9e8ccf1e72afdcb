package dev.slipway.cloud.runtime;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The sockets that the instance's door gives to its first caller: one that listens for the instance's connections, one for its questions about names.
 * They belong to the instance's network, and keep that in existence until they are closed.
 */
// Closes and registrations: what fails there closes its channel, and the instance finds nothing.
@SuppressWarnings("FutureReturnValueIgnored")
final class Hatch implements Entrance, AutoCloseable {
    /** Each takes a descriptor of this process, or two when it is passed on: no instance is to have them all. */
    static final int MOST_CONNECTIONS = 1024;

    private final EpollDomainSocketChannel door;
    private final List<Channel> open = new ArrayList<>();
    private final ChannelGroup taken = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private boolean closed;

    /** Is the door's first caller when this returns; nobody else knows of the door before. */
    Hatch(Path path) throws IOException {
        Socket socket = Socket.newSocketDomain();
        try {
            socket.connect(new DomainSocketAddress(path.toString()));
            door = new EpollDomainSocketChannel(socket.intValue());
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        door.config().setReadMode(DomainSocketReadMode.FILE_DESCRIPTORS);
        open.add(door);
    }

    @Override
    public void open(EventLoopGroup loops, ChannelInitializer<Channel> connections, ChannelInboundHandler questions) {
        door.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            private boolean listens;

            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                FileDescriptor received = (FileDescriptor) message;
                if (listens) {
                    answer(loops, new EpollDatagramChannel(received.intValue()), questions);
                    context.close();
                } else {
                    listens = true;
                    listen(loops, received, connections);
                }
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                context.close();
            }
        });
        loops.register(door);
    }

    private void listen(EventLoopGroup loops, FileDescriptor socket, ChannelInitializer<Channel> connections) {
        keep(new ServerBootstrap()
                .group(loops)
                .channelFactory(() -> new EpollServerSocketChannel(socket.intValue()))
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (taken.size() < MOST_CONNECTIONS) {
                            taken.add(channel);
                            channel.pipeline().addLast(connections);
                        } else {
                            channel.close();
                        }
                    }
                })
                .register()
                .channel());
    }

    private void answer(EventLoopGroup loops, EpollDatagramChannel socket, ChannelInboundHandler questions) {
        socket.pipeline().addLast(questions);
        loops.register(socket);
        keep(socket);
    }

    private synchronized void keep(Channel channel) {
        open.add(channel);
        if (closed) {
            channel.close();
        }
    }

    /** Ends the connections too: whoever holds one waits for an answer from elsewhere, and does not know that nobody waits for him. */
    @Override
    public synchronized void close() {
        closed = true;
        taken.close();
        for (Channel channel : open) {
            if (channel.isRegistered()) {
                channel.close();
            } else {
                channel.unsafe().closeForcibly();
            }
        }
    }
}
