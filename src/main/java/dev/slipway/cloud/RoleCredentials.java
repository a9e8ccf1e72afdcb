package dev.slipway.cloud;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cloud.http.HttpExchange;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.Credentials;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The credentials of one instance's role, as Amazon ECS gives them to tasks: at a path that only the instance knows. */
final class RoleCredentials {
    static final String PREFIX = "/v2/credentials/";

    /** New ones are given this long before the end of the old ones; clients ask again some minutes before the end. */
    private static final Duration OVERLAP = Duration.ofHours(1);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String path;
    private final String role;
    private final Supplier<Credentials> assume;
    private final Predicate<Credentials> current;
    private final InstantSource clock;
    private @Nullable Credentials kept;

    /**
     * @param assume makes a new session of the role
     * @param current false when the role of a session is gone
     */
    RoleCredentials(
            String path,
            String role,
            Supplier<Credentials> assume,
            Predicate<Credentials> current,
            InstantSource clock) {
        this.path = path;
        this.role = role;
        this.assume = assume;
        this.current = current;
        this.clock = clock;
    }

    String path() {
        return path;
    }

    /** Answers with the credentials at their path, with an error in the form of Amazon ECS at every other. */
    static void answer(HttpExchange exchange, Optional<RoleCredentials> found) throws IOException {
        exchange.setHeader("Content-Type", "application/json");
        if (!exchange.method().equals("GET")
                || found.filter(each -> each.path.equals(exchange.path())).isEmpty()) {
            refuse(exchange, 404, "InvalidIdInRequest", "No credentials are given at this path");
            return;
        }
        try {
            exchange.respond(200, JSON.writeValueAsBytes(found.get().document()));
        } catch (AwsException e) {
            refuse(exchange, e.status(), e.code(), String.valueOf(e.getMessage()));
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code, String message) throws IOException {
        exchange.respond(
                status,
                JSON.writeValueAsBytes(JSON.createObjectNode()
                        .put("code", code)
                        .put("message", message)
                        .put("HTTPErrorCode", status)));
    }

    private ObjectNode document() {
        Credentials credentials = credentials();
        return JSON.createObjectNode()
                .put("RoleArn", role)
                .put("AccessKeyId", credentials.caller().accessKeyId())
                .put("SecretAccessKey", credentials.secret().orElseThrow())
                .put("Token", credentials.sessionToken().orElseThrow())
                .put(
                        "Expiration",
                        end(credentials).truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private synchronized Credentials credentials() {
        Credentials usable = kept;
        if (usable == null || clock.instant().plus(OVERLAP).isAfter(end(usable)) || !current.test(usable)) {
            usable = assume.get();
            kept = usable;
        }
        return usable;
    }

    private static Instant end(Credentials credentials) {
        return credentials.caller().expires().orElseThrow();
    }
}
