package dev.slipway.cloud.wire;

import dev.slipway.cloud.http.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Finds out who sent a request: the signature, the clock, the session token and its expiry, in AWS's order and words. */
final class Authenticator {
    private static final Duration MOST_SKEW = Duration.ofMinutes(15);

    private final CredentialsLookup credentials;

    Authenticator(CredentialsLookup credentials) {
        this.credentials = credentials;
    }

    /**
     * The caller that the signature proves.
     *
     * @param signatureTime what the client's clock is compared with
     * @param now what decides whether a session has ended
     * @throws AwsException in the codes of {@code faults}, when it proves nobody
     */
    Caller authenticate(
            HttpExchange exchange,
            Optional<Signature> given,
            byte[] body,
            Instant signatureTime,
            Instant now,
            Faults faults) {
        Signature signature = given.orElseThrow(faults::unsigned);
        checkTime(signature, signatureTime, faults);
        Credentials found = credentials.find(signature.accessKeyId()).orElseThrow(faults::unknownKey);
        if (found.secret().isPresent()) {
            checkSignature(exchange, signature, found.secret().get(), body, faults);
        } else if (signature.presigned()) {
            // Any web page can make a browser open a URL; only a signature that is checked shows that the user meant
            // it.
            throw faults.wrongSignature("A presigned URL needs a key with a secret; the account id as a key has none.");
        }
        // A key without a secret is the root's, whoever says so; every other key has exactly its own token or none.
        if (found.secret().isPresent()
                && !same(
                        found.sessionToken().orElse(""),
                        signature.sessionToken().orElse(""))) {
            throw faults.unknownKey();
        }
        if (found.caller().expires().filter(end -> !now.isBefore(end)).isPresent()) {
            throw faults.expiredToken();
        }
        return found.caller();
    }

    private static void checkTime(Signature signature, Instant now, Faults faults) {
        Instant latest = signature.time().plus(signature.validFor().orElse(MOST_SKEW));
        if (now.isAfter(latest)) {
            throw faults.wrongTime("Signature expired: " + basic(signature.time()) + " is now earlier than "
                    + basic(now.minus(signature.validFor().orElse(MOST_SKEW))) + " (" + basic(now) + " - "
                    + signature.validFor().orElse(MOST_SKEW).toMinutes() + " min.)");
        }
        if (signature.time().isAfter(now.plus(MOST_SKEW))) {
            throw faults.wrongTime("Signature not yet current: " + basic(signature.time()) + " is still later than "
                    + basic(now.plus(MOST_SKEW)) + " (" + basic(now) + " + 15 min.)");
        }
    }

    private static String basic(Instant time) {
        return Signature.TIME.format(time.atZone(ZoneOffset.UTC));
    }

    private static void checkSignature(
            HttpExchange exchange, Signature signature, String secret, byte[] body, Faults faults) {
        if (exchange.header("x-amz-target").isPresent()
                && !signature.signedHeaders().contains("x-amz-target")) {
            throw faults.wrongSignature("'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization");
        }
        String bodyHash = hash(body);
        String payloadHash = signature.presigned()
                ? bodyHash
                : exchange.header("x-amz-content-sha256").orElse(bodyHash);
        if (!payloadHash.equals(bodyHash) && !payloadHash.equals("UNSIGNED-PAYLOAD")) {
            throw faults.wrongSignature("The provided 'x-amz-content-sha256' header does not match what was computed.");
        }
        String toSign = Signature.ALGORITHM + "\n" + basic(signature.time()) + "\n" + signature.scope() + "\n"
                + hash(CanonicalRequest.of(exchange, signature, payloadHash).getBytes(StandardCharsets.UTF_8));
        if (!same(HexFormat.of().formatHex(hmac(signingKey(secret, signature), toSign)), signature.hex())) {
            throw faults.wrongSignature(
                    "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                            + " Access Key and signing method. Consult the service documentation for details.");
        }
    }

    private static byte[] signingKey(String secret, Signature signature) {
        byte[] date = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), signature.scopeDate());
        return hmac(hmac(hmac(date, signature.region()), signature.service()), "aws4_request");
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
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
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
