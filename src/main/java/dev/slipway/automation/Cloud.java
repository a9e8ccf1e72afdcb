package dev.slipway.automation;

import dev.slipway.cloud.CloudOptions;
import dev.slipway.cloud.LocalCloud;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ProviderLoader;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.provider.aws.AwsProvider;
import dev.slipway.provider.aws.NamedEndpoint;
import dev.slipway.provider.aws.Pause;
import dev.slipway.provider.aws.ProviderEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is deployed to: AWS, or a local cloud. */
final class Cloud implements ProviderLoader, AutoCloseable {
    private static final String LOCAL = "local";
    /** Whose root a program is in a local cloud when its configuration names no access key. */
    private static final String USUAL_ACCOUNT = "111122223333";

    private final @Nullable LocalCloud own;
    private final Optional<URI> endpoint;
    private final ProviderEnvironment environment;

    private Cloud(@Nullable LocalCloud own, Optional<URI> endpoint) {
        this.own = own;
        this.endpoint = endpoint;
        Map<String, NamedEndpoint> endpoints = endpoint.map(
                        uri -> Map.of(LOCAL, new NamedEndpoint(uri, Optional.of(USUAL_ACCOUNT), Optional.of(LOCAL))))
                .orElse(Map.of());
        this.environment = new ProviderEnvironment(
                endpoints,
                endpoint.isPresent() ? LOCAL : ProviderEnvironment.AWS,
                InstantSource.system(),
                Pause.real(),
                System.getenv());
    }

    static Cloud aws() {
        return new Cloud(null, Optional.empty());
    }

    static Cloud running(URI endpoint) {
        return new Cloud(null, Optional.of(endpoint));
    }

    static Cloud start(Path data) {
        try {
            LocalCloud cloud = LocalCloud.start(
                    new CloudOptions(data, 0, false, "auto", InstantSource.system(), new SecureRandom()));
            return new Cloud(cloud, Optional.of(URI.create("http://127.0.0.1:" + cloud.port())));
        } catch (IOException e) {
            throw new UncheckedIOException("the local cloud can't start: " + e.getMessage(), e);
        }
    }

    Optional<URI> endpoint() {
        return endpoint;
    }

    @Override
    public Optional<ResourceProvider> load(String packageName, ProviderHost host) {
        return packageName.equals(AwsProvider.PACKAGE)
                ? Optional.of(AwsProvider.create(environment, host))
                : Optional.empty();
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
