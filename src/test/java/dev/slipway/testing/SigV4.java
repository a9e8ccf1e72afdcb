package dev.slipway.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs POST requests to {@code /} as AWS's documentation of Signature Version 4 says, for tests that write their own HTTP. Shares
 * nothing with the cloud's own check.
 *
 * @param token of a session; empty for a key that lasts
 */
public record SigV4(String keyId, String secret, String token, String region) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** The headers to send beyond {@code headers}, which are signed as well; names in lower case, {@code host} among them. */
    public Map<String, String> sign(String service, Map<String, String> headers, byte[] body, Instant now) {
        String time = TIME.format(now);
        TreeMap<String, String> signed = new TreeMap<>(headers);
        signed.put("x-amz-date", time);
        if (!token.isEmpty()) {
            signed.put("x-amz-security-token", token);
        }
        String names = String.join(";", signed.keySet());
        String canonical = signed.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining("", "POST\n/\n\n", "\n" + names + "\n" + hash(body)));
        String scope = time.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
        String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + hash(bytes(canonical));
        byte[] key = hmac(bytes("AWS4" + secret), time.substring(0, 8));
        for (String part : new String[] {region, service, "aws4_request"}) {
            key = hmac(key, part);
        }
        signed.keySet().removeAll(headers.keySet());
        signed.put(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=" + keyId + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                        + HexFormat.of().formatHex(hmac(key, toSign)));
        return signed;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    @Override
    public String toString() {
        return "SigV4[" + keyId + "]";
    }
}
