package dev.slipway.cloud;

import dev.slipway.cloud.http.HttpExchange;
import dev.slipway.cloud.http.HttpHandler;
import dev.slipway.cloud.iam.DecisionLog;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Tells what was decided lately and why: {@code GET /_slipway/decisions?request=ID&last=N&denied=true}. */
final class DecisionsHandler implements HttpHandler {
    private static final int USUAL = 20;

    private final DecisionLog decisions;

    DecisionsHandler(DecisionLog decisions) {
        this.decisions = decisions;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (exchange.header("origin").isPresent()) {
            // A page in the user's browser has no business with who may do what here.
            refuse(exchange, 403, "Slipway's local cloud does not answer web pages.");
        } else if (!exchange.method().equals("GET")) {
            refuse(exchange, 405, "Decisions are read with GET.");
        } else {
            tell(exchange);
        }
    }

    private void tell(HttpExchange exchange) throws IOException {
        Map<String, String> query;
        try {
            query = query(exchange.query());
        } catch (IllegalArgumentException malformed) {
            refuse(exchange, 400, "The query is not percent-encoded.");
            return;
        }
        String last = query.getOrDefault("last", String.valueOf(USUAL));
        if (!last.matches("[1-9][0-9]{0,3}") || Integer.parseInt(last) > DecisionLog.CAPACITY) {
            refuse(exchange, 400, "last: expected a number from 1 to " + DecisionLog.CAPACITY + ".");
            return;
        }
        String json = decisions.json(
                query.getOrDefault("request", ""),
                query.getOrDefault("denied", "").equals("true"),
                Integer.parseInt(last));
        exchange.setHeader("Content-Type", "application/json");
        exchange.respond(200, (json + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        for (String part : text.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                query.put(
                        part.substring(0, equals),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
        exchange.setHeader("Content-Type", "application/json");
        exchange.respond(status, ("{\"message\":\"" + why + "\"}\n").getBytes(StandardCharsets.UTF_8));
    }
}
