package dev.slipway.cloud.registry;

import dev.slipway.cloud.http.HttpExchange;
import dev.slipway.cloud.http.HttpHandler;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Addresses under {@link #PREFIX} from which anyone who has one can read one layer, for an hour: they are signed with a key that lives as
 * long as this process.
 */
public final class LayerUrls implements HttpHandler {
    public static final String PREFIX = "/_slipway/layers/";

    private static final Duration LIFE = Duration.ofHours(1);
    private static final Pattern FORM = Pattern.compile(
            PREFIX + "(?<digest>[a-z0-9]+:[0-9a-f]+)/(?<expires>[0-9]{1,12})/(?<signature>[0-9a-f]{64})");

    private final RegistryContent content;
    private final byte[] key = new byte[32];

    /** @param random makes the key; must not be predictable */
    public LayerUrls(RegistryContent content, RandomGenerator random) {
        this.content = content;
        random.nextBytes(key);
    }

    /** The path from which a layer can be read from now on, for an hour. */
    public String path(Digest digest) {
        String promise = digest + "/" + content.now().plus(LIFE).getEpochSecond();
        return PREFIX + promise + "/" + signature(promise);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (!exchange.method().equals("GET")) {
            refuse(exchange, 405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
            return;
        }
        Matcher match = FORM.matcher(exchange.path());
        Optional<Digest> digest = match.matches() ? promised(match) : Optional.empty();
        if (digest.isEmpty()) {
            refuse(exchange, 403, "SignatureDoesNotMatch", "The address was changed, or another process made it.");
        } else if (Instant.ofEpochSecond(Long.parseLong(match.group("expires"))).isBefore(content.now())) {
            refuse(exchange, 403, "AccessDenied", "Request has expired");
        } else {
            send(exchange, digest.get());
        }
    }

    private void send(HttpExchange exchange, Digest digest) throws IOException {
        try {
            BlobEndpoint.send(exchange, digest, content.size(digest), content.openBlob(digest));
        } catch (RegistryException e) {
            refuse(exchange, e.status(), e.code(), e.getMessage());
        }
    }

    private Optional<Digest> promised(Matcher match) {
        String promise = match.group("digest") + "/" + match.group("expires");
        byte[] given = match.group("signature").getBytes(StandardCharsets.US_ASCII);
        boolean ours = MessageDigest.isEqual(given, signature(promise).getBytes(StandardCharsets.US_ASCII));
        return ours ? Optional.of(Digest.parse(match.group("digest"))) : Optional.empty();
    }

    private String signature(String promise) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(promise.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HmacSHA256", e);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code, String message) throws IOException {
        exchange.setHeader("Content-Type", "application/xml");
        String text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                + "</Message></Error>";
        exchange.respond(status, text.getBytes(StandardCharsets.UTF_8));
    }
}
