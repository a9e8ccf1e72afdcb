package dev.slipway.cloud.secrets;

import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals values by AES-256-GCM with a key in a file that this user alone can read. That keeps values out of a journal that somebody
 * copies, mails or greps; it keeps nothing from whoever can read the key file too, which is everybody who runs as this user.
 * Thread-safe.
 */
public final class Vault {
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final String PROOF = "proof";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final RandomGenerator random;

    private Vault(byte[] key, RandomGenerator random) {
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /** Something sealed, to tell by whether a key is the one of before. Stored. */
    record Proof(String sealed) {}

    /**
     * The vault whose key is in {@code file}; the first call makes it.
     *
     * @param store holds what is sealed
     * @param random makes the key and the nonces; must not be predictable
     * @throws IOException when the file can't be read or made, holds no key, or another one than what is stored was sealed with
     */
    public static Vault open(Path file, Store store, RandomGenerator random) throws IOException {
        Table<Proof> proofs = store.table("vault", Proof.class);
        Optional<Proof> proof = proofs.get(PROOF);
        if (proof.isPresent() && !Files.exists(file)) {
            throw otherKey("the file " + file + " is missing");
        }
        Vault vault = open(file, random);
        if (proof.isEmpty()) {
            proofs.put(PROOF, new Proof(vault.seal(PROOF, PROOF)));
            return vault;
        }
        try {
            vault.open(PROOF, proof.get().sealed());
            return vault;
        } catch (IllegalStateException unfit) {
            throw otherKey("the file " + file + " holds another key");
        }
    }

    private static IOException otherKey(String what) {
        return new IOException(
                what + ", so no secret can be read. Put the key back with which they were sealed, or delete"
                        + " all data of the local cloud: `slipway local reset`.");
    }

    private static Vault open(Path file, RandomGenerator random) throws IOException {
        if (!Files.exists(file)) {
            byte[] key = new byte[KEY_BYTES];
            random.nextBytes(key);
            write(file, HexFormat.of().formatHex(key));
        }
        try {
            byte[] key = HexFormat.of()
                    .parseHex(Files.readString(file, StandardCharsets.US_ASCII).trim());
            if (key.length != KEY_BYTES) {
                throw new IOException("the file " + file + " does not hold a key of " + KEY_BYTES + " bytes");
            }
            return new Vault(key, random);
        } catch (IllegalArgumentException damaged) {
            throw new IOException("the file " + file + " does not hold a key in hexadecimal digits", damaged);
        }
    }

    /** On disk before it is used: a secret sealed with a key that a crash takes away would be lost. */
    private static void write(Path file, String text) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (FileOutputStream out = new FileOutputStream(unfinished.toFile())) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.getFD().sync();
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** @param place what the value belongs to; it can be opened there only */
    public String seal(String place, String value) {
        return seal(place, value.getBytes(StandardCharsets.UTF_8));
    }

    String seal(String place, byte[] value) {
        byte[] nonce = new byte[NONCE_BYTES];
        synchronized (random) {
            random.nextBytes(nonce);
        }
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, place, value);
        byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
        return Base64.getEncoder().encodeToString(both);
    }

    /** @throws IllegalStateException when it was sealed with another key or for another place */
    public String open(String place, String sealed) {
        return new String(openBytes(place, sealed), StandardCharsets.UTF_8);
    }

    byte[] openBytes(String place, String sealed) {
        byte[] both = Base64.getDecoder().decode(sealed);
        return run(
                Cipher.DECRYPT_MODE,
                Arrays.copyOf(both, NONCE_BYTES),
                place,
                Arrays.copyOfRange(both, NONCE_BYTES, both.length));
    }

    private byte[] run(int mode, byte[] nonce, String place, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException unfit) {
            // Without the input: it may be the secret.
            throw new IllegalStateException(
                    "the value of " + place + " can't be " + (mode == Cipher.ENCRYPT_MODE ? "sealed" : "opened")
                            + "; its key file may have been replaced",
                    unfit);
        }
    }
}
