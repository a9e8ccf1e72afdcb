package dev.slipway.provider.aws;

import java.util.Map;

/** The way to an account's private image registry with the credentials of a provider configuration. */
public final class EcrLogin implements AutoCloseable {
    private EcrLogin() {}

    /**
     * @param config the provider's configuration keys without the package name: {@code region}, {@code endpoint}, {@code accessKey},
     *     {@code secretKey}, {@code sessionToken}, {@code profile}; absent ones take the provider's defaults
     * @throws dev.slipway.protocol.ProviderException with every mistake of the configuration
     */
    public static EcrLogin open(ProviderEnvironment environment, Map<String, String> config) {
        throw new UnsupportedOperationException("being built");
    }

    /** Asks ECR for a password of this account's registry (GetAuthorizationToken). */
    public RegistryLogin login() {
        throw new UnsupportedOperationException("being built");
    }

    /** The account whose credentials these are, twelve digits. */
    public String account() {
        throw new UnsupportedOperationException("being built");
    }

    /** @return true when the repository was made now */
    public boolean createRepositoryIfMissing(String repository) {
        throw new UnsupportedOperationException("being built");
    }

    @Override
    public void close() {}
}
