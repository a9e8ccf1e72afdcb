package dev.slipway.cloud.apprunner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of instances that crash, fall ill, or have nothing to do, while their service runs on. */
@Timeout(60)
final class InstanceHealthTest {
    private static final String IMAGE = "public.ecr.aws/slipway/hello:latest";

    @AutoClose
    private final Fixture cloud = new Fixture(IMAGE);

    private TestService pair() {
        String scaling = TestService.scaling(cloud, 100, 2, 4);
        return TestService.running(cloud, IMAGE, in -> in.autoScalingConfigurationArn(scaling));
    }

    private FakeRuntime.FakeInstance instance(int number) {
        return cloud.runtime.running().get(number);
    }

    @Test
    void aSickInstanceIsTakenOutAtItsThresholdWhileTheOtherServes() {
        TestService service = pair();
        FakeRuntime.FakeInstance sick = instance(0);
        FakeRuntime.FakeInstance sound = instance(1);
        cloud.driveFor(Duration.ofSeconds(2));
        sick.sick = true;
        Instant fell = cloud.clock.instant();
        cloud.driveUntil(sick.exit::isDone);
        assertThat(Duration.between(fell, cloud.clock.instant()))
                .as("three checks, a second apart")
                .isBetween(Duration.ofSeconds(2), Duration.ofMillis(3500));
        assertThat(service.describe().statusAsString()).isEqualTo("RUNNING");
        for (int i = 0; i < 20; i++) {
            assertThat(service.get()).isEqualTo("200 one hi");
        }
        cloud.driveUntil(() -> cloud.runtime.running().size() == 2);
        assertThat(cloud.runtime.running()).contains(sound).doesNotContain(sick);
        assertThat(cloud.events())
                .contains("[AppRunner] Health check failed on protocol `HTTP` [Path: '/health'], [Port: '8080']."
                        + " The last 3 checks found an answer with a 5xx status. Check your configured port number."
                        + " For more information, read the application logs. The instance " + sick.id()
                        + " is replaced.");
    }

    @Test
    void oneBadAnswerIsNoReasonToReplace() {
        pair();
        FakeRuntime.FakeInstance sick = instance(0);
        for (int i = 0; i < 5; i++) {
            sick.sick = true;
            cloud.driveFor(Duration.ofMillis(1500));
            sick.sick = false;
            cloud.driveFor(Duration.ofMillis(1500));
        }
        assertThat(sick.exit).isNotDone();
    }

    @Test
    void aCrashLoopIsToldAndSlowedDown() {
        TestService service = TestService.running(cloud, IMAGE);
        Instant begin = cloud.clock.instant();
        for (int crash = 0; crash < 6; crash++) {
            cloud.driveUntil(() -> !cloud.runtime.running().isEmpty());
            cloud.driveFor(Duration.ofMillis(100));
            instance(0).crash(1);
            cloud.driveFor(Duration.ofMillis(40));
        }
        cloud.driveUntil(() -> !cloud.runtime.running().isEmpty());
        assertThat(Duration.between(begin, cloud.clock.instant()))
                .as("0 + 1 + 2 + 4 + 5 + 5 seconds")
                .isBetween(Duration.ofSeconds(17), Duration.ofSeconds(20));
        assertThat(service.describe().statusAsString()).isEqualTo("RUNNING");
        assertThat(cloud.events()).anySatisfy(event -> assertThat(event)
                .startsWith("[AppRunner] Your application stopped or failed to start. See logs for more information."
                        + "  Container exit code: 1. The instance ")
                .endsWith(
                        " is replaced; 6 in a row failed soon after their start, so the next one starts within 5 s."));
        cloud.driveFor(Activity.IDLE_AFTER.plusSeconds(1));
        instance(0).crash(1);
        cloud.driveFor(Duration.ofMillis(100));
        assertThat(cloud.runtime.running())
                .as("replaced at once after a sound life")
                .hasSize(1);
    }

    @Test
    void whenAllCrashAgainAndAgainTheNextTryIsNeverFurtherAwayThanFiveSeconds() {
        pair();
        cloud.driveFor(Duration.ofSeconds(1));
        for (int crash = 0; crash < 16; crash++) {
            Instant begin = cloud.clock.instant();
            cloud.driveUntil(() -> !cloud.runtime.running().isEmpty());
            assertThat(Duration.between(begin, cloud.clock.instant())).isLessThan(Duration.ofMillis(5100));
            cloud.driveFor(Duration.ofMillis(100));
            cloud.runtime.running().forEach(each -> each.crash(1));
        }
    }

