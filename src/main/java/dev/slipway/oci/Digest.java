package dev.slipway.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A content digest as the OCI image specification writes it, {@code sha256:…} or {@code sha512:…}, lower-case hexadecimal. */
public record Digest(String algorithm, String hex) {
    private static final Pattern FORM = Pattern.compile("(sha256:[0-9a-f]{64})|(sha512:[0-9a-f]{128})");

    public Digest {
        if (!FORM.matcher(algorithm + ":" + hex).matches()) {
            throw new IllegalArgumentException("expected sha256: and 64 hexadecimal digits (or sha512: and 128), got `"
                    + algorithm + ":" + hex + "`");
        }
    }

    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        return new Digest(text.substring(0, Math.max(colon, 0)), text.substring(colon + 1));
    }

    /** The SHA-256 digest of some bytes. */
    public static Digest of(byte[] content) {
        return new Digest("sha256", HexFormat.of().formatHex(hasher("sha256").digest(content)));
    }

    /** The digest of some bytes with the algorithm of this one. */
    public Digest ofSameKind(byte[] content) {
        return new Digest(algorithm, HexFormat.of().formatHex(hasher(algorithm).digest(content)));
    }

    /** A new, empty hash state for one of the two algorithms. */
    public static MessageDigest hasher(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256 and SHA-512", e);
        }
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
