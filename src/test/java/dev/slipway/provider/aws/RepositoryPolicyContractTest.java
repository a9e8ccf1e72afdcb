package dev.slipway.provider.aws;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.provider.ResourceHandlerContract;
import java.util.List;

class RepositoryPolicyContractTest extends ResourceHandlerContract {
    @Override
    protected ResourceProvider configuredProvider() {
        return new FakeAws().provider();
    }

    @Override
    protected String type() {
        return "slipway:index:RepositoryPolicy";
    }

    @Override
    protected PropertyMap inputs() {
        return PropertyMap.of("repository", PropertyValue.of("111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:1"))
                .with("principals", principals("arn:aws:iam::444455556666:role/puller"));
    }

    @Override
    protected PropertyMap changedInputs() {
        return inputs().with(
                        "principals",
                        principals("arn:aws:iam::444455556666:role/puller", "arn:aws:iam::444455556666:role/a/second"));
    }

    @Override
    protected PropertyMap replacingInputs() {
        return inputs().with("sid", PropertyValue.of("Another"));
    }

    @Override
    protected String secretProperty() {
        return "principals";
    }

    private static PropertyValue principals(String... arns) {
        return PropertyValue.of(List.of(arns).stream().map(PropertyValue::of).toList());
    }
}
