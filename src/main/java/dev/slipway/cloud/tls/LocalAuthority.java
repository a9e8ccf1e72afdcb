package dev.slipway.cloud.tls;

import dev.slipway.cloud.http.Certificates;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority of this user alone, made on first use. It is constrained to names and addresses of the loopback and of App Runner's
 * services, so that whoever trusts it trusts it for nothing else. Certificates of services are made when a client asks, and kept in memory.
 * Thread-safe.
 */
public final class LocalAuthority implements Certificates {
    private static final Duration VALID = Duration.ofDays(90);
    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
    private static final int MOST_KEPT = 1000;

    private final KeyPair keys;
    private final X509Certificate certificate;
    private final Path file;
    private final KeyPair leafKeys;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Map<String, Shown> shown = new ConcurrentHashMap<>();

    private record Shown(SslContext context, Instant until) {}

    private LocalAuthority(AuthorityFiles files, InstantSource clock, SecureRandom random)
            throws GeneralSecurityException {
        this.keys = files.keys();
        this.certificate = files.certificate();
        this.file = files.file();
        this.leafKeys = Certificate.newKeys(random);
        this.clock = clock;
        this.random = random;
    }

    /**
     * The authority that is kept in a directory, readable by this user alone; a new one when there is none, or when it is about to expire.
     *
     * @throws IOException when the directory can't be read or written, or holds something else
     */
    public static LocalAuthority open(Path directory, InstantSource clock, SecureRandom random) throws IOException {
        try {
            return new LocalAuthority(AuthorityFiles.open(directory, clock, random), clock, random);
        } catch (GeneralSecurityException e) {
            throw new IOException("can't use the certificate authority in " + directory + ": " + e.getMessage(), e);
        }
    }

    /** The file with the certificate that clients have to trust, in PEM. */
    public Path file() {
        return file;
    }

    @Override
    public SslContext forClient(InetAddress local, @Nullable String name) throws IOException {
        String key = local.getHostAddress() + " " + name;
        Shown kept = shown.get(key);
        if (kept != null && clock.instant().isBefore(kept.until())) {
            return kept.context();
        }
        if (shown.size() > MOST_KEPT) {
            shown.clear();
        }
        Shown made = issue(local, name);
        shown.put(key, made);
        return made.context();
    }

    private Shown issue(InetAddress local, @Nullable String name) throws IOException {
        Instant now = clock.instant();
        Instant end = now.plus(VALID);
        try {
            X509Certificate leaf = Certificate.ofService(
                    local, name, leafKeys.getPublic(), certificate, keys.getPrivate(), now, end, random);
            SslContext context = SslContextBuilder.forServer(leafKeys.getPrivate(), leaf, certificate)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
            return new Shown(context, end.minus(RENEWED_BEFORE));
        } catch (GeneralSecurityException e) {
            throw new IOException("can't make a certificate for " + local.getHostAddress() + ": " + e.getMessage(), e);
        }
    }
}
