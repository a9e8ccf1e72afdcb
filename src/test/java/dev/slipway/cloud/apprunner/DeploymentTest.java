package dev.slipway.cloud.apprunner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.apprunner.model.OperationSummary;
import software.amazon.awssdk.services.apprunner.model.Service;

/** How one version takes the place of another, or does not. */
@Timeout(60)
final class DeploymentTest {
    private static final String IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:prod";

    @AutoClose
    private final Fixture cloud = new Fixture(IMAGE);

    private void push(String tag) {
        cloud.appRunner.onPush(Fixture.ACCOUNT, Fixture.REGION, "team/app", tag, FakeImages.digest("any"));
    }

    @Test
    void trafficMovesOnlyWhenEveryNewInstanceHasPassedTheThreshold() {
        String pair = TestService.scaling(cloud, 100, 2, 4);
        TestService service = TestService.running(
                cloud, IMAGE, in -> in.autoScalingConfigurationArn(pair).healthCheckConfiguration(TestService.http(4)));
        cloud.images.put(IMAGE, "ok:two");
        service.deploy();
        cloud.driveFor(Duration.ofMillis(2900));
        assertThat(service.get()).as("three checks have passed").isEqualTo("200 one hi");
        assertThat(cloud.runtime.running()).as("both versions").hasSize(4);
        service.settles("RUNNING");
        assertThat(service.get()).isEqualTo("200 two hi");
        cloud.driveUntil(() -> cloud.runtime.running().size() == 2);
    }

    @ParameterizedTest
    @CsvSource({
        "exit:1, Container exit code: 1",
        "listen:9000, 'The application listens on 9000, not on 8080'",
        "status:404, an answer with a 4xx status",
        "status:500, It was not healthy 5 minutes after its start",
        "deaf, It was not healthy 5 minutes after its start",
        "arm64, it is built for linux/arm64"
    })
    void whatCannotServeIsRolledBack(String behaviour, String told) {
        TestService service = TestService.running(cloud, IMAGE);
        var old = cloud.runtime.running();
        cloud.images.put(IMAGE, behaviour);
        service.updateGreeting("never");
        service.settles("RUNNING");
        assertThat(service.newest()).isEqualTo("UPDATE_SERVICE ROLLBACK_SUCCEEDED");
        assertThat(service.get()).isEqualTo("200 one hi");
        assertThat(greeting(service)).isEqualTo("hi");
        assertThat(cloud.runtime.running()).isEqualTo(old);
        assertThat(cloud.events())
                .anySatisfy(event -> assertThat(event).contains("Failure reason", told))
                .contains("[AppRunner] Service update failed. For details, see service logs.");
    }

    @Test
    void anImageThatIsNotThereIsRolledBack() {
        TestService service = TestService.running(cloud, IMAGE);
        service.update(in -> in.sourceConfiguration(
                ServiceLifecycleTest.source(IMAGE.replace("prod", "missing"), Fixture.greeting("never"))));
        service.settles("RUNNING");
        assertThat(service.newest()).isEqualTo("UPDATE_SERVICE ROLLBACK_SUCCEEDED");
        assertThat(service.describe().sourceConfiguration().imageRepository().imageIdentifier())
                .isEqualTo(IMAGE);
        assertThat(service.get()).isEqualTo("200 one hi");
    }

    @Test
    void aRollbackToNothingSaysThatItFailedAndTheNextUpdateCures() {
        TestService service = TestService.running(cloud, IMAGE);
        cloud.images.forget();
        cloud.restart();
        cloud.driveFor(Duration.ofSeconds(1));
        cloud.images.put(IMAGE, "exit:1");
        service.deploy();
        service.settles("RUNNING");
        assertThat(service.newest()).isEqualTo("START_DEPLOYMENT ROLLBACK_FAILED");
        assertThat(cloud.events()).contains("[AppRunner] The version deployed before can't be started either.");
        assertThat(service.get()).startsWith("503");
        cloud.images.put(IMAGE, "ok:cured");
        service.deploy();
        service.settles("RUNNING");
        assertThat(service.newest()).isEqualTo("START_DEPLOYMENT SUCCEEDED");
        assertThat(service.get()).isEqualTo("200 cured hi");
    }

    @Test
    void ofSeveralPushesInARowTheLastOneWins() {
        TestService service = TestService.running(cloud, IMAGE);
        for (int version = 1; version <= 5; version++) {
            cloud.images.put(IMAGE, "ok:v" + version);
            push("prod");
            cloud.driveFor(Duration.ofMillis(40));
        }
        cloud.driveUntil(() -> service.get().equals("200 v5 hi"));
        service.settles("RUNNING");
        cloud.driveFor(Duration.ofSeconds(5));
        assertThat(service.operations())
                .as("never two at a time, and none too many")
                .hasSizeBetween(2, 6)
                .extracting(OperationSummary::statusAsString)
                .containsOnly("SUCCEEDED");
    }

