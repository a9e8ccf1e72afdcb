package dev.slipway.provider;

import dev.slipway.property.Urn;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Physical names for resources that were given none: the resource's name, a dash and seven hexadecimal digits. */
final class AutoName {
    private static final int DIGITS = 7;

    private AutoName() {}

    /** The same for one preview and its update, because both have the same seed. */
    static String of(Urn urn, String randomSeed, int longest) {
        return base(urn, longest) + "-" + digits(randomSeed + "\n" + urn.text());
    }

    /** Whether {@code name} was made by {@link #of} for this resource, with whatever seed. */
    static boolean made(String name, Urn urn, int longest) {
        String start = base(urn, longest) + "-";
        return name.startsWith(start) && name.substring(start.length()).matches("[0-9a-f]{" + DIGITS + "}");
    }

    /** Seven digits that only this text has. */
    static String digits(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String base(Urn urn, int longest) {
        String plain = urn.name().replaceAll("[^A-Za-z0-9_-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        String base = plain.isEmpty() ? "resource" : plain;
        return base.substring(0, Math.min(base.length(), longest - DIGITS - 1));
    }
}
