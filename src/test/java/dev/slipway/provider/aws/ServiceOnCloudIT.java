package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import dev.slipway.testing.TestCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                ResourceProvider provider = provider(cloud);
                SdkClients clients = clients(cloud)) {
            var life = new Life(provider);
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

    private static NamedEndpoint endpoint(TestCloud cloud) {
        return new NamedEndpoint(cloud.endpoint(), Optional.of(FakeAws.ACCOUNT), Optional.of("any"));
    }

    private static ResourceProvider provider(TestCloud cloud) {
        var environment = new ProviderEnvironment(
                Map.of("here", endpoint(cloud)), "here", InstantSource.system(), Pause.real(), Map.of());
        ResourceProvider provider = AwsProvider.create(environment, ProviderHost.SILENT);
        provider.configure(PropertyMap.EMPTY);
        return provider;
    }

    private static SdkClients clients(TestCloud cloud) {
        return new SdkClients(
                new AwsSettings(Optional.of(endpoint(cloud)), FakeAws.REGION, FakeAws.ACCOUNT, "any", null, null),
                Map.of());
    }

    /** One resource, from its creation to its end, as an engine drives it. */
    private static final class Life {
        private final ResourceProvider provider;
        private String id = "";
        private PropertyMap inputs = PropertyMap.EMPTY;
        private PropertyMap outputs = PropertyMap.EMPTY;

        Life(ResourceProvider provider) {
            this.provider = provider;
        }

        void create(PropertyMap news) {
            inputs = checked(news, Optional.empty());
            CreateResponse made = provider.create(new CreateRequest(SERVICE, inputs, Optional.empty(), false));
            id = made.id();
            outputs = made.outputs();
        }

        void update(PropertyMap news) {
            PropertyMap checked = checked(news, Optional.of(inputs));
            assertThat(provider.diff(new DiffRequest(id, SERVICE, inputs, outputs, checked, List.of()))
                            .changes())
                    .isTrue();
            outputs = provider.update(new UpdateRequest(
                            id, SERVICE, inputs, outputs, checked, List.of(), Optional.empty(), false))
                    .outputs();
            inputs = checked;
        }

        void isAsRecorded() {
            var read = provider.read(new ReadRequest(id, SERVICE, inputs, outputs, Optional.empty()));
            assertThat(read.outputs()).isEqualTo(outputs);
            assertThat(read.inputs()).isEqualTo(inputs);
            assertThat(provider.diff(new DiffRequest(id, SERVICE, inputs, read.outputs(), inputs, List.of()))
                            .diffs())
                    .isEmpty();
        }

        void delete() {
            provider.delete(new DeleteRequest(id, SERVICE, inputs, outputs, Optional.empty()));
            assertThat(provider.read(new ReadRequest(id, SERVICE, inputs, outputs, Optional.empty()))
                            .gone())
                    .isTrue();
        }

        private PropertyMap checked(PropertyMap news, Optional<PropertyMap> olds) {
            CheckResponse response = provider.check(new CheckRequest(SERVICE, olds, news, "5eed".repeat(16)));
            assertThat(response.failures()).isEmpty();
            return response.inputs();
        }
    }
}
