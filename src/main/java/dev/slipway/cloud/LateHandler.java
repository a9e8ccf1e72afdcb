package dev.slipway.cloud;

import dev.slipway.cloud.http.HttpExchange;
import dev.slipway.cloud.http.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Stands for a handler that needs the server's port to be made; until then the answer is that the cloud is starting. */
final class LateHandler implements HttpHandler {
    private volatile @Nullable HttpHandler handler;

    void set(HttpHandler ready) {
        handler = ready;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        HttpHandler ready = handler;
        if (ready == null) {
            exchange.setHeader("Retry-After", "1");
            exchange.respond(503, "The local cloud is starting.\n".getBytes(StandardCharsets.UTF_8));
        } else {
            ready.handle(exchange);
        }
    }
}
