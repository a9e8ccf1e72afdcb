package dev.slipway.oci.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends requests to one registry: shows credentials, fetches bearer tokens, follows redirects without giving credentials away. */
final class Connection {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_TOKEN_BYTES = 1 << 20;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final URI registry;
    private final RegistryAuth auth;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> bearerTokens = new ConcurrentHashMap<>();
    private @Nullable HttpClient client;

    Connection(URI registry, RegistryAuth auth) {
        requireSafe(registry, "the registry's address");
        this.registry = registry;
        this.auth = auth;
    }

    /** Made when it is first needed: it reads the machine's certificates, which takes longer than many a program runs. */
    private synchronized HttpClient client() {
        if (client == null) {
            // HTTP/1.1: over plain HTTP the client would else offer an upgrade that servers stumble over.
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .build();
        }
        return client;
    }

    URI registry() {
        return registry;
    }

    /** One request of a conversation about {@code repository}; {@code doing} says for a person what it is for. */
    record Ask(String doing, String repository, HttpRequest.Builder request) {}

    /** The answer, whatever its status; bodies are streams that the caller closes. */
    HttpResponse<InputStream> send(Ask ask) throws RemoteFailure {
        HttpResponse<InputStream> answer = sendOnce(ask, authorization(ask.repository()));
        if (answer.statusCode() != 401) {
            return answer;
        }
        Optional<Challenge> challenge = Challenge.bearer(answer.headers().allValues("WWW-Authenticate"));
        if (challenge.isEmpty()) {
            return answer;
        }
        close(answer);
        String token = fetchToken(ask, challenge.get());
        bearerTokens.put(ask.repository(), token);
        return sendOnce(ask, Optional.of("Bearer " + token));
    }

    private Optional<String> authorization(String repository) {
        String token = bearerTokens.get(repository);
        return token != null ? Optional.of("Bearer " + token) : auth.header();
    }

    private HttpResponse<InputStream> sendOnce(Ask ask, Optional<String> authorization) throws RemoteFailure {
        URI first = ask.request().copy().build().uri();
        URI target = first;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            HttpRequest.Builder request = ask.request().copy().uri(target);
            // A blob store behind a redirect signs its own addresses and must not see our credentials.
            if (sameOrigin(registry, target)) {
                authorization.ifPresent(value -> request.setHeader("Authorization", value));
            }
            HttpResponse<InputStream> answer = exchange(ask.doing(), request.build());
            Optional<String> location = answer.headers().firstValue("Location");
            boolean reads = answer.request().method().equals("GET")
                    || answer.request().method().equals("HEAD");
            if (!reads || !REDIRECTS.contains(answer.statusCode()) || location.isEmpty()) {
                return answer;
            }
            close(answer);
            target = next(ask, target, location.get());
        }
        throw new RemoteFailure(
                RemoteFailure.Kind.BAD_CONTENT,
                "could not " + ask.doing() + ": more than " + MOST_REDIRECTS + " redirects from " + first.getHost());
    }

    private static URI next(Ask ask, URI from, String location) throws RemoteFailure {
        try {
            URI to = from.resolve(URI.create(location));
            requireSafe(to, "a redirect");
            return to;
        } catch (IllegalArgumentException e) {
            throw new RemoteFailure(
                    RemoteFailure.Kind.BAD_CONTENT, "could not " + ask.doing() + ": " + e.getMessage(), e);
        }
    }

    private HttpResponse<InputStream> exchange(String doing, HttpRequest request) throws RemoteFailure {
        try {
            return client().send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RemoteFailure(RemoteFailure.Kind.UNREACHABLE, "could not " + doing + ": interrupted", e);
        } catch (IOException e) {
            throw new RemoteFailure(
                    RemoteFailure.Kind.UNREACHABLE,
                    "could not " + doing + ": " + reason(e) + " ("
                            + request.uri().getAuthority() + ")",
                    e);
        }
    }

    private static String reason(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException
                    || cause instanceof java.nio.channels.UnresolvedAddressException) {
                return "the host's name does not resolve; is there a network?";
            }
            if (cause instanceof HttpTimeoutException) {
                return "no answer in time";
            }
            if (cause instanceof SSLException) {
                return "no trusted TLS connection: " + cause.getMessage();
            }
        }
        if (failure instanceof ConnectException) {
            return "nothing accepts connections there";
        }
        return "the connection failed: " + failure.getMessage();
    }

    private String fetchToken(Ask ask, Challenge challenge) throws RemoteFailure {
        String doing = "get a token to " + ask.doing();
        URI realm;
        try {
            realm = URI.create(challenge.parameters().getOrDefault("realm", ""));
            requireSafe(realm, "the token service");
        } catch (IllegalArgumentException e) {
            throw new RemoteFailure(RemoteFailure.Kind.BAD_CONTENT, "could not " + doing + ": " + e.getMessage(), e);
        }
        StringBuilder target = new StringBuilder(realm.toString());
        for (String name : new String[] {"service", "scope"}) {
            String value = challenge.parameters().get(name);
            if (value != null) {
                target.append(target.indexOf("?") < 0 ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(target.toString())).timeout(Duration.ofSeconds(30));
        auth.header().ifPresent(value -> request.setHeader("Authorization", value));
        HttpResponse<InputStream> answer = exchange(doing, request.build());
        if (answer.statusCode() != 200) {
            throw Answers.failure(doing, answer);
        }
        return token(doing, answer);
    }

    private String token(String doing, HttpResponse<InputStream> answer) throws RemoteFailure {
        try (InputStream body = answer.body()) {
            JsonNode root = json.readTree(body.readNBytes(MOST_TOKEN_BYTES));
            String token = root.path("token").asText(root.path("access_token").asText(""));
            if (!token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 127)) {
                return token;
            }
        } catch (IOException e) {
            throw new RemoteFailure(
                    RemoteFailure.Kind.BAD_CONTENT, "could not " + doing + ": the answer is not a token", e);
        }
        throw new RemoteFailure(RemoteFailure.Kind.BAD_CONTENT, "could not " + doing + ": the answer holds no token");
    }

    static void close(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            // A short body is read to its end, so that the connection can be used again.
            body.readNBytes(8192);
        } catch (IOException e) {
            // Nothing of this answer is wanted any more.
            return;
        }
    }

    private static void requireSafe(URI address, String what) {
        String host = address.getHost();
        boolean https = "https".equalsIgnoreCase(address.getScheme());
        boolean plain = "http".equalsIgnoreCase(address.getScheme()) && host != null && isLoopback(host);
        if (host == null || !(https || plain)) {
            throw new IllegalArgumentException(
                    what + " is `" + address + "`; expected https://, or http:// on this machine (127.0.0.1)");
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort()
                && one.getScheme().equalsIgnoreCase(other.getScheme());
    }
}
