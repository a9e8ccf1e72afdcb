package dev.slipway.cloud.apprunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.wire.AwsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.apprunner.model.CreateAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.CreateAutoScalingConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.CreateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.CreateServiceResponse;
import software.amazon.awssdk.services.apprunner.model.DeleteServiceRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteServiceResponse;
import software.amazon.awssdk.services.apprunner.model.HealthCheckConfiguration;
import software.amazon.awssdk.services.apprunner.model.ImageConfiguration;
import software.amazon.awssdk.services.apprunner.model.ImageRepository;
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

/** Services from their creation to their end, with real requests through the real balancer. */
@Timeout(60)
final class ServiceLifecycleTest {
    private static final String IMAGE = "public.ecr.aws/slipway/hello:latest";
    private static final String PRIVATE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:prod";

    @AutoClose
    private final Fixture cloud = new Fixture(IMAGE);

    @Test
    void theEventsSayWhatInstancesCannotDoHere() throws Exception {
        cloud.runtime.notices = List.of("Instances reach no other machine.");
        cloud.settle(create(IMAGE).serviceArn());
        assertThat(cloud.events())
                .containsSubsequence(
                        "[AppRunner] Provisioning instances and deploying image for publicly accessible service.",
                        "[AppRunner] Instances reach no other machine.",
                        "[AppRunner] Performing health check on protocol `TCP` [Port: '8080'].");
    }

    @Test
    void aNewServiceServesAtItsUrl() throws Exception {
        Service service = create(IMAGE);
        assertThat(service.statusAsString()).isEqualTo("OPERATION_IN_PROGRESS");
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("RUNNING");
        assertThat(cloud.get(service, "/").body()).isEqualTo("one hi");
        assertThat(service.serviceUrl()).startsWith("127.").doesNotStartWith("127.0.0.");
        assertThat(cloud.newestOperation(service.serviceArn()).statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(cloud.events())
                .containsExactly(
                        "[AppRunner] Service creation started.",
                        "[AppRunner] Service status is set to OPERATION_IN_PROGRESS.",
                        "[AppRunner] Pulling image " + IMAGE + " from ECR repository.",
                        "[AppRunner] Successfully copied the image from ECR.",
                        "[AppRunner] Provisioning instances and deploying image for publicly accessible service.",
                        "[AppRunner] Performing health check on protocol `TCP` [Port: '8080'].",
                        "[AppRunner] Health check is successful. Routing traffic to application.",
                        "[AppRunner] Successfully routed incoming traffic to application.",
                        "[AppRunner] Service creation completed successfully.",
                        "[AppRunner] Service status is set to RUNNING.");
        FakeRuntime.FakeInstance instance = cloud.runtime.running().get(0);
        assertThat(instance.spec.environment()).containsEntry("PORT", "8080");
        assertThat(instance.spec.surroundings())
                .isEqualTo(new Fixture.Around(service.serviceArn(), null, instance.id()));
        assertThat(cloud.logs)
                .contains(new Fixture.LogLine(
                        "/aws/apprunner/hello/" + service.serviceId() + "/application",
                        "instance/" + instance.id(),
                        "starting ok:one"));
    }

    @Test
    void aProcessThatExitsFailsTheCreationWithItsCode() {
        cloud.images.put(IMAGE, "exit:3");
        Service service = create(IMAGE);
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("CREATE_FAILED");
        assertThat(cloud.events()).anySatisfy(event -> assertThat(event).contains("Container exit code: 3"));
        assertThat(cloud.newestOperation(service.serviceArn()).statusAsString()).isEqualTo("FAILED");
        assertThat(cloud.logs).anySatisfy(line -> assertThat(line.text()).isEqualTo("giving up"));
    }

    @Test
    void aWrongPortFailsTheCreationLongBeforeTheFiveMinutes() {
        cloud.images.put(IMAGE, "listen:9000");
        var before = cloud.clock.instant();
        Service service = create(IMAGE);
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("CREATE_FAILED");
        assertThat(Duration.between(before, cloud.clock.instant()))
                .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(20));
        assertThat(cloud.events())
                .anySatisfy(event -> assertThat(event).contains("The application listens on 9000, not on 8080"));
        assertThat(cloud.runtime.running()).isEmpty();
    }

