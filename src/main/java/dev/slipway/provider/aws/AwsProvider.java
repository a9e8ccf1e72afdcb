package dev.slipway.provider.aws;

import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.provider.HandlerProvider;

/** The provider of package {@code slipway}: {@code Service}, {@code AccessRole} and {@code RepositoryPolicy} through the AWS SDK. */
public final class AwsProvider {
    /** The name of the package, first part of its type tokens. */
    public static final String PACKAGE = "slipway";

    private AwsProvider() {}

    /** A new provider, not yet configured. */
    public static ResourceProvider create(ProviderEnvironment environment, ProviderHost host) {
        return new HandlerProvider(
                new AwsConfiguration(
                        environment, host, settings -> new SdkClients(settings, environment.environmentVariables())),
                host);
    }
}
