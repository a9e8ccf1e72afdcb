package dev.slipway.cloud.iam;

import java.util.Base64;
import java.util.random.RandomGenerator;

/** Identifiers and secrets in AWS's shapes. Safe for several threads when the generator is. */
public final class UniqueIds {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int SECRET_BYTES = 30;

    private final RandomGenerator random;

    public UniqueIds(RandomGenerator random) {
        this.random = random;
    }

    /** {@code AROA…}, {@code AIDA…} and {@code ANPA…} have 21 characters. */
    String entity(String prefix) {
        return prefix + letters(17);
    }

    /** A key id of 20 characters: {@code AKIA} for long-lived keys, {@code ASIA} for temporary ones. */
    public String key(String prefix) {
        return prefix + letters(16);
    }

    /** A secret key of 40 characters. */
    public String secret() {
        return text(SECRET_BYTES);
    }

    /** That many random bytes as text of the Base64 alphabet; a multiple of three needs no padding. */
    public String text(int bytes) {
        byte[] random = new byte[bytes];
        this.random.nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }

    private String letters(int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
