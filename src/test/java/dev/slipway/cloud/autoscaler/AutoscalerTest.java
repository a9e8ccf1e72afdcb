package dev.slipway.cloud.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Stories: a load, second by second, and the number of instances it should lead to. Instances start within a second. */
final class AutoscalerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Spec spec = new Spec(100, 1, 25);
    private Memory memory = Memory.starting(START, 1);
    private int second;
    private int ready = 1;
    private int desired = 1;

    @Test
    void staysAtTheMinimumWithoutLoad() {
        forSeconds(120).concurrency(0);
        assertThat(desired).isEqualTo(1);
    }

    @Test
    void growsInSecondsWithABurst() {
        forSeconds(30).concurrency(0);
        forSeconds(6).concurrency(250);
        assertThat(desired).isEqualTo(4);
    }

    @Test
    void steadyLoadKeepsBetweenFullAndSeventyPercentUse() {
        for (int load : new int[] {10, 99, 140, 350, 1000}) {
            memory = Memory.starting(START, 1);
            forSeconds(130).concurrency(load);
            assertThat(desired).as("load %d", load).isBetween((int) Math.ceil(load / 100.0), (int)
                    Math.ceil(load / 70.0));
        }
    }

    @Test
    void givesWaitingRequestsInstancesAtOnce() {
        forSeconds(60).concurrency(1);
        tick(1, 100, 150);
        assertThat(desired).isEqualTo(3);
    }

    @Test
    void shrinksToTheMinimumAMinuteAfterTheLoadWent() {
        spec = new Spec(100, 2, 25);
        forSeconds(120).concurrency(1000);
        assertThat(desired).isEqualTo(15);
        forSeconds(140).concurrency(0);
        assertThat(desired).isEqualTo(2);
    }

    @Test
    void ignoresAGapInABurst() {
        forSeconds(10).concurrency(500);
        int high = desired;
        forSeconds(10).concurrency(0);
        assertThat(desired).isEqualTo(high);
    }

    @Test
    void neverLeavesTheBoundsAndGrowsWithTheLoad() {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            int min = 1 + random.nextInt(5);
            spec = new Spec(1 + random.nextInt(200), min, min + random.nextInt(20));
            int now = 1 + random.nextInt(25);
            int low = random.nextInt(5000);
            int high = low + random.nextInt(1000);
            int few = decideOnce(low, now);
            int many = decideOnce(high, now);
            assertThat(few).isBetween(spec.minSize(), spec.maxSize());
            assertThat(many).isBetween(few, spec.maxSize());
        }
    }

    @Test
    void aRestartedServiceDoesNotShrinkBeforeItSawItsLoad() {
        memory = Memory.starting(START, 8);
        ready = 8;
        forSeconds(30).concurrency(10);
        assertThat(desired).isEqualTo(8);
        forSeconds(120).concurrency(10);
        assertThat(desired).isEqualTo(1);
    }

    private int decideOnce(int load, int instances) {
        return Autoscaler.decide(START, new Observed(load, load, 0, instances), spec, Memory.starting(START, 1))
                .desired();
    }

    private Load forSeconds(int seconds) {
        return load -> {
            for (int i = 0; i < seconds; i++) {
                tick(load, (int) load, 0);
            }
        };
    }

    private void tick(double load, int inFlight, int queued) {
        Decision decision = Autoscaler.decide(
                START.plusSeconds(second++), new Observed(load, inFlight, queued, ready), spec, memory);
        memory = decision.memory();
        desired = decision.desired();
        ready = desired;
    }

    private interface Load {
        void concurrency(double load);
    }
}
