package dev.slipway.cloud.http;

import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

/** Who answers which request, and what every connection of a server shares. */
final class Routes {
    private final List<Map.Entry<String, HttpHandler>> handlers;
    private final HttpHandler fallback;
    private final ExecutorService workers;
    private final Duration patience;
    private final HostRule hosts;
    private final AtomicBoolean draining;

    Routes(
            Map<String, HttpHandler> handlers,
            HttpHandler fallback,
            ExecutorService workers,
            Duration patience,
            HostRule hosts) {
        this(
                handlers.entrySet().stream()
                        .sorted(Comparator.comparingInt(entry -> -entry.getKey().length()))
                        .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                        .toList(),
                fallback,
                workers,
                patience,
                hosts,
                new AtomicBoolean());
    }

    private Routes(
            List<Map.Entry<String, HttpHandler>> handlers,
            HttpHandler fallback,
            ExecutorService workers,
            Duration patience,
            HostRule hosts,
            AtomicBoolean draining) {
        this.handlers = handlers;
        this.fallback = fallback;
        this.workers = workers;
        this.patience = patience;
        this.hosts = hosts;
        this.draining = draining;
    }

    /** The same for connections all of whose requests one handler answers, by whatever name the server is called. */
    Routes only(HttpHandler handler) {
        return new Routes(List.of(), handler, workers, patience, new HostRule(any -> true), draining);
    }

    /** Whether the client called this server by a name of its own. */
    boolean knowsHost(HttpRequest request) {
        return hosts.allows(request);
    }

    /** The handler of the longest prefix; a prefix that ends in a slash also takes the path without it. */
    HttpHandler handler(String path) {
        for (Map.Entry<String, HttpHandler> entry : handlers) {
            String prefix = entry.getKey();
            if (path.startsWith(prefix) || prefix.equals(path + "/")) {
                return entry.getValue();
            }
        }
        return fallback;
    }

    ExecutorService workers() {
        return workers;
    }

    /** How long a client may neither send nor take a byte while a handler works for it. */
    Duration patience() {
        return patience;
    }

    /** From now on every answer is the last one of its connection. */
    void drain() {
        draining.set(true);
    }

    boolean draining() {
        return draining.get();
    }
}
