package dev.slipway.cloud.trouble;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cloud.http.HttpExchange;
import dev.slipway.cloud.http.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The switches over HTTP: GET lists, POST with a {@link TroubleJson} adds, DELETE clears all, or with {@code ?id=} or {@code ?kind=}
 * some. Answers JSON; what is wrong with a request is its {@code message}.
 */
public final class TroubleHandler implements HttpHandler {
    /** Where the switches are. */
    public static final String PATH = "/_slipway/trouble";

    private static final int MOST_BYTES = 16 * 1024;

    private final Troubles troubles;
    private final Set<String> services;

    /** @param services the names that {@link Scope#service()} may have: trouble for one that nobody knows would never strike */
    public TroubleHandler(Troubles troubles, Collection<String> services) {
        this.troubles = troubles;
        this.services = new TreeSet<>(services);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (!exchange.path().equals(PATH)) {
            answer(exchange, 404, message("there is nothing here; the switches are at " + PATH));
        } else if (exchange.header("origin").isPresent()) {
            // A page in the user's browser can reach this port.
            answer(exchange, 403, message("Slipway's local cloud does not answer web pages."));
        } else {
            try {
                respond(exchange);
            } catch (IllegalArgumentException wrong) {
                answer(exchange, 400, message(String.valueOf(wrong.getMessage())));
            }
        }
    }

    private void respond(HttpExchange exchange) throws IOException {
        switch (exchange.method()) {
            case "GET", "HEAD" -> {
                ObjectNode list = TroubleJson.object();
                ArrayNode all = list.putArray("troubles");
                troubles.list().forEach(trouble -> all.add(TroubleJson.write(trouble)));
                answer(exchange, 200, list);
            }
            case "POST" -> {
                Trouble wanted = TroubleJson.read(exchange.readBody(MOST_BYTES));
                String service = wanted.scope().service();
                if (service != null && !services.contains(service)) {
                    throw new IllegalArgumentException("there is no service `" + service + "`; there are " + services);
                }
                answer(exchange, 200, TroubleJson.write(troubles.add(wanted)));
            }
            case "DELETE" -> {
                ObjectNode cleared = TroubleJson.object();
                cleared.put("cleared", troubles.clear(which(exchange.query())));
                answer(exchange, 200, cleared);
            }
            default -> {
                exchange.setHeader("Allow", "GET, HEAD, POST, DELETE");
                answer(exchange, 405, message("GET lists, POST adds, DELETE clears"));
            }
        }
    }

    private static Predicate<Trouble> which(String query) {
        if (query.isEmpty()) {
            return any -> true;
        }
        int equals = query.indexOf('=');
        String value = URLDecoder.decode(query.substring(equals + 1), StandardCharsets.UTF_8);
        if (query.startsWith("id=")) {
            return trouble -> trouble.id().equals(value);
        }
        if (query.startsWith("kind=") && Kind.of(value).isPresent()) {
            return trouble -> trouble.kind().word().equals(value);
        }
        throw new IllegalArgumentException("expected ?id=… or ?kind=… with one of " + Kind.words());
    }

    private static ObjectNode message(String text) {
        return TroubleJson.object().put("message", text);
    }

    private static void answer(HttpExchange exchange, int status, ObjectNode json) throws IOException {
        exchange.setHeader("Content-Type", "application/json");
        exchange.respond(status, (json + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
