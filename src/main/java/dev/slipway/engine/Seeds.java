package dev.slipway.engine;

import dev.slipway.property.Urn;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Everything random of a run, made from one text: a preview and its update get the same. */
record Seeds(String seed) {
    /** 64 hexadecimal digits for one resource. */
    String forCheck(Urn urn) {
        return HexFormat.of().formatHex(digest("check", urn));
    }

    /** The id of a provider that is made in this run: a random UUID in form. */
    UUID providerId(Urn urn) {
        var bytes = ByteBuffer.wrap(digest("provider", urn));
        long high = bytes.getLong() & ~0xF000L | 0x4000L;
        long low = bytes.getLong() & ~(0xC0L << 56) | 0x80L << 56;
        return new UUID(high, low);
    }

    private byte[] digest(String purpose, Urn urn) {
        try {
            String text = purpose + "\n" + seed + "\n" + urn;
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
