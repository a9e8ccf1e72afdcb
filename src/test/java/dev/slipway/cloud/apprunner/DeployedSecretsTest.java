package dev.slipway.cloud.apprunner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.apprunner.model.CreateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.CreateServiceResponse;
import software.amazon.awssdk.services.apprunner.model.ImageConfiguration;
import software.amazon.awssdk.services.apprunner.model.ImageRepository;
import software.amazon.awssdk.services.apprunner.model.InstanceConfiguration;
import software.amazon.awssdk.services.apprunner.model.PauseServiceRequest;
import software.amazon.awssdk.services.apprunner.model.PauseServiceResponse;
import software.amazon.awssdk.services.apprunner.model.ResumeServiceRequest;
import software.amazon.awssdk.services.apprunner.model.ResumeServiceResponse;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.SourceConfiguration;
import software.amazon.awssdk.services.apprunner.model.StartDeploymentRequest;
import software.amazon.awssdk.services.apprunner.model.StartDeploymentResponse;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceResponse;

/** What becomes of {@code RuntimeEnvironmentSecrets}: read when a version is deployed, and only then. */
@Timeout(60)
final class DeployedSecretsTest {
    private static final String IMAGE = "public.ecr.aws/slipway/hello:latest";
    private static final String REFERENCE = "arn:aws:secretsmanager:us-east-1:111122223333:secret:greeting-AbCdEf";

    @AutoClose
    private final Fixture cloud = new Fixture(IMAGE);

    @BeforeEach
    void start() {
        cloud.secrets.put(REFERENCE, "hush");
    }

    private Service create() {
        return cloud.call(
                        "CreateService",
                        CreateServiceRequest.builder()
                                .serviceName("hello")
                                .sourceConfiguration(source(Map.of("GREETING", REFERENCE)))
                                .instanceConfiguration(InstanceConfiguration.builder()
                                        .instanceRoleArn(Fixture.ROLE)
                                        .build())
                                .build(),
                        CreateServiceResponse.class)
                .service();
    }

    private static SourceConfiguration source(Map<String, String> secrets) {
        return SourceConfiguration.builder()
                .imageRepository(ImageRepository.builder()
                        .imageIdentifier(IMAGE)
                        .imageRepositoryType("ECR_PUBLIC")
                        .imageConfiguration(ImageConfiguration.builder()
                                .runtimeEnvironmentSecrets(secrets)
                                .build())
                        .build())
                .build();
    }

    private Service running() {
        Service service = create();
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("RUNNING");
        return service;
    }

    private void deploy(Service service) {
        cloud.call(
                "StartDeployment",
                StartDeploymentRequest.builder()
                        .serviceArn(service.serviceArn())
                        .build(),
                StartDeploymentResponse.class);
        cloud.settle(service.serviceArn());
    }

    private Map<String, String> named(Service service) {
        return cloud.describe(service.serviceArn())
                .sourceConfiguration()
                .imageRepository()
                .imageConfiguration()
                .runtimeEnvironmentSecrets();
    }

    @Test
    void theApplicationGetsTheValueAndNobodyElse() throws Exception {
        Service service = running();
        assertThat(cloud.get(service, "/").body()).isEqualTo("one hush");
        assertThat(named(service)).containsExactly(Map.entry("GREETING", REFERENCE));
        assertThat(cloud.describe(service.serviceArn()).toString()).doesNotContain("hush");
        assertThat(cloud.logs).noneSatisfy(line -> assertThat(line.text()).contains("hush"));
    }

    @Test
    void aSecretThatIsNotThereFailsTheCreationWithTheReason() {
        cloud.secrets.clear();
        Service service = create();
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("CREATE_FAILED");
        assertThat(cloud.events()).anySatisfy(event -> assertThat(event)
                .contains("Failed to read the secret " + REFERENCE, "GREETING", Fixture.ROLE)
                .contains("Secrets Manager can't find the specified secret."));
        assertThat(cloud.runtime.started).isEmpty();
        assertThat(cloud.images.pulls).isEmpty();
    }

    @Test
    void aChangedSecretIsSeenByTheNextDeploymentAndNotBefore() throws Exception {
        Service service = running();
        cloud.secrets.put(REFERENCE, "changed");
        cloud.runtime.running().get(0).crash(1);
        cloud.driveUntil(() ->
                cloud.runtime.started.size() == 2 && cloud.runtime.running().size() == 1);
        cloud.driveFor(Duration.ofSeconds(1));
        assertThat(cloud.get(service, "/").body()).isEqualTo("one hush");
        cloud.restart();
        cloud.driveFor(Duration.ofSeconds(1));
        assertThat(cloud.get(service, "/").body()).isEqualTo("one hush");
        deploy(service);
        assertThat(cloud.get(service, "/").body()).isEqualTo("one changed");
    }

    @Test
    void aPausedServiceComesBackWithWhatItHad() throws Exception {
        Service service = running();
        cloud.call(
                "PauseService",
                PauseServiceRequest.builder().serviceArn(service.serviceArn()).build(),
                PauseServiceResponse.class);
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("PAUSED");
        cloud.secrets.clear();
        cloud.call(
                "ResumeService",
                ResumeServiceRequest.builder().serviceArn(service.serviceArn()).build(),
                ResumeServiceResponse.class);
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("RUNNING");
        assertThat(cloud.get(service, "/").body()).isEqualTo("one hush");
    }

    @Test
    void aDeploymentThatMayNoLongerReadRollsBack() throws Exception {
        Service service = running();
        cloud.secrets.clear();
        deploy(service);
        assertThat(cloud.newestOperation(service.serviceArn()).statusAsString()).isEqualTo("ROLLBACK_SUCCEEDED");
        assertThat(cloud.get(service, "/").body()).isEqualTo("one hush");
    }

    @Test
    void anEmptyMapTakesTheSecretsAway() throws Exception {
        Service service = running();
        cloud.call(
                "UpdateService",
                UpdateServiceRequest.builder()
                        .serviceArn(service.serviceArn())
                        .sourceConfiguration(source(Map.of()))
                        .build(),
                UpdateServiceResponse.class);
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("RUNNING");
        assertThat(named(service)).isEmpty();
        assertThat(cloud.get(service, "/").body()).isEqualTo("one null");
    }
}
