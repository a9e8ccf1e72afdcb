package dev.slipway.oci.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Behaves as ECR Public does: hands a token to anyone who follows the challenge, and keeps blobs behind a redirect to another server. */
public final class BearerRegistry implements AutoCloseable {
    /** Content by path, for example {@code /v2/nginx/nginx/manifests/1}. */
    public final Map<String, byte[]> content = new ConcurrentHashMap<>();

    /** Every request, in order. */
    public final List<String> log = new CopyOnWriteArrayList<>();

    /** When set, what every request to the registry is answered with. */
    public volatile int failure;

    private final HttpServer registry = server();
    private final HttpServer storage = server();

    public BearerRegistry() {
        registry.createContext("/token", this::token);
        registry.createContext("/v2/", this::registry);
        storage.createContext("/", this::storage);
        registry.start();
        storage.start();
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri() {
        return uri(registry);
    }

    private static URI uri(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void token(HttpExchange exchange) throws IOException {
        log.add("token " + exchange.getRequestURI().getQuery());
        answer(exchange, 200, "{\"token\":\"t0ken\"}".getBytes(StandardCharsets.UTF_8));
    }

    private void registry(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        log.add(exchange.getRequestMethod() + " " + path);
        if (failure != 0) {
            answer(exchange, failure, "out of order".getBytes(StandardCharsets.UTF_8));
        } else if (!"Bearer t0ken".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders()
                    .add(
                            "WWW-Authenticate",
                            "Bearer realm=\"" + uri() + "/token\",service=\"public.ecr.aws\",scope=\"aws\"");
            answer(exchange, 401, new byte[0]);
        } else if (path.contains("/blobs/")) {
            exchange.getResponseHeaders().add("Location", uri(storage) + path + "?signed=yes");
            answer(exchange, 307, new byte[0]);
        } else {
            found(exchange, path);
        }
    }

    private void storage(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestHeaders().containsKey("Authorization")) {
            answer(exchange, 400, "only one way to authenticate".getBytes(StandardCharsets.UTF_8));
        } else {
            found(exchange, path);
        }
    }

    private void found(HttpExchange exchange, String path) throws IOException {
        byte[] bytes = content.get(path);
        answer(exchange, bytes == null ? 404 : 200, bytes == null ? new byte[0] : bytes);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        registry.stop(0);
        storage.stop(0);
    }
}
