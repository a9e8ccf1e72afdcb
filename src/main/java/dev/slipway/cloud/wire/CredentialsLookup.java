package dev.slipway.cloud.wire;

import java.util.Optional;

/** Finds the secret behind an access key id. */
public interface CredentialsLookup {
    Optional<Credentials> find(String accessKeyId);
}
