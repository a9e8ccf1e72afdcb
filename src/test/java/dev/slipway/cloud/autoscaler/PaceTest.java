package dev.slipway.cloud.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The numbers are those of Knative's tests of its autoscaler. */
final class PaceTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Pace tenfold = new Pace(10, 10, 2, Duration.ofSeconds(60));
    private Pace pace = tenfold;
    private Pace.Panic panic = Pace.Panic.NONE;

    @Test
    void followsTheStableLoad() {
        expect(0, 10, 1, 50, 10, 5);
        expect(0, 10, 1, 100, 10, 10);
    }

    @Test
    void shrinksWithTheLoad() {
        expect(0, 10, 8, 100, 100, 10);
        expect(0, 10, 8, 50, 50, 5);
    }

    @Test
    void wantsNothingWithoutLoad() {
        expect(0, 10, 1, 1, 0, 1);
        expect(0, 10, 1, 0, 0, 0);
    }

    @Test
    void panicsOnABurstAndCalmsDownAfterAStableWindow() {
        expect(0, 1, 10, 11, 25, 25);
        assertThat(panic.since()).isEqualTo(START);
        expect(30, 1, 40, 30, 41, 41);
        assertThat(panic.since()).isEqualTo(START);
        expect(62, 1, 55, 50, 56, 50);
        assertThat(panic.since()).isNull();
    }

    @Test
    void everyNewBurstExtendsThePanic() {
        expect(0, 1, 10, 11, 25, 25);
        expect(30, 1, 40, 30, 80, 80);
        assertThat(panic.since()).isEqualTo(START.plusSeconds(30));
    }

    @Test
    void neverShrinksInAPanic() {
        expect(0, 10, 1, 100, 100, 10);
        expect(0, 10, 10, 100, 1000, 100);
        expect(30, 10, 10, 1, 1, 100);
        expect(61, 10, 10, 1, 1, 1);
    }

    @Test
    void growsExponentiallyAtMost() {
        pace = new Pace(6, 10, 2, Duration.ofSeconds(60));
        expect(0, 1, 1, 6, 6, 6);
        expect(1, 1, 6, 36, 36, 36);
        expect(2, 1, 36, 216, 216, 216);
        expect(3, 1, 216, 1296, 1296, 1296);
    }

    @Test
    void boundsTheRateUpAndDown() {
        expect(0, 10, 1, 1000, 1001, 10);
        expect(0, 10, 10, 1000, 1001, 100);
        panic = Pace.Panic.NONE;
        expect(0, 10, 100, 1, 1, 10);
        expect(0, 10, 10, 1, 1, 1);
    }

    @Test
    void countsAnEmptyServiceAsOne() {
        expect(0, 10, 0, 1000, 888, 10);
    }

    @Test
    void growsByOneEvenAtASlowRate() {
        pace = new Pace(1.1, 1.1, 2, Duration.ofSeconds(60));
        expect(0, 1, 2, 3, 3.1, 3);
        panic = Pace.Panic.NONE;
        expect(0, 10, 100, 1, 1, 90);
    }

    @Test
    void takesTheLargerOfBothWindowsInAPanic() {
        panic = new Pace.Panic(START, 0);
        expect(0, 1, 30, 50, 30, 50);
        panic = new Pace.Panic(START, 0);
        expect(0, 1, 30, 20, 30, 30);
    }

    private void expect(long second, double target, int ready, double stable, double burst, int desired) {
        Pace.Step step = pace.next(START.plusSeconds(second), target, ready, stable, burst, panic);
        panic = step.panic();
        assertThat(step.desired()).as("at %ds", second).isEqualTo(desired);
    }
}
