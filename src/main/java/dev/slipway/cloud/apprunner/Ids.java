package dev.slipway.cloud.apprunner;

import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Names for new things, in AWS's forms. */
final class Ids {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private final RandomGenerator random;

    Ids(RandomGenerator random) {
        this.random = random;
    }

    /** 32 hexadecimal digits. */
    synchronized String hex() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** A random UUID with dashes. */
    synchronized String uuid() {
        long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
        long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /** Ten letters and digits. */
    synchronized String subdomain() {
        var text = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            text.append(LETTERS.charAt(random.nextInt(i == 0 ? 26 : LETTERS.length())));
        }
        return text.toString();
    }
}
