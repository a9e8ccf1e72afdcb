package dev.slipway.provider.aws;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.testing.TestCloud;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.AccessKey;

/** The provider, and clients of its own, for the root of one account of a cloud. */
final class OnCloud {
    private OnCloud() {}

    static ResourceProvider provider(TestCloud cloud, String account) {
        return provider(cloud, account, ProviderHost.SILENT);
    }

    static ResourceProvider provider(TestCloud cloud, String account, ProviderHost host) {
        var environment = new ProviderEnvironment(
                Map.of("here", endpoint(cloud, account)), "here", InstantSource.system(), Pause.real(), Map.of());
        ResourceProvider provider = AwsProvider.create(environment, host);
        provider.configure(PropertyMap.EMPTY);
        return provider;
    }

    /** A provider whose user assumes a role, perhaps of another account. */
    static ResourceProvider assuming(TestCloud cloud, AccessKey key, String role) {
        var environment = new ProviderEnvironment(
                Map.of("here", endpoint(cloud, FakeAws.ACCOUNT)),
                "here",
                InstantSource.system(),
                Pause.real(),
                Map.of());
        ResourceProvider provider = AwsProvider.create(environment, ProviderHost.SILENT);
        provider.configure(PropertyMap.of("assumeRoleArn", PropertyValue.of(role))
                .with("accessKey", PropertyValue.of(key.accessKeyId()))
                .with("secretKey", PropertyValue.of(key.secretAccessKey())));
        return provider;
    }

    static SdkClients clients(TestCloud cloud, String account) {
        return new SdkClients(
                new AwsSettings(
                        Optional.of(endpoint(cloud, account)), FakeAws.REGION, account, "any", null, null, null, null),
                Map.of());
    }

    private static NamedEndpoint endpoint(TestCloud cloud, String account) {
        return new NamedEndpoint(cloud.endpoint(), Optional.of(account), Optional.of("any"));
    }
}
