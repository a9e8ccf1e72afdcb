package dev.slipway.cloud.trouble;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cloud.http.HttpExchange;
import dev.slipway.cloud.http.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The switches over HTTP: GET lists, POST with a {@link TroubleJson} adds, DELETE clears all, or with {@code ?id=} or {@code ?kind=}
 * some. Answers JSON; what is wrong with a request is its {@code message}.
 */
public final class TroubleHandler implements HttpHandler {
    /** Where the switches are. */
    public static final String PATH = "/_slipway/trouble";

    private static final int MOST_BYTES = 16 * 1024;

    private final Troubles troubles;
    private final Supplier<Map<String, Set<String>>> operations;
    private final Supplier<List<String>> appRunnerServices;

    /**
     * @param operations what calls there are: the operations of each service, by its signing name; asked when a trouble names one
     * @param appRunnerServices the services that can be in maintenance or fail to go: ARNs; asked when a trouble names one
     */
    public TroubleHandler(
            Troubles troubles,
            Supplier<Map<String, Set<String>>> operations,
            Supplier<List<String>> appRunnerServices) {
        this.troubles = troubles;
        this.operations = operations;
        this.appRunnerServices = appRunnerServices;
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
                requireCalls(wanted.scope());
                requireService(wanted);
                Trouble set = troubles.add(wanted);
                answer(exchange, 200, TroubleJson.write(set));
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

    /** A trouble that no call could meet is a mistake in writing. */
    private void requireCalls(Scope scope) {
        String service = scope.service();
        String operation = scope.operation();
        if (service == null && operation == null) {
            return;
        }
        Map<String, Set<String>> known = new TreeMap<>(operations.get());
        if (service != null && !known.containsKey(service)) {
            throw new IllegalArgumentException("there is no service `" + service + "`; there are " + known.keySet());
        }
        boolean there = operation == null
                || known.entrySet().stream()
                        .filter(each -> service == null || each.getKey().equals(service))
                        .flatMap(each -> each.getValue().stream())
                        .anyMatch(operation::equalsIgnoreCase);
        if (!there) {
            throw new IllegalArgumentException(
                    "`operation`: " + (service == null ? "no service has" : service + " does not have") + " `"
                            + operation + "` here; write it as in CreateService");
        }
    }

    /** A call may be about what it makes; but only a service that is there can be in maintenance or fail to go. */
    private void requireService(Trouble wanted) {
        Scope scope = wanted.scope();
        if (!wanted.kind().strikesServices() || scope.resource() == null) {
            return;
        }
        List<String> there = appRunnerServices.get();
        if (there.stream().noneMatch(scope::takesService)) {
            throw new IllegalArgumentException("there is no App Runner service `" + scope.resource() + "`"
                    + (scope.account() == null ? "" : " of " + scope.account())
                    + (there.isEmpty() ? ", nor any other" : "; there are " + there));
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
