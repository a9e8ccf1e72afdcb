package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.testing.TestCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apprunner.model.OperationSummary;
import software.amazon.awssdk.services.apprunner.model.OperationType;

/** A service through the SDK's real clients, against a cloud that really runs it. */
final class ServiceOnCloudIT {
    private static final Urn SERVICE = FakeAws.urn("Service", "hello");
    private static final PropertyMap PLAIN = PropertyMap.of("serviceName", PropertyValue.of("hello"))
            .with("image", PropertyValue.of("public.ecr.aws/slipway/hello:latest"))
            .with("scaling", PropertyMap.of("maxSize", PropertyValue.of(2)));

    @Test
    void isMadeChangedPausedDeployedAgainAndDeleted(@TempDir Path directory) throws IOException {
        try (TestCloud cloud = TestCloud.start(directory);
                ResourceProvider provider = OnCloud.provider(cloud, FakeAws.ACCOUNT);
                SdkClients clients = OnCloud.clients(cloud, FakeAws.ACCOUNT)) {
            var life = new Life(provider, SERVICE);
            life.create(PLAIN.with("environment", PropertyMap.of("GREETING", PropertyValue.of("hello")))
                    .with("redeployOn", PropertyMap.of("version", PropertyValue.of("1"))));
            assertThat(life.outputs.text("deployedDigest"))
                    .hasValueSatisfying(digest -> assertThat(digest).startsWith("sha256:"));
            life.isAsRecorded();

            life.update(PLAIN.with("redeployOn", PropertyMap.of("version", PropertyValue.of("2")))
                    .with("network", PropertyMap.of("ipAddressType", PropertyValue.of("DUAL_STACK"))));
            assertThat(life.outputs.get("environment")).isEmpty();
            life.isAsRecorded();

            life.update(life.inputs.with("paused", PropertyValue.of(true)));
            assertThat(life.outputs.text("status")).hasValue("PAUSED");
            life.isAsRecorded();

            life.update(life.inputs.with("tags", PropertyMap.of("team", PropertyValue.of("blue"))));
            life.isAsRecorded();
            assertThat(types(clients, life.id))
                    .as("tags start no operation")
                    .containsExactly(
                            OperationType.PAUSE_SERVICE,
                            OperationType.START_DEPLOYMENT,
                            OperationType.UPDATE_SERVICE,
                            OperationType.CREATE_SERVICE);

            life.update(life.inputs.with("paused", PropertyValue.of(false)).with("port", PropertyValue.of(9000)));
            assertThat(life.outputs.text("status")).hasValue("RUNNING");
            life.isAsRecorded();

            life.delete();
            assertThat(clients.appRunner()
                            .listAutoScalingConfigurations(all -> all.autoScalingConfigurationName("hello"))
                            .autoScalingConfigurationSummaryList())
                    .isEmpty();
        }
    }

    private static List<OperationType> types(SdkClients clients, String arn) {
        return clients.appRunner().listOperations(list -> list.serviceArn(arn)).operationSummaryList().stream()
                .map(OperationSummary::type)
                .toList();
    }
}
