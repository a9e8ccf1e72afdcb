package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.testing.TestCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is beside a service, through the SDK's real clients, against a cloud that judges every call. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RolesAndRepositoriesIT {
    private static final String LIFECYCLE = """
            {"rules": [{"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan",
             "countNumber": 3}, "action": {"type": "expire"}}]}""";

    private TestCloud cloud;
    private ResourceProvider provider;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        cloud = TestCloud.start(directory);
        provider = OnCloud.provider(cloud, FakeAws.ACCOUNT);
    }

    @AfterAll
    void stop() {
        provider.close();
        cloud.close();
    }

    @Test
    void aRepositoryIsMadeChangedAndDeleted() {
        var life = new Life(provider, FakeAws.urn("Repository", "app"));
        life.create(PropertyMap.of("repositoryName", text("team/app"))
                .with("scanOnPush", PropertyValue.of(true))
                .with("lifecyclePolicy", text(LIFECYCLE))
                .with("tags", PropertyMap.of("team", text("blue"))));
        life.isAsRecorded();
        life.update(PropertyMap.of("repositoryName", text("team/app"))
                .with("scanOnPush", PropertyValue.of(false))
                .with("imageTagMutability", text("IMMUTABLE"))
                .with("tags", PropertyMap.of("owner", text("me"))));
        assertThat(life.outputs.get("lifecyclePolicy")).isEmpty();
        life.isAsRecorded();
        life.delete();
    }

    @Test
    void anInstanceRoleIsMadeChangedAndDeleted() {
        var life = new Life(provider, FakeAws.urn("InstanceRole", "runner"));
        life.create(PropertyMap.of("roleName", text("runner"))
                .with("statements", statements("secretsmanager:GetSecretValue"))
                .with(
                        "managedPolicyArns",
                        texts("arn:aws:iam::aws:policy/service-role/AWSAppRunnerServicePolicyForECRAccess"))
                .with("permissionsBoundary", text("arn:aws:iam::aws:policy/PowerUserAccess"))
                .with("path", text("/apps/")));
        life.isAsRecorded();
        life.update(PropertyMap.of("roleName", text("runner"))
                .with("statements", statements("ssm:GetParameters"))
                .with("path", text("/apps/"))
                .with("tags", PropertyMap.of("team", text("blue"))));
        assertThat(life.outputs.get("permissionsBoundary")).isEmpty();
        assertThat(life.outputs.get("managedPolicyArns")).isEmpty();
        life.isAsRecorded();
        life.delete();
    }

    @Test
    void anAccessRoleIsMadeUsedByAnotherStackAndDeleted() {
        PropertyMap inputs = PropertyMap.of("roleName", text("puller"))
                .with("repositories", texts("111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:1"));
        var life = new Life(provider, FakeAws.urn("AccessRole", "puller"));
        life.create(inputs.with("permissionsBoundary", text("arn:aws:iam::aws:policy/PowerUserAccess")));
        life.isAsRecorded();
        var other = new Life(provider, FakeAws.urn("AccessRole", "theirs"));
        other.create(inputs.with("existing", PropertyValue.of(true)));
        other.isAsRecorded();
        assertThat(other.outputs.text("arn")).isEqualTo(life.outputs.text("arn"));
        life.update(inputs);
        life.isAsRecorded();
        life.delete();
    }

    private static PropertyValue statements(String action) {
        return PropertyValue.of(List.of(PropertyMap.of("actions", texts(action)).with("resources", texts("*"))));
    }

    private static PropertyValue text(String value) {
        return PropertyValue.of(value);
    }

    private static PropertyValue texts(String... texts) {
        return PropertyValue.of(List.of(texts).stream().map(PropertyValue::of).toList());
    }
}
