package dev.slipway.engine.state;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Pulumi's passphrase encryption: AES-256-GCM under a key that PBKDF2-HMAC-SHA256 (1,000,000 rounds) derives from the passphrase and a
 * salt of 8 bytes. Making one takes about a second; thread-safe afterwards.
 */
public final class PassphraseSecrets {
    private static final String VERSION = "v1:";
    private static final String PROOF = "pulumi";
    private static final int ROUNDS = 1_000_000;
    private static final int SALT_BYTES = 8;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final String state;
    private final RandomGenerator random;

    private PassphraseSecrets(SecretKey key, String state, RandomGenerator random) {
        this.key = key;
        this.state = state;
        this.random = random;
    }

    /** For a stack that has no secret yet: a new salt. */
    public static PassphraseSecrets create(String passphrase) {
        return create(passphrase, new SecureRandom());
    }

    /** As {@link #create(String)}; {@code random} must be unpredictable outside tests. */
    public static PassphraseSecrets create(String passphrase, RandomGenerator random) {
        byte[] salt = bytes(random, SALT_BYTES);
        SecretKey key = derive(passphrase, salt);
        String proof = seal(key, PROOF, random);
        return new PassphraseSecrets(key, VERSION + base64(salt) + ":" + proof, random);
    }

    /**
     * For a stack that has secrets: {@code state} is {@code encryptionsalt} of its file, the same text as in its recorded state.
     *
     * @throws StateException when the passphrase is another one, or {@code state} is no such text
     */
    public static PassphraseSecrets fromSalt(String state, String passphrase) {
        return fromSalt(state, passphrase, new SecureRandom());
    }

    static PassphraseSecrets fromSalt(String state, String passphrase, RandomGenerator random) {
        String[] parts = state.split(":", 3);
        if (parts.length != 3 || !parts[0].equals("v1")) {
            throw new StateException(
                    "The encryption salt of this stack is not of the form v1:SALT:CIPHERTEXT; it must be copied whole.");
        }
        SecretKey key = derive(passphrase, unbase64(parts[1]));
        var secrets = new PassphraseSecrets(key, state, random);
        String proof;
        try {
            proof = secrets.open(parts[2]);
        } catch (GeneralSecurityException e) {
            throw wrongPassphrase(e);
        }
        if (!proof.equals(PROOF)) {
            throw wrongPassphrase(null);
        }
        return secrets;
    }

    /** What goes to {@code encryptionsalt} and to the recorded state: no secret. */
    public String state() {
        return state;
    }

    /** {@code v1:NONCE:CIPHERTEXT}, another one at every call. */
    public String encrypt(String clear) {
        return seal(key, clear, random);
    }

    /** @throws StateException when the text was not made with this key */
    public String decrypt(String ciphertext) {
        try {
            return open(ciphertext);
        } catch (AEADBadTagException e) {
            throw new StateException(
                    "A secret of this stack can't be decrypted: it was encrypted with another passphrase or salt, or was changed.",
                    e);
        } catch (GeneralSecurityException e) {
            throw new StateException("A secret of this stack can't be decrypted: " + e.getMessage(), e);
        }
    }

    private String open(String ciphertext) throws GeneralSecurityException {
        String[] parts = ciphertext.split(":", 3);
        if (parts.length != 3 || !parts[0].equals("v1")) {
            throw new StateException("A secret of this stack is not of the form v1:NONCE:CIPHERTEXT.");
        }
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, unbase64(parts[1])));
        return new String(cipher.doFinal(unbase64(parts[2])), StandardCharsets.UTF_8);
    }

    private static String seal(SecretKey key, String clear, RandomGenerator random) {
        byte[] nonce = bytes(random, NONCE_BYTES);
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            byte[] sealed = cipher.doFinal(clear.getBytes(StandardCharsets.UTF_8));
            return VERSION + base64(nonce) + ":" + base64(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is not available", e);
        }
    }

    /**
     * PBKDF2 by hand, because the JDK's own takes characters, and its treatment of an empty passphrase and of those outside ASCII differs
     * from Pulumi's UTF-8 bytes. One block of output is the whole key.
     */
    private static SecretKey derive(String passphrase, byte[] salt) {
        try {
            byte[] secret = passphrase.getBytes(StandardCharsets.UTF_8);
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, "HmacSHA256"));
            mac.update(salt);
            byte[] round = mac.doFinal(new byte[] {0, 0, 0, 1});
            byte[] sum = round.clone();
            for (int i = 1; i < ROUNDS; i++) {
                mac.update(round);
                mac.doFinal(round, 0);
                for (int b = 0; b < sum.length; b++) {
                    sum[b] ^= round[b];
                }
            }
            return new SecretKeySpec(sum, "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is not available", e);
        }
    }

    private static StateException wrongPassphrase(@Nullable Exception cause) {
        String message =
                "The passphrase of this stack is wrong. Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE to a"
                        + " file that holds it, to the one this stack was made with.";
        return cause == null ? new StateException(message) : new StateException(message, cause);
    }

    private static byte[] bytes(RandomGenerator random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] unbase64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new StateException(
                    "A secret or the encryption salt of this stack is not base64; it must be copied whole.", e);
        }
    }
}
