package dev.slipway.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class PassphraseSecretsTest {
    /** Pulumi's own test vector. */
    private static final String STATE = "v1:fozI5u6B030=:v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==";

    @Test
    void opensWhatPulumiSealed() {
        PassphraseSecrets secrets = PassphraseSecrets.fromSalt(STATE, "password");
        assertThat(secrets.state()).isEqualTo(STATE);
        String sealed = secrets.encrypt("grüße");
        assertThat(secrets.decrypt(sealed)).isEqualTo("grüße");
        assertThat(secrets.encrypt("grüße")).isNotEqualTo(sealed);
        assertThatThrownBy(() -> secrets.decrypt("v1:F+6ZduKKd8G0/V7L:AAAAeIzwobWRKmEAzUdaQHqC5mMRIQ=="))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("can't be decrypted");
    }

    @Test
    void refusesAnotherPassphrase() {
        assertThatThrownBy(() -> PassphraseSecrets.fromSalt(STATE, "passwort"))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("passphrase of this stack is wrong");
    }

    @Test
    void takesAnEmptyPassphrase() {
        PassphraseSecrets made = PassphraseSecrets.create("", new Random(3));
        String sealed = made.encrypt("x");
        assertThat(PassphraseSecrets.fromSalt(made.state(), "").decrypt(sealed)).isEqualTo("x");
    }
}
