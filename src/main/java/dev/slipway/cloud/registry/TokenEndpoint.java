package dev.slipway.cloud.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cloud.http.HttpExchange;
import dev.slipway.cloud.registry.RegistryAuthorizer.BearerToken;
import java.io.IOException;

/**
 * Asks clients who they are. The host of a private registry wants Basic, as ECR's does. Every other host has the public gallery too, where
 * nobody must log in; docker gives up before a Basic challenge when it has no password, but fetches a bearer token without one.
 */
final class TokenEndpoint {
    static final String PATH = "/v2/token";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryAuthorizer authorizer;

    TokenEndpoint(RegistryAuthorizer authorizer) {
        this.authorizer = authorizer;
    }

    /** Gives a token for the credentials in the request, or for none. */
    void handle(HttpExchange exchange, Client client) throws IOException {
        if (!exchange.method().equals("GET")) {
            // Clients that try to POST a form first go on with GET then.
            throw new RegistryException(405, "UNSUPPORTED", "tokens are fetched with GET");
        }
        BearerToken token = authorizer.token(client);
        ObjectNode body = JSON.createObjectNode()
                .put("token", token.value())
                .put("access_token", token.value())
                .put("expires_in", token.life().toSeconds());
        exchange.setHeader("Content-Type", "application/json");
        exchange.setHeader("Cache-Control", "no-store");
        exchange.respond(200, JSON.writeValueAsBytes(body));
    }

    /** The {@code WWW-Authenticate} header of a refusal. */
    static String challenge(HttpExchange exchange) {
        String host = exchange.header("Host").orElse("localhost");
        return Route.isPrivateRegistry(host) || exchange.path().equals(PATH)
                ? "Basic realm=\"http://" + host + "/\",service=\"ecr.amazonaws.com\""
                : "Bearer realm=\"http://" + host + PATH + "\",service=\"" + host + "\"";
    }
}
