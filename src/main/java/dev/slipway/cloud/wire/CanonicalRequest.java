package dev.slipway.cloud.wire;

import dev.slipway.cloud.http.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A request in the one form that client and server both sign (SigV4). */
final class CanonicalRequest {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

    private static final Pattern SPACES = Pattern.compile(" {2,}");

    private CanonicalRequest() {}

    static String of(HttpExchange exchange, Signature signature, String payloadHash) {
        return exchange.method() + "\n"
                // Of what was sent: every service but S3 signs the path encoded twice.
                + encode(exchange.path(), "/") + "\n"
                + query(exchange.query()) + "\n"
                + headers(exchange.headers(), signature.signedHeaders()) + "\n"
                + String.join(";", signature.signedHeaders()) + "\n"
                + payloadHash;
    }

    private static String query(String raw) {
        if (raw.isEmpty()) {
            return "";
        }
        return Arrays.stream(raw.split("&"))
                .filter(pair -> !pair.isEmpty() && !pair.startsWith("X-Amz-Signature="))
                .map(CanonicalRequest::pair)
                .sorted((one, two) -> {
                    int names = one[0].compareTo(two[0]);
                    return names != 0 ? names : one[1].compareTo(two[1]);
                })
                .map(pair -> pair[0] + "=" + pair[1])
                .collect(Collectors.joining("&"));
    }

    private static String[] pair(String raw) {
        int equals = raw.indexOf('=');
        String name = equals < 0 ? raw : raw.substring(0, equals);
        String value = equals < 0 ? "" : raw.substring(equals + 1);
        return new String[] {encode(decode(name), ""), encode(decode(value), "")};
    }

    private static String headers(Map<String, List<String>> headers, List<String> signed) {
        StringBuilder canonical = new StringBuilder();
        for (String name : signed) {
            canonical
                    .append(name)
                    .append(':')
                    .append(headers.getOrDefault(name, List.of()).stream()
                            .map(value -> SPACES.matcher(value.trim()).replaceAll(" "))
                            .collect(Collectors.joining(",")))
                    .append('\n');
        }
        return canonical.toString();
    }

    private static String encode(String text, String alsoAllowed) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (UNRESERVED.indexOf(c) >= 0 || alsoAllowed.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    /** Percent-encoding only: in a URL that is signed, a plus is a plus. */
    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] from = text.getBytes(StandardCharsets.UTF_8);
        byte[] to = new byte[from.length];
        int length = 0;
        for (int i = 0; i < from.length; i++) {
            int high = i + 2 < from.length ? Character.digit(from[i + 1], 16) : -1;
            int low = i + 2 < from.length ? Character.digit(from[i + 2], 16) : -1;
            if (from[i] == '%' && high >= 0 && low >= 0) {
                to[length++] = (byte) (high * 16 + low);
                i += 2;
            } else {
                to[length++] = from[i];
            }
        }
        return new String(to, 0, length, StandardCharsets.UTF_8);
    }
}
