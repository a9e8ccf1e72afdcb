package dev.slipway.cloud.http;

import java.io.IOException;

/** Answers requests on a worker thread; may block. Whatever it throws becomes a 500 with no detail. */
public interface HttpHandler {
    void handle(HttpExchange exchange) throws IOException;
}
