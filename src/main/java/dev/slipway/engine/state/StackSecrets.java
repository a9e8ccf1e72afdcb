package dev.slipway.engine.state;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of one stack. The passphrase is asked for, and its key derived, only when the first secret is met; a stack without secrets
 * needs neither. Keeps the ciphertext of every secret it has seen, so that an unchanged secret is written as it was. Thread-safe.
 */
public final class StackSecrets {
    private final Supplier<Optional<String>> passphrase;
    private final RandomGenerator random;
    private final Map<String, String> known = new ConcurrentHashMap<>();
    private @Nullable String state;
    private @Nullable PassphraseSecrets secrets;

    /**
     * @param salt {@code encryptionsalt} of the stack's file; empty when the file has none
     * @param passphrase what PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE gives; empty when neither is set
     * @param random unpredictable outside tests ({@link java.security.SecureRandom})
     */
    public StackSecrets(Optional<String> salt, Supplier<Optional<String>> passphrase, RandomGenerator random) {
        this.state = salt.orElse(null);
        this.passphrase = passphrase;
        this.random = random;
    }

    /** For reading another stack with the same passphrase: it has its own salt. */
    public StackSecrets ofAnotherStack() {
        return new StackSecrets(Optional.empty(), passphrase, random);
    }

    /**
     * Fails unless a secret could be written: called before a step whose result would hold one.
     *
     * @throws StateException when there is no passphrase
     */
    public synchronized void requirePassphrase() {
        if (secrets == null && passphrase.get().isEmpty()) {
            throw new StateException(
                    "This stack holds a secret, and there is no passphrase to encrypt or decrypt it with."
                            + " Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE to a file that holds the passphrase.");
        }
    }

    /**
     * Encrypts a value of the stack's configuration file; the salt to write beside it is then {@link #state()}.
     *
     * @throws StateException when there is no passphrase, or a wrong one
     */
    public String encrypt(String clear) {
        return secrets().encrypt(clear);
    }

    /** @throws StateException when there is no passphrase, or a wrong one, or the text was encrypted with another */
    public String decrypt(String ciphertext) {
        return secrets().decrypt(ciphertext);
    }

    /** What the snapshot records as the state of its secrets provider; empty when no secret was met. */
    public synchronized Optional<String> state() {
        return Optional.ofNullable(state);
    }

    /** Takes over the salt that a recorded state names; the recorded one wins over the stack file's. */
    synchronized void adopt(String recorded) {
        if (secrets == null) {
            state = recorded;
        } else if (!recorded.equals(state)) {
            throw new StateException(
                    "The recorded state of this stack was encrypted with another salt than its configuration file"
                            + " says. Copy the salt of the state (`secrets_providers.state.salt`) to `encryptionsalt`.");
        }
    }

    /** {@code owner} is the resource: equal secrets of two resources do not show as equal. */
    String encrypt(String owner, String clear) {
        return known.computeIfAbsent(owner + "\n" + clear, key -> secrets().encrypt(clear));
    }

    String decrypt(String owner, String ciphertext) {
        String clear = secrets().decrypt(ciphertext);
        known.put(owner + "\n" + clear, ciphertext);
        return clear;
    }

    private synchronized PassphraseSecrets secrets() {
        if (secrets == null) {
            requirePassphrase();
            String word = passphrase.get().orElseThrow();
            secrets = state == null
                    ? PassphraseSecrets.create(word, random)
                    : PassphraseSecrets.fromSalt(state, word, random);
            state = secrets.state();
        }
        return secrets;
    }
}
