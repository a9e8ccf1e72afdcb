package dev.slipway.cloud.http;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 on one port of one or more loopback addresses: a route's connections are served on the event loop, everything else by blocking
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
    private final HostRule hosts;
    private final @Nullable ConnectionRoute route;
    private final @Nullable Certificates certificates;
    private final boolean reachableFromOutside;
    private final Duration grace;
    private final ConnectionLimit limit;
    private int port;

    private HttpServer(Builder builder, int port) {
        this.loops = Transport.newEventLoops(builder.loops, "http");
        this.workers = workers(builder.workers);
        this.hosts = new HostRule(builder.hosts);
        this.route = builder.route;
        this.certificates = builder.certificates;
        this.routes = new Routes(builder.handlers, builder.fallback, workers, builder.patience, hosts);
        this.reachableFromOutside = builder.reachableFromOutside;
        this.grace = builder.grace;
        this.limit = new ConnectionLimit(builder.connections, () -> tellAll(ServerEvent.MAKE_ROOM));
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
                .handler(limit)
                .childHandler(new Pipeline(routes, route, certificates))
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

    /**
     * Prepares connections that come in elsewhere, for example from inside an instance, to be served as if they had come to this server's port: by its
     * route, but with one handler for whatever that does not take.
     */
    public ChannelInitializer<Channel> serving(HttpHandler handler) {
        return new Pipeline(routes.only(handler), route, certificates);
    }

    /** Takes no more connections, lets requests that are under way finish within the grace time, then ends everything. */
    @Override
    public void close() {
        synchronized (this) {
            listeners.values().forEach(listener -> listener.close().awaitUninterruptibly());
            listeners.clear();
        }
        routes.drain();
        tellAll(ServerEvent.DRAIN);
        connections.newCloseFuture().awaitUninterruptibly(grace.toMillis());
        connections.close().awaitUninterruptibly();
        workers.shutdownNow();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void tellAll(ServerEvent event) {
        connections.forEach(channel -> channel.pipeline().fireUserEventTriggered(event));
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
                .scheduleWithFixedDelay(
                        () -> tellAll(ServerEvent.SWEEP), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        return this;
    }

    /** Puts together what serves a connection: the route from the first byte on, or the server's own until a request is the route's. */
    private final class Pipeline extends ChannelInitializer<Channel> implements ConnectionRoute.Origin {
        private final Routes routes;
        private final @Nullable ConnectionRoute route;
        private final @Nullable Certificates certificates;

        Pipeline(Routes routes, @Nullable ConnectionRoute route, @Nullable Certificates certificates) {
            this.routes = routes;
            this.route = route;
            this.certificates = certificates;
        }

        @Override
        protected void initChannel(Channel channel) {
            connections.add(channel);
            InetAddress local = ((InetSocketAddress) channel.localAddress()).getAddress();
            if (certificates != null) {
                channel.pipeline().addLast(new FirstByte(certificates, hosts::allows));
            }
            if (route != null && route.takes(local)) {
                channel.pipeline().addLast(route.newHandler(channel, this));
            } else {
                addOwn(channel);
            }
        }

        private Codec addOwn(Channel channel) {
            Codec codec = new Codec(host -> route != null && route.takes(host));
            channel.pipeline().addLast(codec, new Connection(routes, this::handOver));
            return codec;
        }

        private void handOver(ChannelHandlerContext context, ByteBuf bytes) {
            Channel channel = context.channel();
            ChannelInboundHandler handler = requireNonNull(route).newHandler(channel, this);
            channel.pipeline().addLast(handler);
            channel.pipeline().remove(Codec.class);
            channel.pipeline().remove(Connection.class);
            read(channel, handler, bytes);
        }

        @Override
        public boolean speaksTls() {
            return certificates != null;
        }

        @Override
        public boolean allows(String host) {
            return hosts.allows(host);
        }

        @Override
        public void takeBack(ChannelHandlerContext context, ByteBuf bytes) {
            Codec codec = addOwn(context.channel());
            context.pipeline().remove(context.handler());
            read(context.channel(), codec, bytes);
        }

        private void read(Channel channel, ChannelInboundHandler handler, ByteBuf bytes) {
            ChannelHandlerContext context = channel.pipeline().context(handler);
            try {
                handler.channelRead(context, bytes);
                handler.channelReadComplete(context);
            } catch (Exception failure) {
                context.fireExceptionCaught(failure);
            }
        }
    }

    private static void notFound(HttpExchange exchange) throws IOException {
        exchange.setHeader("Content-Type", "text/plain");
        exchange.respond(404, "404 Not Found\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Collects what a server needs; used once. */
    public static final class Builder {
        private final Map<String, HttpHandler> handlers = new LinkedHashMap<>();
        private @Nullable ConnectionRoute route;
        private @Nullable Certificates certificates;
        private HttpHandler fallback = HttpServer::notFound;
        private int loops = Math.max(2, Runtime.getRuntime().availableProcessors());
        private int workers = 64;
        private int connections = ConnectionLimit.ofOpenFiles(ConnectionLimit.openFiles());
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

        /** Who takes connections and requests before the handlers; nobody when not set. */
        public Builder route(ConnectionRoute first) {
            route = first;
            return this;
        }

        /** Speaks TLS as well, on the same port; plain HTTP alone when not set. */
        public Builder tls(Certificates shown) {
            certificates = shown;
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

        /**
         * The most client connections at a time, give or take a few; further ones wait, and those without a request make room. Default a
         * third of the files that the process may have open, less 256 of them; 64 at least and 10,000 at most.
         */
        public Builder connections(int most) {
            this.connections = most;
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
