package dev.slipway.provider.aws;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;

/**
 * What a client of an ECR registry says to log in (HTTP basic authentication).
 *
 * @param registry the registry's address as ECR answers it ({@code proxyEndpoint})
 * @param expiresAt when the password ends; ECR gives twelve hours
 */
public record RegistryLogin(URI registry, String username, String password, Instant expiresAt) {
    public RegistryLogin {
        Objects.requireNonNull(registry, "registry is null");
        Objects.requireNonNull(username, "username is null");
        Objects.requireNonNull(password, "password is null");
        Objects.requireNonNull(expiresAt, "expiresAt is null");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RegistryLogin[" + registry + ", " + username + ", expires " + expiresAt + "]";
    }
}
