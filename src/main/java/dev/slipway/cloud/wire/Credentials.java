package dev.slipway.cloud.wire;

import java.util.Optional;

/**
 * What a signature is checked against.
 *
 * @param secret the secret key; empty when any secret is accepted (the root of an account, named by its twelve digits)
 * @param sessionToken the token that must come with a temporary key
 */
public record Credentials(Caller caller, Optional<String> secret, Optional<String> sessionToken) {
    @Override
    public String toString() {
        return "Credentials[" + caller.accessKeyId() + "]";
    }
}
