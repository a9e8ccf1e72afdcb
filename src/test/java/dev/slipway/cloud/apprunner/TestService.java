package dev.slipway.cloud.apprunner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import software.amazon.awssdk.services.apprunner.model.CreateAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.CreateAutoScalingConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.CreateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.CreateServiceResponse;
import software.amazon.awssdk.services.apprunner.model.HealthCheckConfiguration;
import software.amazon.awssdk.services.apprunner.model.ListOperationsRequest;
import software.amazon.awssdk.services.apprunner.model.ListOperationsResponse;
import software.amazon.awssdk.services.apprunner.model.OperationSummary;
import software.amazon.awssdk.services.apprunner.model.PauseServiceRequest;
import software.amazon.awssdk.services.apprunner.model.PauseServiceResponse;
import software.amazon.awssdk.services.apprunner.model.ResumeServiceRequest;
import software.amazon.awssdk.services.apprunner.model.ResumeServiceResponse;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.StartDeploymentRequest;
import software.amazon.awssdk.services.apprunner.model.StartDeploymentResponse;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceResponse;

/** One service of a {@link Fixture}, and what a test does with it. */
final class TestService {
    private final Fixture cloud;
    private final String image;
    private final Service created;

    private TestService(Fixture cloud, String image, Service created) {
        this.cloud = cloud;
        this.image = image;
        this.created = created;
    }

    /** Its creation has begun. */
    static TestService create(Fixture cloud, String image, Consumer<CreateServiceRequest.Builder> more) {
        var request = CreateServiceRequest.builder()
                .serviceName("hello")
                .healthCheckConfiguration(http(1))
                .sourceConfiguration(ServiceLifecycleTest.source(image, Fixture.greeting("hi")));
        more.accept(request);
        Service created = cloud.call("CreateService", request.build(), CreateServiceResponse.class)
                .service();
        return new TestService(cloud, image, created);
    }

    static TestService running(Fixture cloud, String image) {
        return running(cloud, image, more -> {});
    }

    static TestService running(Fixture cloud, String image, Consumer<CreateServiceRequest.Builder> more) {
        TestService service = create(cloud, image, more);
        service.settles("RUNNING");
        return service;
    }

    /** Every second at {@code /health}. */
    static HealthCheckConfiguration http(int healthyThreshold) {
        return HealthCheckConfiguration.builder()
                .protocol("HTTP")
                .path("/health")
                .interval(1)
                .healthyThreshold(healthyThreshold)
                .unhealthyThreshold(3)
                .build();
    }

    /** Makes an auto scaling configuration and gives its ARN. */
    static String scaling(Fixture cloud, int maxConcurrency, int minSize, int maxSize) {
        return cloud.call(
                        "CreateAutoScalingConfiguration",
                        CreateAutoScalingConfigurationRequest.builder()
                                .autoScalingConfigurationName("small")
                                .maxConcurrency(maxConcurrency)
                                .minSize(minSize)
                                .maxSize(maxSize)
                                .build(),
                        CreateAutoScalingConfigurationResponse.class)
                .autoScalingConfiguration()
                .autoScalingConfigurationArn();
    }

    String arn() {
        return created.serviceArn();
    }

    void settles(String status) {
        assertThat(cloud.settle(arn())).as("events: %s", cloud.events()).isEqualTo(status);
    }

    Service describe() {
        return cloud.describe(arn());
    }

    /** Newest first. */
    List<OperationSummary> operations() {
        return cloud.call(
                        "ListOperations",
                        ListOperationsRequest.builder().serviceArn(arn()).build(),
                        ListOperationsResponse.class)
                .operationSummaryList();
    }

    String newest() {
        OperationSummary newest = operations().get(0);
        return newest.typeAsString() + " " + newest.statusAsString();
    }

    void update(Consumer<UpdateServiceRequest.Builder> change) {
        var request = UpdateServiceRequest.builder().serviceArn(arn());
        change.accept(request);
        cloud.call("UpdateService", request.build(), UpdateServiceResponse.class);
    }

    void updateGreeting(String greeting) {
        update(in -> in.sourceConfiguration(ServiceLifecycleTest.source(image, Map.of("GREETING", greeting))));
    }

    void deploy() {
        cloud.call(
                "StartDeployment",
                StartDeploymentRequest.builder().serviceArn(arn()).build(),
                StartDeploymentResponse.class);
    }

    void beginPause() {
        cloud.call(
                "PauseService", PauseServiceRequest.builder().serviceArn(arn()).build(), PauseServiceResponse.class);
    }

    void pause() {
        beginPause();
        settles("PAUSED");
    }

    void resume() {
        cloud.call(
                "ResumeService",
                ResumeServiceRequest.builder().serviceArn(arn()).build(),
                ResumeServiceResponse.class);
        settles("RUNNING");
    }

    /** Status and body. */
    String get(String path) {
        try {
            var answer = cloud.get(created, path);
            return answer.statusCode() + " " + answer.body();
        } catch (Exception e) {
            return e.toString();
        }
    }

    String get() {
        return get("/");
    }

    /** An answer that is awaited elsewhere while the test drives. */
    CompletableFuture<String> begin(String path) {
        return CompletableFuture.supplyAsync(() -> get(path), task -> new Thread(task, "client").start());
    }
}