    @Test
    void whileAnotherServesTheOneThatCrashesWaitsLonger() {
        pair();
        cloud.driveFor(Activity.IDLE_AFTER.plusSeconds(1));
        FakeRuntime.FakeInstance sound = instance(1);
        for (int crash = 0; crash < 6; crash++) {
            cloud.driveUntil(() -> cloud.runtime.running().size() == 2);
            cloud.runtime.running().stream().filter(each -> each != sound).forEach(each -> each.crash(1));
        }
        Instant begin = cloud.clock.instant();
        cloud.driveUntil(() -> cloud.runtime.running().size() == 2);
        assertThat(Duration.between(begin, cloud.clock.instant()))
                .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(17));
        assertThat(cloud.events()).last().asString().endsWith("so the next one starts within 16 s.");
    }

    @Test
    void oneThatCrashesAgainAndAgainDoesNotDelayTheReplacementOfAnother() {
        pair();
        cloud.driveFor(Activity.IDLE_AFTER.plusSeconds(1));
        FakeRuntime.FakeInstance sound = instance(1);
        for (int crash = 0; crash < 4; crash++) {
            cloud.driveUntil(() -> cloud.runtime.running().size() == 2);
            cloud.runtime.running().stream().filter(each -> each != sound).forEach(each -> each.crash(1));
        }
        cloud.driveFor(Duration.ofMillis(40));
        sound.crash(1);
        cloud.driveFor(Duration.ofMillis(40));
        assertThat(cloud.runtime.running())
                .as("the other one waits for some seconds")
                .hasSize(1);
    }

    @Test
    void runningOutOfMemoryIsToldAsSuch() {
        TestService.running(cloud, IMAGE);
        instance(0).runOutOfMemory();
        cloud.driveFor(Duration.ofMillis(100));
        assertThat(cloud.events()).anySatisfy(event -> assertThat(event)
                .contains("Container exit code: 137. It was ended because it used more than its memory of 2048 MB."));
    }

    @Test
    void withoutRequestsAnInstanceGetsNoProcessorTimeUntilTheNextOne() throws Exception {
        TestService service = TestService.running(cloud, IMAGE);
        FakeRuntime.FakeInstance only = instance(0);
        cloud.driveFor(Activity.IDLE_AFTER.minusMillis(500));
        assertThat(only.idle).isFalse();
        cloud.driveFor(Duration.ofSeconds(1));
        assertThat(only.idle).isTrue();
        int checks = only.checks.get();
        cloud.driveFor(Duration.ofSeconds(5));
        assertThat(only.checks).as("woken for its checks").hasValueGreaterThan(checks + 3);
        assertThat(only.checkedWhileIdle).hasValue(0);
        cloud.driveUntil(() -> only.idle);

        cloud.runtime.slow = new CountDownLatch(1);
        CompletableFuture<String> answer = service.begin("/slow");
        cloud.driveUntil(() -> cloud.appRunner.requestsInFlight() == 1);
        assertThat(only.idle).isFalse();
        cloud.driveFor(Activity.IDLE_AFTER.plusSeconds(5));
        assertThat(only.idle).as("a request is worked on").isFalse();
        cloud.runtime.slow.countDown();
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("200 one hi");
        cloud.driveFor(Activity.IDLE_AFTER.minusSeconds(1));
        assertThat(only.idle).isFalse();
        cloud.driveFor(Duration.ofSeconds(2));
        cloud.driveUntil(() -> only.idle);
    }

    @Test
    void idleInstancesAreProvisionedButNotActive() throws Exception {
        TestService service = pair();
        assertThat(cloud.appRunner.provisioned()).isEqualTo(2);
        assertThat(cloud.appRunner.active()).isEqualTo(2);
        cloud.driveUntil(() -> cloud.appRunner.active() == 0);
        assertThat(cloud.appRunner.provisioned()).isEqualTo(2);
        cloud.runtime.slow = new CountDownLatch(1);
        CompletableFuture<String> answer = service.begin("/slow");
        cloud.driveUntil(() -> cloud.appRunner.requestsInFlight() == 1);
        cloud.driveUntil(() -> cloud.appRunner.active() == 1);
        cloud.runtime.slow.countDown();
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("200 one hi");
    }
}
