package dev.slipway.cloud.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The tokens that lists go on with. A client can neither read nor change them; one that is changed, or of another list, is none. They
 * guard nothing: whoever lists may list from anywhere. So the key is fixed, and tokens outlive a restart.
 */
public final class PageToken {
    private static final int SEAL_BYTES = 12;
    private static final byte[] KEY = "slipway page token".getBytes(StandardCharsets.UTF_8);

    private PageToken() {}

    /**
     * A token for what comes after a place.
     *
     * @param list which list this is, the same for all its pages
     */
    public static String seal(String list, String place) {
        byte[] plain = place.getBytes(StandardCharsets.UTF_8);
        byte[] seal = Arrays.copyOf(mac("seal", list, plain), SEAL_BYTES);
        byte[] token = Arrays.copyOf(seal, SEAL_BYTES + plain.length);
        System.arraycopy(masked(plain, seal), 0, token, SEAL_BYTES, plain.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** The place that a token names; empty when the token is not one of this list. */
    public static Optional<String> open(String list, String token) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
        if (bytes.length < SEAL_BYTES) {
            return Optional.empty();
        }
        byte[] seal = Arrays.copyOf(bytes, SEAL_BYTES);
        byte[] plain = masked(Arrays.copyOfRange(bytes, SEAL_BYTES, bytes.length), seal);
        return MessageDigest.isEqual(seal, Arrays.copyOf(mac("seal", list, plain), SEAL_BYTES))
                ? Optional.of(new String(plain, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static byte[] masked(byte[] text, byte[] seal) {
        byte[] masked = text.clone();
        byte[] mask = new byte[0];
        for (int i = 0; i < masked.length; i++) {
            if (i % 32 == 0) {
                mask = mac("mask", Integer.toString(i), seal);
            }
            masked[i] ^= mask[i % 32];
        }
        return masked;
    }

    private static byte[] mac(String purpose, String list, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            mac.update((purpose + "\n" + list + "\n").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(text);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
