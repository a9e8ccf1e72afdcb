package dev.slipway.provider.aws;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.provider.ResourceHandlerContract;
import java.util.Set;

class ServiceContractTest extends ResourceHandlerContract {
    @Override
    protected ResourceProvider configuredProvider() {
        return new FakeAws().provider();
    }

    @Override
    protected String type() {
        return "slipway:index:Service";
    }

    @Override
    protected PropertyMap inputs() {
        return PropertyMap.of("image", PropertyValue.of("public.ecr.aws/slipway/hello:latest"))
                .with("environment", PropertyMap.of("GREETING", PropertyValue.of("hello")))
                .with("cpu", PropertyValue.of("0.25 vCPU"))
                .with("memory", PropertyValue.of("0.5 GB"))
                .with(
                        "healthCheck",
                        PropertyMap.of("protocol", PropertyValue.of("HTTP")).with("path", PropertyValue.of("/healthz")))
                .with("scaling", PropertyMap.of("maxSize", PropertyValue.of(3)))
                .with("tags", PropertyMap.of("team", PropertyValue.of("blue")));
    }

    @Override
    protected PropertyMap changedInputs() {
        return inputs().with("environment", PropertyMap.of("GREETING", PropertyValue.of("good day")))
                .with("scaling", PropertyMap.of("maxSize", PropertyValue.of(4)))
                .with("tags", PropertyMap.of("owner", PropertyValue.of("me")));
    }

    @Override
    protected PropertyMap replacingInputs() {
        return inputs().with("serviceName", PropertyValue.of("another"));
    }

    @Override
    protected Set<String> memories() {
        return Set.of("deployedDigest");
    }

    @Override
    protected String secretProperty() {
        return "environment";
    }
}
