package dev.slipway.cloud.wire;

import dev.slipway.cloud.http.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Finds out who sent a request: the signature, the clock, the session token and its expiry, in AWS's order and words. */
final class Authenticator {
    private final CredentialsLookup credentials;

    Authenticator(CredentialsLookup credentials) {
        this.credentials = credentials;
    }

    /**
     * The caller that the signature proves.
     *
     * @param service the signing name of the service that is called
     * @param signatureTime what the client's clock is compared with
     * @param now what decides whether a session has ended
     * @throws AwsException in the codes of {@code faults}, when it proves nobody
     */
    Caller authenticate(
            HttpExchange exchange,
            Optional<Signature> given,
            String service,
            byte[] body,
            Instant signatureTime,
            Instant now,
            Faults faults) {
        Signature signature = given.orElseThrow(faults::unsigned);
        if (!signature.presigned() && exchange.query().contains("X-Amz-Algorithm=")) {
            throw faults.wrongSignature(
                    "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
        }
        checkTime(signature, signatureTime, faults);
        if (!signature.signedHeaders().contains("host")) {
            throw faults.wrongSignature("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
        }
        signature.scope().check(exchange, service, Signature.basic(signature.time()), faults);
        Credentials found = credentials.find(signature.accessKeyId()).orElseThrow(faults::unknownKey);
        if (found.secret().isPresent()) {
            checkSignature(exchange, signature, found.secret().get(), body, faults);
        } else if (signature.presigned()) {
            // Any web page can make a browser open a URL; only a signature that is checked shows that the user meant
            // it.
            throw faults.wrongSignature("A presigned URL needs a key with a secret; the account id as a key has none.");
        }
        if (!same(found.sessionToken().orElse(""), signature.sessionToken().orElse(""))) {
            throw found.sessionToken().isPresent() ? faults.unknownKey() : faults.tokenOfNoSession();
        }
        if (found.caller().expires().filter(end -> !now.isBefore(end)).isPresent()) {
            throw faults.expiredToken();
        }
        return found.caller();
    }

    private static void checkTime(Signature signature, Instant now, Faults faults) {
        if (now.isAfter(signature.time().plus(signature.validFor()))) {
            throw faults.wrongSignature("Signature expired: " + Signature.basic(signature.time())
                    + " is now earlier than " + Signature.basic(now.minus(signature.validFor())) + " ("
                    + Signature.basic(now) + " - " + told(signature.validFor()) + ")");
        }
        if (signature.time().isAfter(now.plus(Signature.MOST_SKEW))) {
            throw faults.wrongSignature("Signature not yet current: " + Signature.basic(signature.time())
                    + " is still later than " + Signature.basic(now.plus(Signature.MOST_SKEW)) + " ("
                    + Signature.basic(now) + " + " + told(Signature.MOST_SKEW) + ")");
        }
    }

    private static String told(Duration time) {
        return time.toSeconds() % 60 == 0 ? time.toMinutes() + " min." : time.toSeconds() + " sec.";
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
        String toSign = Signature.ALGORITHM + "\n" + Signature.basic(signature.time()) + "\n"
                + signature.scope().text() + "\n"
                + hash(CanonicalRequest.of(exchange, signature, payloadHash).getBytes(StandardCharsets.UTF_8));
        if (!same(
                HexFormat.of().formatHex(Sha256.hmac(signingKey(secret, signature.scope()), toSign)),
                signature.hex())) {
            throw faults.wrongSignature(
                    "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                            + " Access Key and signing method. Consult the service documentation for details.");
        }
    }

    private static byte[] signingKey(String secret, CredentialScope scope) {
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(scope.date(), scope.region(), scope.service(), scope.end())) {
            key = Sha256.hmac(key, part);
        }
        return key;
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.hash(bytes));
    }
}
