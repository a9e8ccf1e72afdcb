package dev.slipway.oci.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;

/** Sends requests to one registry: shows credentials, fetches bearer tokens, follows redirects without giving credentials away. */
final class Connection {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration TOKEN = Duration.ofSeconds(30);
    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_TOKEN_BYTES = 1 << 20;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final URI registry;
    private final RegistryAuth auth;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> bearerTokens = new ConcurrentHashMap<>();

    Connection(URI registry, RegistryAuth auth) {
        requireSafe(registry, "the registry's address");
        this.registry = registry;
        this.auth = auth;
    }

    URI registry() {
        return registry;
    }

    /** The answer, whatever its status; its body is the caller's to close. */
    Answer send(Ask ask) throws RemoteFailure {
        Answer answer = sendOnce(ask, authorization(ask.repository()));
        // Content that came as a stream is gone; nothing is left to send again.
        if (answer.status() != 401 || !ask.repeatable()) {
            return answer;
        }
        Optional<Challenge> challenge = Challenge.bearer(answer.all("WWW-Authenticate"));
        if (challenge.isEmpty()) {
            return answer;
        }
        answer.discard();
        String token = fetchToken(ask, challenge.get());
        bearerTokens.put(ask.repository(), token);
        return sendOnce(ask, Optional.of("Bearer " + token));
    }

    private Optional<String> authorization(String repository) {
        String token = bearerTokens.get(repository);
        return token != null ? Optional.of("Bearer " + token) : auth.header();
    }

    private Answer sendOnce(Ask ask, Optional<String> authorization) throws RemoteFailure {
        URI target = ask.target();
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            // A blob store behind a redirect signs its own addresses and must not see our credentials.
            Answer answer = exchange(ask, target, sameOrigin(registry, target) ? authorization : Optional.empty());
            Optional<String> location = answer.first("Location");
            boolean reads = ask.method().equals("GET") || ask.method().equals("HEAD");
            if (!reads || !REDIRECTS.contains(answer.status()) || location.isEmpty()) {
                return answer;
            }
            answer.discard();
            target = next(ask, target, location.get());
        }
        throw new RemoteFailure(
                RemoteFailure.Kind.BAD_CONTENT,
                "could not " + ask.doing() + ": more than " + MOST_REDIRECTS + " redirects from "
                        + ask.target().getHost());
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

    /**
     * The JDK's newer client reads the machine's certificates, which takes longer than many a program runs, and one of its threads makes the
     * end of every program wait for a third of a second.
     */
    private static Answer exchange(Ask ask, URI target, Optional<String> authorization) throws RemoteFailure {
        try {
            var connection = (HttpURLConnection) target.toURL().openConnection();
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout((int) CONNECT.toMillis());
            connection.setReadTimeout((int) ask.patience().toMillis());
            connection.setUseCaches(false);
            connection.setRequestMethod(ask.method());
            connection.setRequestProperty("Accept", ask.accept());
            authorization.ifPresent(value -> connection.setRequestProperty("Authorization", value));
            if (ask.content().isPresent()) {
                send(ask.content().get(), connection);
            }
            return Answer.of(connection, target);
        } catch (IOException | IllegalArgumentException e) {
            throw new RemoteFailure(
                    RemoteFailure.Kind.UNREACHABLE,
                    "could not " + ask.doing() + ": " + reason(e) + " (" + target.getAuthority() + ")",
                    e);
        }
    }

    private static void send(Ask.Content content, HttpURLConnection connection) throws IOException {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", content.type());
        if (content.streamed()) {
            connection.setFixedLengthStreamingMode(content.length());
        }
        try (OutputStream body = connection.getOutputStream()) {
            content.source().get().transferTo(body);
        }
    }

    private static String reason(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "the host's name does not resolve; is there a network?";
            }
            if (cause instanceof SocketTimeoutException) {
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
        Answer answer = exchange(
                Ask.get(doing, ask.repository(), URI.create(target.toString()), TOKEN),
                URI.create(target.toString()),
                auth.header());
        if (answer.status() != 200) {
            throw Answers.failure(doing, answer);
        }
        return token(doing, answer);
    }

    private String token(String doing, Answer answer) throws RemoteFailure {
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
