package dev.slipway.provider.aws;

import dev.slipway.property.PropertyMap;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.provider.Handlers;

/** The handlers of the provider, for tests that look at what there is. */
public final class AwsHandlers {
    private AwsHandlers() {}

    /** What the provider itself can be given. */
    public static Class<? extends Record> configuration() {
        return ConfigInputs.class;
    }

    public static Handlers all() {
        var aws = new FakeAws();
        return new AwsConfiguration(aws.environment(), ProviderHost.SILENT, settings -> aws)
                .handlers(PropertyMap.EMPTY);
    }
}
