package dev.slipway.cloud.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;

/**
 * An authority's keys and certificate, as they lie in a directory.
 *
 * @param file the certificate's
 */
record AuthorityFiles(KeyPair keys, X509Certificate certificate, Path file) {
    private static final Duration VALID = Duration.ofDays(3650);
    private static final Duration RENEWED_BEFORE = Duration.ofDays(100);
    private static final String KEY = "ca.key";
    private static final String CERTIFICATE = "ca.pem";

    static AuthorityFiles open(Path directory, InstantSource clock, SecureRandom random)
            throws IOException, GeneralSecurityException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Instant now = clock.instant();
        try {
            AuthorityFiles kept = read(directory);
            if (now.plus(RENEWED_BEFORE)
                    .isBefore(kept.certificate().getNotAfter().toInstant())) {
                return kept;
            }
        } catch (NoSuchFileException none) {
            // The first use, or one that a crash cut off before its end.
        }
        return make(directory, now, random);
    }

    private static AuthorityFiles make(Path directory, Instant now, SecureRandom random)
            throws IOException, GeneralSecurityException {
        KeyPair keys = Certificate.newKeys(random);
        X509Certificate certificate = Certificate.ofAuthority(keys, now, now.plus(VALID), random);
        // The certificate comes last: where it is, its key is.
        Files.deleteIfExists(directory.resolve(CERTIFICATE));
        write(directory.resolve(KEY), "PRIVATE KEY", keys.getPrivate().getEncoded(), "rw-------");
        write(directory.resolve(CERTIFICATE), "CERTIFICATE", certificate.getEncoded(), "rw-r--r--");
        return new AuthorityFiles(keys, certificate, directory.resolve(CERTIFICATE));
    }

    private static AuthorityFiles read(Path directory) throws IOException, GeneralSecurityException {
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(directory.resolve(CERTIFICATE))));
        String pem = Files.readString(directory.resolve(KEY), StandardCharsets.US_ASCII);
        byte[] key = decoded(pem);
        KeyPair keys = new KeyPair(
                certificate.getPublicKey(), KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)));
        return new AuthorityFiles(keys, certificate, directory.resolve(CERTIFICATE));
    }

    private static byte[] decoded(String pem) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException(KEY + " is no key", e);
        }
    }

    private static void write(Path file, String what, byte[] content, String permissions) throws IOException {
        String text = "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + what + "-----\n";
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        try (var channel = Files.newByteChannel(
                next,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)))) {
            channel.write(StandardCharsets.US_ASCII.encode(text));
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
