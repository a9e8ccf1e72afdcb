package dev.slipway.provider.aws;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.provider.ResourceHandlerContract;
import java.util.List;

class InstanceRoleContractTest extends ResourceHandlerContract {
    @Override
    protected ResourceProvider configuredProvider() {
        return new FakeAws().provider();
    }

    @Override
    protected String type() {
        return "slipway:index:InstanceRole";
    }

    @Override
    protected PropertyMap inputs() {
        return PropertyMap.of("statements", statements("secretsmanager:GetSecretValue"))
                .with("managedPolicyArns", texts("arn:aws:iam::111122223333:policy/theirs"))
                .with("permissionsBoundary", PropertyValue.of("arn:aws:iam::111122223333:policy/cap"))
                .with("path", PropertyValue.of("/apps/"))
                .with("tags", PropertyMap.of("team", PropertyValue.of("blue")));
    }

    @Override
    protected PropertyMap changedInputs() {
        return inputs().with("statements", statements("ssm:GetParameters"))
                .with("managedPolicyArns", texts("arn:aws:iam::111122223333:policy/mine"))
                .without("permissionsBoundary")
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

    @Override
    protected boolean requiresSomething() {
        return false;
    }

    private static PropertyValue statements(String action) {
        return PropertyValue.of(List.of(PropertyMap.of("actions", texts(action))
                .with("resources", texts("arn:aws:secretsmanager:us-east-1:111122223333:secret:token-AbCdEf"))
                .with(
                        "conditions",
                        PropertyMap.of("StringEquals", PropertyMap.of("aws:RequestedRegion", texts("us-east-1"))))));
    }

    private static PropertyValue texts(String... texts) {
        return PropertyValue.of(List.of(texts).stream().map(PropertyValue::of).toList());
    }
}