    @Test
    void anApplicationThatListensToItselfOnlyIsToldSo() {
        cloud.images.put(IMAGE, "loopback:8080");
        Service service = create(IMAGE);
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("CREATE_FAILED");
        assertThat(cloud.events())
                .anySatisfy(event -> assertThat(event).contains("port 8080 of the loopback address only", "0.0.0.0"));
        assertThat(cloud.runtime.running()).isEmpty();
    }

    @Test
    void anotherPortOfTheLoopbackAddressIsNoMistake() {
        cloud.images.put(IMAGE, "loopback:9229");
        Service service = create(IMAGE);
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("CREATE_FAILED");
        assertThat(cloud.events())
                .anySatisfy(event -> assertThat(event).contains("It was not healthy 5 minutes after its start"));
    }

    @Test
    void aSilentApplicationFailsAfterFiveMinutes() {
        cloud.images.put(IMAGE, "deaf");
        var before = cloud.clock.instant();
        Service service = create(IMAGE);
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("CREATE_FAILED");
        assertThat(Duration.between(before, cloud.clock.instant())).isGreaterThan(Duration.ofMinutes(5));
    }

    @Test
    void aHealthPathThatIsNotThereFailsAfterTheThreshold() {
        cloud.images.put(IMAGE, "status:404");
        Service service = create(
                IMAGE,
                builder -> builder.healthCheckConfiguration(HealthCheckConfiguration.builder()
                        .protocol("HTTP")
                        .path("/healthz")
                        .build()));
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("CREATE_FAILED");
        assertThat(cloud.events())
                .anySatisfy(event -> assertThat(event).contains("`HTTP` [Path: '/healthz'], [Port: '8080']", "4xx"));
    }

    @Test
    void anImageForAnotherMachineIsNamedAsSuch() {
        cloud.images.put(IMAGE, "arm64");
        Service service = create(IMAGE);
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("CREATE_FAILED");
        assertThat(cloud.events()).anySatisfy(event -> assertThat(event).contains("Failure reason", "linux/arm64"));
    }

    @Test
    void aDeniedPullFailsTheCreationWithTheReason() {
        Service service = create("public.ecr.aws/slipway/missing:1");
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("CREATE_FAILED");
        String operation = cloud.newestOperation(service.serviceArn()).id().replace("-", "");
        assertThat(cloud.logs).anySatisfy(line -> {
            assertThat(line.stream()).isEqualTo("deployment/" + operation);
            assertThat(line.text()).contains("Failed to pull your application image. Reason: there is no image");
        });
        assertThat(cloud.events()).anySatisfy(event -> assertThat(event)
                .contains("Deployment with ID : " + operation + " failed. Failure reason : Failed to copy"));
    }

    @Test
    void anUpdateRepairsAFailedCreation() throws Exception {
        cloud.images.put(IMAGE, "exit:1");
        Service service = create(IMAGE);
        cloud.settle(service.serviceArn());
        cloud.images.put(IMAGE, "ok:repaired");
        update(UpdateServiceRequest.builder().serviceArn(service.serviceArn()));
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("RUNNING");
        assertThat(cloud.get(service, "/").body()).startsWith("repaired");
    }

