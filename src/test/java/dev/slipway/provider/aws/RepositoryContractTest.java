package dev.slipway.provider.aws;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.provider.ResourceHandlerContract;
import java.util.List;

class RepositoryContractTest extends ResourceHandlerContract {
    private static final String LIFECYCLE = """
            {"rules": [{"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan",
            "countNumber": 10}, "action": {"type": "expire"}}]}""";

    @Override
    protected ResourceProvider configuredProvider() {
        return new FakeAws().provider();
    }

    @Override
    protected String type() {
        return "slipway:index:Repository";
    }

    @Override
    protected PropertyMap inputs() {
        return PropertyMap.of("imageTagMutability", PropertyValue.of("MUTABLE"))
                .with("lifecyclePolicy", PropertyValue.of(LIFECYCLE))
                .with("tags", PropertyMap.of("team", PropertyValue.of("blue")));
    }

    @Override
    protected PropertyMap changedInputs() {
        return PropertyMap.of("imageTagMutability", PropertyValue.of("IMMUTABLE_WITH_EXCLUSION"))
                .with("imageTagMutabilityExclusionFilters", PropertyValue.of(List.of(PropertyValue.of("latest*"))))
                .with("scanOnPush", PropertyValue.of(true))
                .with("tags", PropertyMap.of("owner", PropertyValue.of("me")));
    }

    @Override
    protected PropertyMap replacingInputs() {
        return inputs().with("repositoryName", PropertyValue.of("another/one"));
    }

    @Override
    protected String secretProperty() {
        return "tags";
    }

    @Override
    protected boolean requiresSomething() {
        return false;
    }
}
