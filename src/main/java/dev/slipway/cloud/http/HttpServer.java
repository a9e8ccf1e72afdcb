package dev.slipway.cloud.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * HTTP/1.1 on one port of one or more loopback addresses: stream routes are answered on the event loop, everything else by blocking
 * handlers on worker threads. Requests of one connection are answered one after the other. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int SWEEP_SECONDS = 30;

    private final Map<InetAddress, Channel> listeners = new LinkedHashMap<>();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final EventLoopGroup loops;
    private final ExecutorService workers;
    private final Routes routes;
    private final boolean reachableFromOutside;
    private final Duration grace;
    private int port;

    private HttpServer(Builder builder, int port) {
        this.loops = Transport.newEventLoops(builder.loops, "http");
        this.workers = workers(builder.workers);
        this.routes = new Routes(
                builder.streams,
                builder.handlers,
                builder.fallback,
                workers,
                builder.patience,
                new HostRule(builder.hosts));
        this.reachableFromOutside = builder.reachableFromOutside;
        this.grace = builder.grace;
        this.port = port;
    }

    public static Builder builder() {
        return new Builder();
    }

    private static ExecutorService workers(int count) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                count,
                count,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("work", true));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** The port that every address of this server listens on. */
    public synchronized int port() {
        return port;
    }

    /** The loops that connections live on; epoll where the machine has it. Ended by {@link #close()}. */
    public EventLoopGroup eventLoops() {
        return loops;
    }

    /**
     * Listens on one more address, same port. Nothing happens when it already does.
     *
     * @throws BindException when the address is taken or not of this machine
     * @throws IOException when it is not loopback and the server was not made for that
     */
    public synchronized void bind(InetAddress address) throws IOException {
        if (listeners.containsKey(address)) {
            return;
        }
        if (!address.isLoopbackAddress() && !reachableFromOutside) {
            throw new IOException("refusing to listen on " + address.getHostAddress()
                    + ": other machines can reach it, and this server is for loopback addresses only");
        }
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(Transport.serverSocketChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Pipeline())
                .bind(address, port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            // The same type from every transport, so that a caller can try another port.
            BindException taken = new BindException("cannot listen on " + address.getHostAddress() + ":" + port + ": "
                    + bound.cause().getMessage());
            taken.initCause(bound.cause());
            throw taken;
        }
        port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
        listeners.put(address, bound.channel());
    }

    /** Stops listening on an address; connections that are open stay. */
    public synchronized void unbind(InetAddress address) {
        Channel listener = listeners.remove(address);
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
    }

    /** Takes no more connections, lets requests that are under way finish within the grace time, then ends everything. */
    @Override
    public void close() {
        synchronized (this) {
            listeners.values().forEach(listener -> listener.close().awaitUninterruptibly());
            listeners.clear();
        }
        each(Connection::drain);
        connections.newCloseFuture().awaitUninterruptibly(grace.toMillis());
        connections.close().awaitUninterruptibly();
        workers.shutdownNow();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void each(BiConsumer<Connection, ChannelHandlerContext> action) {
        for (Channel channel : connections) {
            ChannelHandlerContext context = channel.pipeline().context(Connection.class);
            if (context != null) {
                context.executor().execute(() -> action.accept((Connection) context.handler(), context));
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the loops
    private HttpServer started() throws IOException {
        try {
            bind(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException | RuntimeException failure) {
            close();
            throw failure;
        }
        loops.next()
                .scheduleWithFixedDelay(() -> each(Connection::sweep), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        return this;
    }

    private final class Pipeline extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            connections.add(channel);
            channel.pipeline().addLast(new Codec(), new Connection(routes));
        }
    }

    private static void notFound(HttpExchange exchange) throws IOException {
        exchange.setHeader("Content-Type", "text/plain");
        exchange.respond(404, "404 Not Found\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Collects what a server needs; used once. */
    public static final class Builder {
        private final Map<String, HttpHandler> handlers = new LinkedHashMap<>();
        private final List<StreamRoute> streams = new ArrayList<>();
        private HttpHandler fallback = HttpServer::notFound;
        private int loops = Math.max(2, Runtime.getRuntime().availableProcessors());
        private int workers = 64;
        private boolean reachableFromOutside;
        private Duration patience = Duration.ofSeconds(60);
        private Duration grace = Duration.ofSeconds(5);
        private Predicate<String> hosts = any -> true;

        private Builder() {}

        /** Requests whose path starts with {@code pathPrefix}; the longest prefix wins. */
        public Builder handler(String pathPrefix, HttpHandler handler) {
            handlers.put(pathPrefix, handler);
            return this;
        }

        /** Requests that nothing else takes; 404 when not set. */
        public Builder fallback(HttpHandler handler) {
            this.fallback = handler;
            return this;
        }

        /** Asked before the handlers, in the order they were added. */
        public Builder route(StreamRoute route) {
            streams.add(route);
            return this;
        }

        /** The most requests that handlers work on at one time, others wait; default 64. */
        public Builder workers(int count) {
            this.workers = count;
            return this;
        }

        /**
         * Refuses requests (421) whose {@code Host} is neither a name of the loopback nor one of these; default any name.
         *
         * @param known of a name in lower case, without port
         */
        public Builder hosts(Predicate<String> known) {
            this.hosts = known;
            return this;
        }

        /** Event loop threads; default one a processor, two at least. */
        public Builder loops(int count) {
            this.loops = count;
            return this;
        }

        /** How long a client may neither send nor take a byte while a handler works for it; default 60 s. */
        public Builder patience(Duration time) {
            this.patience = time;
            return this;
        }

        /** How long {@link HttpServer#close()} waits for requests that are under way; default 5 s. */
        public Builder grace(Duration time) {
            this.grace = time;
            return this;
        }

        /** Allows {@link HttpServer#bind} to addresses that other machines can reach. */
        public Builder reachableFromOutside() {
            this.reachableFromOutside = true;
            return this;
        }

        /**
         * Listens on {@code 127.0.0.1}; port 0 takes any free one.
         *
         * @throws BindException when the port is taken
         */
        public HttpServer start(int port) throws IOException {
            return new HttpServer(this, port).started();
        }
    }
}
