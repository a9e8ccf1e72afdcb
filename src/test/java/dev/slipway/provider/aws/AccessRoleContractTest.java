package dev.slipway.provider.aws;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.provider.ResourceHandlerContract;
import java.util.List;

class AccessRoleContractTest extends ResourceHandlerContract {
    @Override
    protected ResourceProvider configuredProvider() {
        return new FakeAws().provider();
    }

    @Override
    protected String type() {
        return "slipway:index:AccessRole";
    }

    @Override
    protected PropertyMap inputs() {
        return PropertyMap.of("repositories", repositories("111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:1"))
                .with("tags", PropertyMap.of("team", PropertyValue.of("blue")));
    }

    @Override
    protected PropertyMap changedInputs() {
        return PropertyMap.of(
                        "repositories",
                        repositories(
                                "arn:aws:ecr:us-east-1:111122223333:repository/team/app",
                                "444455556666.dkr.ecr.eu-west-1.amazonaws.com/other@sha256:" + "a".repeat(64)))
                .with("tags", PropertyMap.of("team", PropertyValue.of("red")));
    }

    @Override
    protected PropertyMap replacingInputs() {
        return inputs().with("roleName", PropertyValue.of("another"));
    }

    @Override
    protected String secretProperty() {
        return "tags";
    }

    private static PropertyValue repositories(String... names) {
        return PropertyValue.of(List.of(names).stream().map(PropertyValue::of).toList());
    }
}
