package dev.slipway.cloud.wire;

import dev.slipway.cloud.http.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request says about its signature (SigV4), before anything of it is believed.
 *
 * @param signedHeaders in lower case, in the order of the signature
 * @param time when the client signed
 * @param validFor how long it is good
 * @param presigned true for a URL that carries its signature
 */
record Signature(
        String accessKeyId,
        CredentialScope scope,
        List<String> signedHeaders,
        String hex,
        Instant time,
        Duration validFor,
        boolean presigned,
        Optional<String> sessionToken) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    /** How far the clocks of client and server may be apart, and how long a signature in headers is good. */
    static final Duration MOST_SKEW = Duration.ofMinutes(15);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final Pattern SEPARATORS = Pattern.compile("[, ]+");
    private static final int LONGEST_PRESIGNED_SECONDS = 7 * 24 * 3600;
    private static final List<String> QUERY_PARAMETERS =
            List.of("X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date");

    /** A request that is not signed in a way that could be checked; the message is AWS's. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    /** A time as signatures write it, for example {@code 20260131T235959Z}. */
    static String basic(Instant time) {
        return TIME.format(time.atZone(ZoneOffset.UTC));
    }

    /** Empty when the request carries no signature at all, or one of another scheme. */
    static Optional<Signature> of(HttpExchange exchange) throws Malformed {
        Optional<String> authorization = exchange.header("authorization");
        if (authorization.isPresent()) {
            return authorization.get().startsWith("AWS4-")
                    ? Optional.of(fromHeaders(exchange, authorization.get()))
                    : Optional.empty();
        }
        QueryParameters query = QueryParameters.parse(exchange.query());
        return query.child("X-Amz-Algorithm") == null ? Optional.empty() : Optional.of(presigned(query));
    }

    private static Signature fromHeaders(HttpExchange exchange, String authorization) throws Malformed {
        String[] words = SEPARATORS.split(authorization);
        requireAlgorithm(words[0]);
        Map<String, String> parts = new HashMap<>();
        for (String word : List.of(words).subList(1, words.length)) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw new Malformed("Invalid key=value pair (missing equal-sign) in Authorization header"
                        + " (hashed with SHA-256 and encoded with Base64): '" + hidden(authorization) + "'.");
            }
            parts.put(word.substring(0, equals), word.substring(equals + 1));
        }
        Optional<String> amzDate = exchange.header("x-amz-date");
        List<String> missing = new ArrayList<>(0);
        for (String name : List.of("Credential", "Signature", "SignedHeaders")) {
            if (parts.getOrDefault(name, "").isEmpty()) {
                missing.add("Authorization header requires '" + name + "' parameter.");
            }
        }
        if (amzDate.isEmpty() && exchange.header("date").isEmpty()) {
            missing.add("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
        }
        if (!missing.isEmpty()) {
            throw new Malformed(String.join(" ", missing)
                    + " (Hashed with SHA-256 and encoded with Base64) Authorization=" + hidden(authorization));
        }
        Instant time = amzDate.isPresent()
                ? basicTime(amzDate.get())
                : httpTime(exchange.header("date").orElseThrow());
        return build(
                parts.getOrDefault("Credential", ""),
                parts.getOrDefault("SignedHeaders", ""),
                parts.getOrDefault("Signature", ""),
                time,
                MOST_SKEW,
                false,
                exchange.header("x-amz-security-token"));
    }

    private static Signature presigned(QueryParameters query) throws Malformed {
        List<String> missing = QUERY_PARAMETERS.stream()
                .filter(name -> query.get(name).isEmpty())
                .map(name -> "AWS query-string parameters must include '" + name + "'.")
                .toList();
        if (!missing.isEmpty()) {
            throw new Malformed(String.join(" ", missing) + " Re-examine the query-string parameters.");
        }
        requireAlgorithm(query.get("X-Amz-Algorithm"));
        String token = query.get("X-Amz-Security-Token");
        return build(
                query.get("X-Amz-Credential"),
                query.get("X-Amz-SignedHeaders"),
                query.get("X-Amz-Signature"),
                basicTime(query.get("X-Amz-Date")),
                query.child("X-Amz-Expires") == null ? MOST_SKEW : lifetime(query.get("X-Amz-Expires")),
                true,
                token.isEmpty() ? Optional.empty() : Optional.of(token));
    }

    private static Signature build(
            String credential,
            String signedHeaders,
            String hex,
            Instant time,
            Duration validFor,
            boolean presigned,
            Optional<String> token)
            throws Malformed {
        String[] parts = credential.split("/");
        if (parts.length != 5) {
            throw new Malformed(
                    "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term,"
                            + " got '" + credential + "'");
        }
        return new Signature(
                parts[0],
                new CredentialScope(parts[1], parts[2], parts[3], parts[4]),
                List.of(signedHeaders.toLowerCase(Locale.ROOT).split(";")),
                hex,
                time,
                validFor,
                presigned,
                token);
    }

    private static void requireAlgorithm(String name) throws Malformed {
        if (!name.equals(ALGORITHM)) {
            throw new Malformed("Unsupported AWS 'algorithm': '" + name + "' (only " + ALGORITHM + " for now).");
        }
    }

    private static Duration lifetime(String seconds) throws Malformed {
        if (!seconds.matches("[0-9]{1,9}")) {
            throw new Malformed("X-Amz-Expires should be a number");
        }
        int number = Integer.parseInt(seconds);
        if (number < 1 || number > LONGEST_PRESIGNED_SECONDS) {
            throw new Malformed(
                    "X-Amz-Expires must be between 1 and " + LONGEST_PRESIGNED_SECONDS + " seconds (a week)");
        }
        return Duration.ofSeconds(number);
    }

    private static Instant basicTime(String text) throws Malformed {
        try {
            return LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException malformed) {
            throw notBasic(text);
        }
    }

    private static Instant httpTime(String text) throws Malformed {
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException malformed) {
            throw notBasic(text);
        }
    }

    private static Malformed notBasic(String text) {
        return new Malformed("Date must be in ISO-8601 'basic format'. Got '" + text
                + "'. See http://en.wikipedia.org/wiki/ISO_8601");
    }

    /** What may be repeated of a header that somebody may have put a secret into. */
    private static String hidden(String text) {
        return Base64.getEncoder().encodeToString(Sha256.hash(text.getBytes(StandardCharsets.UTF_8)));
    }
}
