package dev.slipway.cloud.wire;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** A call signed by hand (SigV4), in which every part can be made wrong. */
final class RawCall {
    private final URI uri;
    private final Map<String, String> headers = new TreeMap<>();
    private AwsCredentials key = FrontFixture.ALICE;
    private String scopeService;
    private String scopeRegion = "eu-west-1";
    private String scopeEnd = "aws4_request";
    private Instant time;
    private String body;
    private String sentBody;

    private RawCall(URI uri, Instant time, String service, String body) {
        this.uri = uri;
        this.time = time;
        this.scopeService = service;
        this.body = body;
    }

    static RawCall query(FrontFixture fixture, String service, String body) {
        return new RawCall(fixture.uri(), fixture.now, service, body)
                .header("content-type", "application/x-www-form-urlencoded; charset=utf-8");
    }

    static RawCall json(FrontFixture fixture, String service, String target, String body) {
        return new RawCall(fixture.uri(), fixture.now, service, body)
                .header("content-type", "application/x-amz-json-1.0")
                .header("x-amz-target", target);
    }

    RawCall header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    RawCall key(AwsCredentials other) {
        key = other;
        return this;
    }

    RawCall scopeService(String other) {
        scopeService = other;
        return this;
    }

    RawCall scopeRegion(String other) {
        scopeRegion = other;
        return this;
    }

    RawCall scopeEnd(String other) {
        scopeEnd = other;
        return this;
    }

    RawCall time(Instant other) {
        time = other;
        return this;
    }

    /** What goes over the wire instead of what was signed. */
    RawCall sendInstead(String other) {
        sentBody = other;
        return this;
    }

    Answer send() throws Exception {
        String stamp = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").format(time.atZone(ZoneOffset.UTC));
        headers.put("x-amz-date", stamp);
        headers.putIfAbsent("host", uri.getAuthority());
        if (key instanceof AwsSessionCredentials session) {
            headers.putIfAbsent("x-amz-security-token", session.sessionToken());
        }
        String scope = stamp.substring(0, 8) + "/" + scopeRegion + "/" + scopeService + "/" + scopeEnd;
        String names = String.join(";", headers.keySet());
        StringBuilder canonical = new StringBuilder("POST\n/\n\n");
        headers.forEach((name, value) -> canonical.append(name + ":" + value + "\n"));
        canonical.append("\n" + names + "\n" + headers.getOrDefault("x-amz-content-sha256", hash(body)));
        String toSign = "AWS4-HMAC-SHA256\n" + stamp + "\n" + scope + "\n" + hash(canonical.toString());
        byte[] signingKey = ("AWS4" + key.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            signingKey = hmac(signingKey, part);
        }
        return send("AWS4-HMAC-SHA256 Credential=" + key.accessKeyId() + "/" + scope + ", SignedHeaders=" + names
                + ", Signature=" + HexFormat.of().formatHex(hmac(signingKey, toSign)));
    }

    /** With an Authorization header of one's own; none when it is empty. */
    Answer send(String authorization) throws IOException {
        byte[] bytes = (sentBody == null ? body : sentBody).getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\n");
        headers.putIfAbsent("host", uri.getAuthority());
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        if (!authorization.isEmpty()) {
            head.append("Authorization: " + authorization + "\r\n");
        }
        head.append("Content-Length: " + bytes.length + "\r\nConnection: close\r\n\r\n");
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            try {
                socket.getOutputStream().write(bytes);
            } catch (IOException refusedBeforeItsEnd) {
                // The answer is there all the same.
            }
            return Answer.parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** An answer: its status, its head in lower case and its body. */
    record Answer(int status, String head, String body) {
        static Answer parse(String text) {
            int end = text.indexOf("\r\n\r\n");
            return new Answer(
                    Integer.parseInt(text.substring(9, 12)),
                    text.substring(0, end).toLowerCase(Locale.ROOT),
                    text.substring(end + 4));
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
