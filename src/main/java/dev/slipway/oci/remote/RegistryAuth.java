package dev.slipway.oci.remote;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What a client shows to a registry. */
public final class RegistryAuth {
    private static final RegistryAuth ANONYMOUS = new RegistryAuth(Optional.empty());

    private final Optional<String> basic;

    private RegistryAuth(Optional<String> basic) {
        this.basic = basic;
    }

    /** Nothing; a registry that hands out tokens to anyone (as ECR Public does) is asked for one. */
    public static RegistryAuth anonymous() {
        return ANONYMOUS;
    }

    /** A user name (for ECR: {@code AWS}) and a password. */
    public static RegistryAuth basic(String user, String password) {
        return new RegistryAuth(Optional.of("Basic "
                + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8))));
    }

    Optional<String> header() {
        return basic;
    }

    @Override
    public String toString() {
        return basic.isPresent() ? "RegistryAuth[basic]" : "RegistryAuth[anonymous]";
    }
}