    @Test
    void anUpdateReachesTheUserAndLosesNoRequest() throws Exception {
        Service service = running();
        var stop = new AtomicBoolean();
        List<String> answers = new ArrayList<>();
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                try {
                    var answer = cloud.get(service, "/");
                    answers.add(answer.statusCode() + " " + answer.body());
                } catch (Exception e) {
                    answers.add(e.toString());
                }
            }
        });
        for (int i = 0; i < 5; i++) {
            update(UpdateServiceRequest.builder()
                    .serviceArn(service.serviceArn())
                    .sourceConfiguration(source(IMAGE, Fixture.greeting("no " + i))));
            assertThat(cloud.settle(service.serviceArn())).isEqualTo("RUNNING");
            assertThat(cloud.get(service, "/").body()).isEqualTo("one no " + i);
        }
        stop.set(true);
        load.get(10, TimeUnit.SECONDS);
        assertThat(answers).isNotEmpty().allSatisfy(answer -> assertThat(answer).startsWith("200 one "));
        cloud.driveUntil(() -> cloud.runtime.running().size() == 1);
    }

    @Test
    void oldInstancesAnswerWhatTheyHaveBeforeTheyEnd() throws Exception {
        Service service = running();
        cloud.runtime.slow = new CountDownLatch(1);
        var old = cloud.runtime.running().get(0);
        var slow = CompletableFuture.supplyAsync(() -> {
            try {
                return cloud.get(service, "/slow").body();
            } catch (Exception e) {
                return e.toString();
            }
        });
        cloud.driveUntil(() -> cloud.appRunner.requestsInFlight() == 1);
        update(UpdateServiceRequest.builder()
                .serviceArn(service.serviceArn())
                .sourceConfiguration(source(IMAGE, Fixture.greeting("new"))));
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("RUNNING");
        assertThat(cloud.get(service, "/").body()).isEqualTo("one new");
        assertThat(old.exit).isNotDone();
        cloud.runtime.slow.countDown();
        assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo("one hi");
        cloud.driveUntil(old.exit::isDone);
    }

    @Test
    void aFailedUpdateRollsBackAndServesOn() throws Exception {
        Service service = running();
        cloud.images.put(IMAGE, "exit:9");
        update(UpdateServiceRequest.builder()
                .serviceArn(service.serviceArn())
                .sourceConfiguration(source(IMAGE, Fixture.greeting("never"))));
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("RUNNING");
        assertThat(cloud.newestOperation(service.serviceArn()).statusAsString()).isEqualTo("ROLLBACK_SUCCEEDED");
        assertThat(cloud.get(service, "/").body()).isEqualTo("one hi");
        assertThat(variables(service)).containsEntry("GREETING", "hi");
    }

    @Test
    void aResumedServiceRunsWhatWasDeployedBeforeThePause() throws Exception {
        Service service = running();
        String arn = service.serviceArn();
        cloud.call("PauseService", PauseServiceRequest.builder().serviceArn(arn).build(), PauseServiceResponse.class);
        assertThat(cloud.settle(arn)).isEqualTo("PAUSED");
        assertThat(cloud.runtime.running()).isEmpty();
        assertThat(cloud.get(service, "/").statusCode()).isEqualTo(503);
        assertThatThrownBy(() -> update(UpdateServiceRequest.builder()
                        .serviceArn(arn)
                        .sourceConfiguration(source(IMAGE, Fixture.greeting("x")))))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code()).isEqualTo("InvalidStateException"));
        cloud.images.put(IMAGE, "ok:two");
        cloud.call(
                "ResumeService", ResumeServiceRequest.builder().serviceArn(arn).build(), ResumeServiceResponse.class);
        assertThat(cloud.settle(arn)).isEqualTo("RUNNING");
        assertThat(cloud.get(service, "/").body()).isEqualTo("one hi");
    }

    @Test
    void aDeploymentFetchesWhatTheTagNamesNow() throws Exception {
        Service service = running();
        cloud.images.put(IMAGE, "ok:two");
        cloud.call(
                "StartDeployment",
                StartDeploymentRequest.builder()
                        .serviceArn(service.serviceArn())
                        .build(),
                StartDeploymentResponse.class);
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("RUNNING");
        assertThat(cloud.get(service, "/").body()).isEqualTo("two hi");
        assertThat(cloud.newestOperation(service.serviceArn()).typeAsString()).isEqualTo("START_DEPLOYMENT");
    }

    @Test
    void aPushDeploysByItselfWhereItMay() throws Exception {
        cloud.images.put(PRIVATE, "ok:v1");
        Service service = create(PRIVATE);
        cloud.settle(service.serviceArn());
        assertThat(service.sourceConfiguration().autoDeploymentsEnabled()).isTrue();
        cloud.images.put(PRIVATE, "ok:v2");
        push("us-east-1", "team/app", "other");
        push("eu-west-1", "team/app", "prod");
        push("us-east-1", "team/other", "prod");
        cloud.driveFor(Duration.ofSeconds(1));
        assertThat(cloud.get(service, "/").body()).startsWith("v1");
        push("us-east-1", "team/app", "prod");
        cloud.driveUntil(
                () -> cloud.newestOperation(service.serviceArn()).typeAsString().equals("START_DEPLOYMENT"));
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("RUNNING");
        assertThat(cloud.get(service, "/").body()).startsWith("v2");
        assertThat(cloud.images.pulls)
                .allSatisfy(pull -> assertThat(pull.accessRoleArn()).contains(Fixture.ROLE));
    }

    @Test
    void aPushDuringAnOperationIsDeployedAfterIt() throws Exception {
        cloud.images.put(PRIVATE, "ok:v1");
        Service service = create(PRIVATE);
        cloud.settle(service.serviceArn());
        update(UpdateServiceRequest.builder()
                .serviceArn(service.serviceArn())
                .sourceConfiguration(source(PRIVATE, Fixture.greeting("new"))));
        cloud.appRunner.tick();
        cloud.images.put(PRIVATE, "ok:v2");
        push("us-east-1", "team/app", "prod");
        cloud.driveUntil(
                () -> cloud.newestOperation(service.serviceArn()).typeAsString().equals("START_DEPLOYMENT"));
        cloud.settle(service.serviceArn());
        assertThat(cloud.get(service, "/").body()).isEqualTo("v2 new");
    }

    @Test
    void aDeletedServiceLeavesOnlyItsMemory() throws Exception {
        Service service = running();
        String arn = service.serviceArn();
        cloud.call(
                "DeleteService", DeleteServiceRequest.builder().serviceArn(arn).build(), DeleteServiceResponse.class);
        assertThat(cloud.settle(arn)).isEqualTo("DELETED");
        assertThat(cloud.describe(arn).deletedAt()).isNotNull();
        assertThat(cloud.runtime.running()).isEmpty();
        assertThat(cloud.bound).isEmpty();
        assertThat(cloud.images.has("ok:one"))
                .as("kept for the next service that wants it")
                .isTrue();
        assertThatThrownBy(() -> cloud.call(
                        "DeleteService",
                        DeleteServiceRequest.builder().serviceArn(arn).build(),
                        DeleteServiceResponse.class))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code()).isEqualTo("ResourceNotFoundException"));
        assertThat(cloud.settle(create(IMAGE).serviceArn())).isEqualTo("RUNNING");
    }

    @Test
    void aCrashedInstanceIsReplacedAtOnceAndThenWithPatience() throws Exception {
        Service service = running();
        cloud.runtime.running().get(0).crash(1);
        cloud.driveFor(Duration.ofMillis(200));
        assertThat(cloud.runtime.running()).hasSize(1);
        cloud.driveFor(Duration.ofMillis(200));
        assertThat(cloud.get(service, "/").body()).isEqualTo("one hi");
        cloud.runtime.running().get(0).crash(1);
        cloud.driveFor(Duration.ofMillis(200));
        assertThat(cloud.runtime.running())
                .as("waits a second after the second crash")
                .isEmpty();
        cloud.driveFor(Duration.ofSeconds(1));
        assertThat(cloud.runtime.running()).hasSize(1);
        assertThat(cloud.describe(service.serviceArn()).statusAsString()).isEqualTo("RUNNING");
    }

    @Test
    void instancesAreWatchedOnWhenTheClockIsSetBack() throws Exception {
        running();
        cloud.clock.advance(Duration.ofHours(13));
        cloud.driveFor(Duration.ofSeconds(2));
        cloud.runtime.running().get(0).crash(1);
        cloud.driveFor(Duration.ofMillis(200));
        cloud.runtime.running().get(0).crash(1);
        cloud.driveFor(Duration.ofMillis(200));
        cloud.clock.advance(Duration.ofHours(-13));
        cloud.driveFor(Duration.ofSeconds(2));
        assertThat(cloud.runtime.running()).hasSize(1);
    }

    @Test
    void growsWithItsLoadAndShrinksAfterIt() throws Exception {
        String scaling = cloud.call(
                        "CreateAutoScalingConfiguration",
                        CreateAutoScalingConfigurationRequest.builder()
                                .autoScalingConfigurationName("small")
                                .maxConcurrency(2)
                                .minSize(1)
                                .maxSize(3)
                                .build(),
                        CreateAutoScalingConfigurationResponse.class)
                .autoScalingConfiguration()
                .autoScalingConfigurationArn();
        Service service = create(IMAGE, builder -> builder.autoScalingConfigurationArn(scaling));
        cloud.settle(service.serviceArn());
        cloud.runtime.slow = new CountDownLatch(1);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return cloud.get(service, "/slow").statusCode();
                } catch (Exception e) {
                    return -1;
                }
            }));
        }
        cloud.driveUntil(() -> cloud.runtime.running().size() == 3);
        cloud.runtime.slow.countDown();
        for (CompletableFuture<Integer> answer : answers) {
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(200);
        }
        cloud.driveUntil(() -> cloud.runtime.running().size() == 1);
        assertThat(cloud.get(service, "/").statusCode()).isEqualTo(200);
    }

    @Test
    void aNewProcessServesAgainWhatWasServed() throws Exception {
        Service service = running();
        cloud.restart();
        cloud.driveUntil(() -> cloud.runtime.running().size() == 1);
        cloud.driveFor(Duration.ofSeconds(1));
        assertThat(cloud.get(service, "/").body()).isEqualTo("one hi");
        assertThat(cloud.describe(service.serviceArn()).serviceUrl()).isEqualTo(service.serviceUrl());
    }

    @Test
    void aNewProcessFinishesInterruptedOperations() throws Exception {
        Service created = create(IMAGE);
        cloud.restart();
        assertThat(cloud.settle(created.serviceArn())).isEqualTo("RUNNING");
        update(UpdateServiceRequest.builder()
                .serviceArn(created.serviceArn())
                .sourceConfiguration(source(IMAGE, Fixture.greeting("later"))));
        cloud.restart();
        assertThat(cloud.settle(created.serviceArn())).isEqualTo("RUNNING");
        assertThat(cloud.get(created, "/").body()).isEqualTo("one later");
        cloud.call(
                "DeleteService",
                DeleteServiceRequest.builder().serviceArn(created.serviceArn()).build(),
                DeleteServiceResponse.class);
        cloud.restart();
        assertThat(cloud.settle(created.serviceArn())).isEqualTo("DELETED");
    }

    @Test
    void onlyOneOperationGoesOnAtATime() {
        Service service = create(IMAGE);
        assertThatThrownBy(() -> cloud.call(
                        "DeleteService",
                        DeleteServiceRequest.builder()
                                .serviceArn(service.serviceArn())
                                .build(),
                        DeleteServiceResponse.class))
                .isInstanceOfSatisfying(AwsException.class, e -> {
                    assertThat(e.code()).isEqualTo("InvalidStateException");
                    assertThat(e.getMessage()).contains("OPERATION_IN_PROGRESS");
                });
    }

    private void push(String region, String repository, String tag) {
        cloud.appRunner.onPush(Fixture.ACCOUNT, region, repository, tag, FakeImages.digest("any"));
    }

    private Service running() {
        Service service = create(IMAGE);
        assertThat(cloud.settle(service.serviceArn())).isEqualTo("RUNNING");
        return service;
    }

    private Service create(String image) {
        return create(image, builder -> {});
    }

    private Service create(String image, java.util.function.Consumer<CreateServiceRequest.Builder> more) {
        var request = CreateServiceRequest.builder()
                .serviceName("hello")
                .sourceConfiguration(source(image, Fixture.greeting("hi")));
        more.accept(request);
        return cloud.call("CreateService", request.build(), CreateServiceResponse.class)
                .service();
    }

    private void update(UpdateServiceRequest.Builder request) {
        cloud.call("UpdateService", request.build(), UpdateServiceResponse.class);
    }

    private Map<String, String> variables(Service service) {
        return cloud.describe(service.serviceArn())
                .sourceConfiguration()
                .imageRepository()
                .imageConfiguration()
                .runtimeEnvironmentVariables();
    }

    static SourceConfiguration source(String image, Map<String, String> variables) {
        boolean open = image.startsWith("public.");
        var source = SourceConfiguration.builder()
                .imageRepository(ImageRepository.builder()
                        .imageIdentifier(image)
                        .imageRepositoryType(open ? "ECR_PUBLIC" : "ECR")
                        .imageConfiguration(ImageConfiguration.builder()
                                .runtimeEnvironmentVariables(variables)
                                .build())
                        .build());
        if (!open) {
            source.authenticationConfiguration(auth -> auth.accessRoleArn(Fixture.ROLE));
        }
        return source.build();
    }
}
