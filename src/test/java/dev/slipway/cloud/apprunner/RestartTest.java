package dev.slipway.cloud.apprunner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.apprunner.model.CreateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.CreateServiceResponse;
import software.amazon.awssdk.services.apprunner.model.DeleteServiceRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteServiceResponse;
import software.amazon.awssdk.services.apprunner.model.PauseServiceRequest;
import software.amazon.awssdk.services.apprunner.model.PauseServiceResponse;
import software.amazon.awssdk.services.apprunner.model.ResumeServiceRequest;
import software.amazon.awssdk.services.apprunner.model.ResumeServiceResponse;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceResponse;

/** What the next process over the same records makes of services. */
@Timeout(60)
final class RestartTest {
    private static final String IMAGE = "public.ecr.aws/slipway/hello:latest";
    private static final String PRIVATE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:prod";

    @AutoClose
    private final Fixture cloud = new Fixture();

    @Test
    void aPushThatWaitsIsDeployedByTheNextProcessOnce() throws Exception {
        cloud.images.put(PRIVATE, "ok:v1");
        Service service = create(PRIVATE);
        cloud.settle(service.serviceArn());
        update(service, PRIVATE, "new");
        cloud.appRunner.tick();
        cloud.images.put(PRIVATE, "ok:v2");
        push();
        cloud.restart();
        cloud.settle(service.serviceArn());
        cloud.driveUntil(
                () -> cloud.newestOperation(service.serviceArn()).typeAsString().equals("START_DEPLOYMENT"));
        cloud.settle(service.serviceArn());
        assertThat(cloud.get(service, "/").body()).isEqualTo("v2 new");
        cloud.restart();
        cloud.driveFor(Duration.ofSeconds(2));
        assertThat(cloud.operations(service.serviceArn()))
                .containsExactly("START_DEPLOYMENT", "UPDATE_SERVICE", "CREATE_SERVICE");
    }

    @Test
    void aPushDuringAPauseIsForgottenByItsEnd() {
        cloud.images.put(PRIVATE, "ok:v1");
        Service service = create(PRIVATE);
        String arn = service.serviceArn();
        cloud.settle(arn);
        cloud.call("PauseService", PauseServiceRequest.builder().serviceArn(arn).build(), PauseServiceResponse.class);
        push();
        assertThat(cloud.settle(arn)).isEqualTo("PAUSED");
        cloud.driveFor(Duration.ofSeconds(1));
        cloud.call(
                "ResumeService", ResumeServiceRequest.builder().serviceArn(arn).build(), ResumeServiceResponse.class);
        assertThat(cloud.settle(arn)).isEqualTo("RUNNING");
        cloud.driveFor(Duration.ofSeconds(1));
        assertThat(cloud.operations(arn)).containsExactly("RESUME_SERVICE", "PAUSE_SERVICE", "CREATE_SERVICE");
    }

    @Test
    void aServiceWhoseImageIsLostIsCuredByAnUpdateAndCanBeDeleted() throws Exception {
        cloud.images.put(IMAGE, "ok:one");
        Service service = create(IMAGE);
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("RUNNING");
        String arn = service.serviceArn();
        cloud.images.forget();
        cloud.restart();
        cloud.driveUntil(() -> cloud.events().stream().anyMatch(event -> event.contains("could not be started again")));
        cloud.images.put(IMAGE, "ok:again");
        update(service, IMAGE, "hi");
        assertThat(cloud.settle(arn)).isEqualTo("RUNNING");
        assertThat(cloud.get(service, "/").body()).isEqualTo("again hi");
        cloud.images.forget();
        cloud.restart();
        cloud.driveFor(Duration.ofSeconds(1));
        cloud.call(
                "DeleteService", DeleteServiceRequest.builder().serviceArn(arn).build(), DeleteServiceResponse.class);
        assertThat(cloud.settle(arn)).isEqualTo("DELETED");
    }

    private Service create(String image) {
        var request = CreateServiceRequest.builder()
                .serviceName("hello")
                .sourceConfiguration(ServiceLifecycleTest.source(image, Fixture.greeting("hi")));
        return cloud.call("CreateService", request.build(), CreateServiceResponse.class)
                .service();
    }

    private void update(Service service, String image, String greeting) {
        var request = UpdateServiceRequest.builder()
                .serviceArn(service.serviceArn())
                .sourceConfiguration(ServiceLifecycleTest.source(image, Fixture.greeting(greeting)));
        cloud.call("UpdateService", request.build(), UpdateServiceResponse.class);
    }

    private void push() {
        cloud.appRunner.onPush(Fixture.ACCOUNT, "us-east-1", "team/app", "prod", FakeImages.digest("any"));
    }
}
