package dev.slipway.cloud.http;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;

/** HTTP/1.1 on loopback: blocking handlers on worker threads, stream routes on the event loop. */
public final class HttpServer implements AutoCloseable {
    private HttpServer() {}

    public static Builder builder() {
        return new Builder();
    }

    /** The port that every address of this server listens on. */
    public int port() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** The loops that connections live on; epoll where the machine has it. Ended by {@link #close()}. */
    public EventLoopGroup eventLoops() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Listens on one more address, same port. Nothing happens when it already does. */
    public void bind(InetAddress address) throws IOException {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Stops listening on an address; connections that are open stay. */
    public void unbind(InetAddress address) {
        throw new UnsupportedOperationException("not written yet");
    }

    @Override
    public void close() {}

    public static final class Builder {
        private Builder() {}

        /** Requests whose path starts with {@code pathPrefix}; the longest prefix wins. */
        public Builder handler(String pathPrefix, HttpHandler handler) {
            return this;
        }

        /** Requests that nothing else takes; 404 when not set. */
        public Builder fallback(HttpHandler handler) {
            return this;
        }

        /** Asked before the handlers, in the order they were added. */
        public Builder route(StreamRoute route) {
            return this;
        }

        /** The most requests that handlers work on at one time; default 64. */
        public Builder workers(int count) {
            return this;
        }

        /** Allows {@link #bind} to addresses that other machines can reach. */
        public Builder reachableFromOutside() {
            return this;
        }

        /** Listens on {@code 127.0.0.1}; port 0 takes any free one. */
        public HttpServer start(int port) throws IOException {
            throw new UnsupportedOperationException("not written yet");
        }
    }
}
