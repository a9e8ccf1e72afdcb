package dev.slipway.cloud.wire;

import dev.slipway.cloud.http.HttpExchange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about its signature (SigV4), before anything of it is believed.
 *
 * @param scopeDate eight digits
 * @param time when the client signed
 * @param validFor how long a presigned URL is good; empty for a signature in headers
 */
record Signature(
        String accessKeyId,
        String scopeDate,
        String region,
        String service,
        List<String> signedHeaders,
        String hex,
        Instant time,
        Optional<Duration> validFor,
        Optional<String> sessionToken) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final int LONGEST_PRESIGNED_SECONDS = 7 * 24 * 3600;

    /** A request that is not signed in a way that could be checked. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    String scope() {
        return scopeDate + "/" + region + "/" + service + "/aws4_request";
    }

    boolean presigned() {
        return validFor.isPresent();
    }

    /** Empty when the request carries no signature at all. */
    static Optional<Signature> of(HttpExchange exchange) throws Malformed {
        Optional<String> authorization = exchange.header("authorization");
        if (authorization.isPresent()) {
            return Optional.of(fromHeaders(exchange, authorization.get()));
        }
        QueryParameters query = QueryParameters.parse(exchange.query());
        return query.child("X-Amz-Algorithm") == null ? Optional.empty() : Optional.of(presigned(query));
    }

    private static Signature fromHeaders(HttpExchange exchange, String authorization) throws Malformed {
        if (!authorization.startsWith(ALGORITHM + " ")) {
            throw new Malformed("Authorization must start with '" + ALGORITHM + "'");
        }
        Map<String, String> parts = new HashMap<>();
        for (String part : authorization.substring(ALGORITHM.length()).split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).trim(),
                        part.substring(equals + 1).trim());
            }
        }
        String amzDate = exchange.header("x-amz-date").orElse(null);
        Instant time = amzDate != null
                ? basicTime(amzDate)
                : httpTime(exchange.header("date").orElse(null));
        return build(parts, time, Optional.empty(), exchange.header("x-amz-security-token"));
    }

    private static Signature presigned(QueryParameters query) throws Malformed {
        if (!query.get("X-Amz-Algorithm").equals(ALGORITHM)) {
            throw new Malformed("X-Amz-Algorithm must be '" + ALGORITHM + "'");
        }
        int seconds;
        try {
            seconds = Integer.parseInt(query.get("X-Amz-Expires"));
        } catch (NumberFormatException malformed) {
            throw new Malformed("X-Amz-Expires must be a number of seconds");
        }
        if (seconds < 1 || seconds > LONGEST_PRESIGNED_SECONDS) {
            throw new Malformed("X-Amz-Expires must be between 1 and " + LONGEST_PRESIGNED_SECONDS);
        }
        Map<String, String> parts = Map.of(
                "Credential", query.get("X-Amz-Credential"),
                "SignedHeaders", query.get("X-Amz-SignedHeaders"),
                "Signature", query.get("X-Amz-Signature"));
        String token = query.get("X-Amz-Security-Token");
        return build(
                parts,
                basicTime(query.get("X-Amz-Date")),
                Optional.of(Duration.ofSeconds(seconds)),
                token.isEmpty() ? Optional.empty() : Optional.of(token));
    }

    private static Signature build(
            Map<String, String> parts, Instant time, Optional<Duration> validFor, Optional<String> token)
            throws Malformed {
        String[] credential = part(parts, "Credential").split("/", -1);
        if (credential.length != 5 || !credential[4].equals("aws4_request")) {
            throw new Malformed("Credential must have the form KEY/DATE/REGION/SERVICE/aws4_request");
        }
        if (!TIME.format(time.atZone(ZoneOffset.UTC)).startsWith(credential[1]) || credential[1].length() != 8) {
            throw new Malformed("Date in Credential scope does not match YYYYMMDD from the time of the request");
        }
        List<String> signedHeaders = List.of(part(parts, "SignedHeaders").split(";"));
        if (!signedHeaders.contains("host")) {
            throw new Malformed("'Host' must be a 'SignedHeader' in the AWS Authorization");
        }
        return new Signature(
                credential[0],
                credential[1],
                credential[2],
                credential[3],
                signedHeaders,
                part(parts, "Signature"),
                time,
                validFor,
                token);
    }

    private static String part(Map<String, String> parts, String name) throws Malformed {
        String value = parts.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new Malformed("Authorization requires '" + name + "'");
        }
        return value;
    }

    private static Instant basicTime(String text) throws Malformed {
        try {
            return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException malformed) {
            throw new Malformed("X-Amz-Date must have the form YYYYMMDDTHHMMSSZ");
        }
    }

    private static Instant httpTime(@Nullable String text) throws Malformed {
        if (text == null) {
            throw new Malformed("Authorization requires existence of either a 'X-Amz-Date' or a 'Date' header");
        }
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException malformed) {
            throw new Malformed("the 'Date' header is no HTTP date");
        }
    }
}
