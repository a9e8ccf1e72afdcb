package dev.slipway.cloud.ecr;

import dev.slipway.cloud.ecr.TokenStore.Login;
import dev.slipway.cloud.registry.Client;
import dev.slipway.cloud.registry.RegistryAuthorizer.BearerToken;
import dev.slipway.cloud.registry.RegistryException;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.Caller;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Who stands behind the Authorization header of a registry client. */
final class Logins {
    private static final String BASIC = "basic ";
    private static final String BEARER = "bearer ";
    /** The token of who did not log in. No password is so short. */
    private static final String NOBODY = "anonymous";

    private final TokenStore tokens;
    private final Supplier<URI> endpoint;

    Logins(TokenStore tokens, Supplier<URI> endpoint) {
        this.tokens = tokens;
        this.endpoint = endpoint;
    }

    /** @throws RegistryException {@code UNAUTHORIZED}, with the command that logs in */
    Caller caller(Client client) {
        return login(client).caller();
    }

    /** Lets pass who is logged in, and who has a token for what is open to all. */
    void require(Client client) {
        if (!NOBODY.equals(secret(client))) {
            caller(client);
        }
    }

    /** A password is its own token: both act as who asked for it, and end together. */
    BearerToken token(Client client) {
        if (client.authorization().isEmpty()) {
            return new BearerToken(NOBODY, TokenStore.LIFE);
        }
        return new BearerToken(
                secret(client), Duration.between(tokens.now(), login(client).expires()));
    }

    private Login login(Client client) {
        String secret = secret(client);
        if (secret.equals(NOBODY)) {
            throw noLogin();
        }
        return tokens.find(secret)
                .orElseThrow(() -> RegistryException.unauthorized(
                        "Your authorization token has expired or is not known here. Reauthenticate and try again: "
                                + howToLogIn() + ". The public gallery needs no login: docker logout "
                                + endpoint.get().getAuthority()));
    }

    /** The password, or the token that stands for it. */
    private String secret(Client client) {
        String header = client.authorization().orElseThrow(this::noLogin);
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return header.substring(BEARER.length()).strip();
        }
        String[] parts = decode(header).split(":", 2);
        if (parts.length < 2 || !parts[0].equals("AWS")) {
            throw RegistryException.unauthorized("expected the user name AWS with a password; " + howToLogIn());
        }
        return parts[1];
    }

    private RegistryException noLogin() {
        return RegistryException.unauthorized("no login, and only the public gallery is open to all; " + howToLogIn());
    }

    /** The question as part of the client's request. */
    static Question within(Question question, Client client, String region) {
        Map<String, List<String>> keys = new HashMap<>(question.context());
        keys.putIfAbsent("aws:SourceIp", List.of(client.address()));
        keys.putIfAbsent("aws:SecureTransport", List.of("true"));
        keys.putIfAbsent("aws:ViaAWSService", List.of("false"));
        client.userAgent().ifPresent(agent -> keys.putIfAbsent("aws:UserAgent", List.of(agent)));
        if (!region.isEmpty()) {
            keys.putIfAbsent("aws:RequestedRegion", List.of(region));
        }
        return new Question(
                question.caller(),
                question.action(),
                question.resource(),
                question.resourcePolicy(),
                keys,
                client.requestId());
    }

    private static String decode(String header) {
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return "";
        }
        try {
            byte[] bytes =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private String howToLogIn() {
        URI here = endpoint.get();
        return "log in with: aws ecr get-login-password --endpoint-url " + here
                + " | docker login --username AWS --password-stdin " + here.getAuthority();
    }
}
