package dev.slipway.cloud.http;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;

/** Which of Netty's transports is used: epoll where the machine has it, NIO elsewhere. */
public final class Transport {
    private static final String EVENTS = "io.netty.jfr.enabled";
    private static final String LEAKS = "io.netty.leakDetection.level";

    private Transport() {}

    /**
     * Settles what Netty else finds out by itself when its first classes are loaded, and must be called before. It would look through the
     * class path for libraries to log with, and prepare events of the JDK's flight recorder: that is a quarter of the time from the start of
     * the local cloud to its first answer. Whoever wants the events sets {@code -Dio.netty.jfr.enabled=true}. It would also follow some buffers with
     * stack traces to find those that are not given back, which is one or two hundredths of the time of a proxied request;
     * {@code -Dio.netty.leakDetection.level=simple} has it do so.
     */
    public static void settle() {
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        settle(EVENTS, "false");
        settle(LEAKS, "disabled");
    }

    private static void settle(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** New event loops with daemon threads. */
    public static EventLoopGroup newEventLoops(int threads, String name) {
        return new MultiThreadIoEventLoopGroup(
                threads,
                new DefaultThreadFactory(name, true),
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /** The class of client socket that can be registered with {@code loop}. */
    public static Class<? extends SocketChannel> socketChannel(EventLoop loop) {
        return isEpoll(loop) ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /** The class of datagram socket that can be registered with {@code loop}. */
    public static Class<? extends DatagramChannel> datagramChannel(EventLoop loop) {
        return isEpoll(loop) ? EpollDatagramChannel.class : NioDatagramChannel.class;
    }

    /** True when {@code loop} is an epoll loop, which can take file descriptors from elsewhere. */
    public static boolean isEpoll(EventLoop loop) {
        return loop instanceof IoEventLoop io && io.isIoType(EpollIoHandler.class);
    }

    static Class<? extends ServerSocketChannel> serverSocketChannel() {
        return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }
}
