package dev.slipway.cloud.autoscaler;

import static dev.slipway.cloud.autoscaler.Story.desired;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Stories: a load, and the number of instances that it should lead to at each moment. An instance takes 100 requests at a time unless
 * said, and is filled to 70 in the long run.
 */
final class AutoscalerTest {
    private static final Spec USUAL = new Spec(100, 1, 25);

    @Test
    void anIdleServiceStaysAtItsMinimum() {
        Story.of(USUAL).at(600).expect(desired(1));
        Story.of(new Spec(100, 3, 25)).at(600).expect(desired(3));
    }

    @Test
    void aStepIsFollowedAtOnceAndThenGivenRoom() {
        Story.of(USUAL)
                .at(30)
                .concurrency(250)
                .expect(desired(3)) // 150 wait, and 3 * 100 take them all
                .at(31)
                .expect(desired(3))
                .at(34)
                .expect(desired(3)) // 4 of the last 6 seconds: 250 * 5/6 = 208
                .at(35)
                .expect(desired(4)) // 250 / 70
                .at(300)
                .expect(desired(4));
    }

    @Test
    void aSmallStepWaitsForTheMinuteToShowIt() {
        Story.of(USUAL)
                .concurrency(650)
                .at(200)
                .expect(desired(10)) // 650 / 70
                .concurrency(800)
                .at(200 + 20)
                .expect(desired(10)) // nobody waits, and 650 + 150 * 20/60 = 700
                .at(200 + 21)
                .expect(desired(11))
                .at(400)
                .expect(desired(12));
    }

    @Test
    void aLoneInstanceGetsHelpBeforeItIsFull() {
        Story.of(USUAL)
                .at(120)
                .concurrency(90)
                .expect(desired(1))
                .at(120 + 3)
                .expect(desired(1)) // 90 * 4/6 = 60
                .at(120 + 4)
                .expect(desired(2)); // 75 of 70, twice what is there
    }

    @Test
    void aRampIsFollowedAllTheWay() {
        Story ramp = Story.of(USUAL).at(60).rampTo(1000, 100);
        int[] before = {1};
        ramp.always(60 + 100, wanted -> {
            assertThat(wanted).isGreaterThanOrEqualTo(before[0]);
            before[0] = wanted;
        });
        ramp.expect(desired(11)).at(60 + 160).expect(desired(15));
        assertThat(ramp.mostWaiting()).as("those who had to wait").isZero();
    }

    @Test
    void aSpikeIsAnsweredWithinTheSecondAndForgottenAfterAMinute() {
        Story.of(USUAL)
                .at(100)
                .concurrency(10)
                .at(200)
                .concurrency(800)
                .expect(desired(8))
                .at(205)
                .concurrency(10)
                .expect(desired(10)) // 5 of the last 6 seconds: (5 * 800 + 10) / 6 = 668
                .at(200 + 60)
                .expect(desired(10)) // nobody has waited for a minute
                .at(200 + 61)
                .expect(desired(5)) // no faster than by half
                .at(200 + 66)
                .expect(desired(1));
    }

    @Test
    void aFlappingLoadIsKeptRoomForAndLooksSmallerOnlyOnceAMinute() {
        int[] changes = {0, 5};
        Story flapping = Story.of(USUAL).at(60).onAndOff(500, 10);
        flapping.always(60 + 600, wanted -> {
            assertThat(wanted).as("between the mean and the peak").isBetween(4, 8);
            changes[0] += wanted == changes[1] ? 0 : 1;
            changes[1] = wanted;
        });
        assertThat(changes[0]).isLessThan(40);
        flapping.concurrency(0).at(60 + 600 + 67).expect(desired(1));
    }

    @Test
    void shrinksStepByStepWhileTheMinuteForgets() {
        Story.of(USUAL)
                .concurrency(1000)
                .at(200)
                .expect(desired(15))
                .concurrency(0)
                .at(230)
                .expect(desired(8)) // 1000 * 29/60 / 70
                .at(245)
                .expect(desired(4))
                .at(260)
                .expect(desired(1));
    }

    @Test
    void aMinimumThatIsTheMaximumNeverMoves() {
        Story.of(new Spec(10, 4, 4))
                .at(30)
                .concurrency(1000)
                .always(90, wanted -> assertThat(wanted).isEqualTo(4))
                .concurrency(0)
                .always(300, wanted -> assertThat(wanted).isEqualTo(4));
    }

    @Test
    void theMaximumIsReachedAndNeverPassed() {
        Story.of(new Spec(10, 1, 3))
                .at(30)
                .concurrency(1000)
                .expect(desired(3))
                .always(200, wanted -> assertThat(wanted).isEqualTo(3))
                .concurrency(15)
                .at(300)
                .expect(desired(3)) // 15 / 7
                .concurrency(5)
                .at(400)
                .expect(desired(1));
    }

    @Test
    void whoWaitsGetsAnInstanceEvenWhenTheMeanIsLow() {
        Story.of(new Spec(1, 1, 25))
                .at(60)
                .concurrency(2)
                .expect(desired(2))
                .at(61)
                .concurrency(3)
                .expect(desired(3));
    }

    @Test
    void instancesThatStartSlowlyAreNotOrderedTwice() {
        Story slow = Story.of(USUAL).startsTake(20).at(30).concurrency(250).expect(desired(3));
        slow.always(50, wanted -> assertThat(wanted).isLessThanOrEqualTo(4))
                .at(60)
                .expect(desired(4));
    }

    @Test
    void aServiceDeployedWithManyDoesNotShrinkBeforeItSawItsLoad() {
        Story.of(USUAL, 8)
                .concurrency(10)
                .always(60, wanted -> assertThat(wanted).isEqualTo(8))
                .at(120)
                .expect(desired(1));
    }
}