    @Test
    void pushesThatItDoesNotFollowChangeNothing() {
        TestService manual = TestService.running(
                cloud,
                IMAGE,
                in -> in.sourceConfiguration(ServiceLifecycleTest.source(IMAGE, Fixture.greeting("hi")).toBuilder()
                        .autoDeploymentsEnabled(false)
                        .build()));
        String pinned = IMAGE.replace(":prod", "@" + FakeImages.digest("ok:one"));
        cloud.images.put(pinned, "ok:one");
        TestService byDigest = TestService.running(cloud, pinned, in -> in.serviceName("pinned"));
        TestService following = TestService.running(cloud, IMAGE, in -> in.serviceName("following"));
        push("prod");
        push("latest");
        cloud.driveUntil(() -> following.operations().size() == 2);
        following.settles("RUNNING");
        assertThat(manual.operations()).hasSize(1);
        assertThat(byDigest.operations()).hasSize(1);
    }

    @Test
    void whatWasPushedDuringAPauseIsNotDeployedByTheResumption() {
        TestService service = TestService.running(cloud, IMAGE);
        service.pause();
        cloud.images.put(IMAGE, "ok:two");
        push("prod");
        cloud.driveFor(Duration.ofSeconds(1));
        service.resume();
        cloud.driveFor(Duration.ofSeconds(5));
        assertThat(service.get()).isEqualTo("200 one hi");
        assertThat(service.newest()).isEqualTo("RESUME_SERVICE SUCCEEDED");
        push("prod");
        cloud.driveUntil(() -> service.get().equals("200 two hi"));
    }

    @Test
    void anotherScalingIsDeployedWithTheImageThatIsThere() {
        TestService service = TestService.running(cloud, IMAGE);
        cloud.images.put(IMAGE, "ok:two");
        String three = TestService.scaling(cloud, 50, 3, 5);
        service.update(in -> in.autoScalingConfigurationArn(three));
        service.settles("RUNNING");
        assertThat(service.get()).isEqualTo("200 one hi");
        assertThat(cloud.images.pulls).hasSize(1);
        cloud.driveUntil(() -> cloud.runtime.running().size() == 3);
        assertThat(cloud.events())
                .contains("[AppRunner] Service update completed successfully. New configuration is deployed.");
    }

    @Test
    void aServiceScalesWhileAVersionComesUpThatThenHasAsManyInstances() throws Exception {
        String scaling = TestService.scaling(cloud, 1, 1, 4);
        TestService service = TestService.running(cloud, IMAGE, in -> in.autoScalingConfigurationArn(scaling));
        cloud.images.put(IMAGE, "ok:two");
        service.update(in -> in.sourceConfiguration(ServiceLifecycleTest.source(IMAGE, Fixture.greeting("hi")))
                .healthCheckConfiguration(
                        TestService.http(10).toBuilder().interval(20).build()));
        cloud.driveFor(Duration.ofSeconds(1));
        cloud.runtime.slow = new CountDownLatch(1);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            answers.add(service.begin("/slow"));
        }
        cloud.driveUntil(() -> cloud.appRunner.requestsInFlight() == 3);
        cloud.driveUntil(() -> instances("ok:two") == 3);
        assertThat(service.newest()).isEqualTo("UPDATE_SERVICE IN_PROGRESS");
        cloud.runtime.slow.countDown();
        for (CompletableFuture<String> answer : answers) {
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("200 one hi");
        }
        service.settles("RUNNING");
        assertThat(service.get()).isEqualTo("200 two hi");
    }

    private long instances(String behaviour) {
        return cloud.runtime.running().stream()
                .filter(each -> each.behaviour().equals(behaviour))
                .count();
    }

    @Test
    void aPauseLetsRequestsEndAndSendsThoseThatWaitAway() throws Exception {
        String one = TestService.scaling(cloud, 1, 1, 1);
        TestService service = TestService.running(cloud, IMAGE, in -> in.autoScalingConfigurationArn(one));
        cloud.runtime.slow = new CountDownLatch(1);
        CompletableFuture<String> working = service.begin("/slow");
        cloud.driveUntil(() -> cloud.appRunner.requestsInFlight() == 1);
        CompletableFuture<String> waiting = service.begin("/");
        cloud.driveUntil(() -> cloud.appRunner.requestsWaiting() == 1);
        service.beginPause();
        cloud.appRunner.tick();
        assertThat(waiting.get(10, TimeUnit.SECONDS)).startsWith("503");
        assertThat(service.describe().statusAsString()).isEqualTo("OPERATION_IN_PROGRESS");
        cloud.runtime.slow.countDown();
        assertThat(working.get(10, TimeUnit.SECONDS)).isEqualTo("200 one hi");
        service.settles("PAUSED");
        assertThat(cloud.runtime.running()).isEmpty();
    }

    private static String greeting(TestService service) {
        Service described = service.describe();
        return described
                .sourceConfiguration()
                .imageRepository()
                .imageConfiguration()
                .runtimeEnvironmentVariables()
                .get("GREETING");
    }
}
