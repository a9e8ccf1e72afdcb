package dev.slipway.cloud.autoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testing.Cases;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds of every service under every load. */
final class AutoscalerLawsTest {
    /** The longest that anything is remembered: the short window shows a burst for 6 seconds more, and a panic lasts for 60 after it. */
    private static final int FORGET = 67;

    private static Spec spec(Random random) {
        int least = 1 + random.nextInt(5);
        return new Spec(1 + random.nextInt(200), least, least + random.nextInt(25));
    }

    /** After some minutes of anything. */
    private static Story afterSomeLoad(Random random, Spec spec) {
        Story story = Story.of(spec, spec.minSize() + random.nextInt(spec.maxSize() - spec.minSize() + 1))
                .startsTake(random.nextInt(5));
        int most = 2 * spec.maxConcurrency() * spec.maxSize();
        int second = 0;
        for (int phase = random.nextInt(6); phase >= 0; phase--) {
            int requests = random.nextInt(most);
            switch (random.nextInt(3)) {
                case 0 -> story.concurrency(requests);
                case 1 -> story.rampTo(requests, 1 + random.nextInt(60));
                default -> story.onAndOff(requests, 1 + random.nextInt(20));
            }
            second += 1 + random.nextInt(100);
            story.always(second, wanted -> assertThat(wanted).isBetween(spec.minSize(), spec.maxSize()));
        }
        return story;
    }

    @Test
    void moreLoadNeverMeansFewerInstances() {
        Cases.of(500, 50_000).run((random, number) -> {
            Spec spec = spec(random);
            Story story = afterSomeLoad(random, spec);
            int low = random.nextInt(2 * spec.maxConcurrency() * spec.maxSize());
            int few = story.wouldWant(low);
            int many = story.wouldWant(low + random.nextInt(1000));
            assertThat(few).isBetween(spec.minSize(), spec.maxSize());
            assertThat(many).isBetween(few, spec.maxSize());
        });
    }

    @Test
    void steadyLoadEndsBetweenFullAndSeventyPercentUse() {
        Cases.of(500, 50_000).run((random, number) -> {
            Spec spec = spec(random);
            Story story = afterSomeLoad(random, spec);
            int begin = 1000;
            story.at(begin);
            int requests = random.nextInt(2 * spec.maxConcurrency() * spec.maxSize());
            double capacity = spec.maxConcurrency();
            int fewest = spec.clamp((int) Math.ceil(requests / capacity));
            int most = spec.clamp((int) Math.ceil(requests / Math.max(1, 0.7 * capacity)));
            story.concurrency(requests).at(begin + 2 * FORGET).always(begin + 600, wanted -> assertThat(wanted)
                    .isBetween(fewest, most));
            int settled = story.desired();
            story.always(begin + 700, wanted -> assertThat(wanted).isEqualTo(settled));
        });
    }

    @Test
    void anIdleMinuteLeadsToTheMinimum() {
        Cases.of(500, 50_000).run((random, number) -> {
            Spec spec = spec(random);
            Story story = afterSomeLoad(random, spec).at(1000).concurrency(0);
            story.at(1000 + FORGET)
                    .always(1000 + 300, wanted -> assertThat(wanted).isEqualTo(spec.minSize()));
        });
    }

    @Test
    void nobodyWaitsLongerThanAStartTakesUnlessTheMaximumIsReached() {
        Cases.of(500, 50_000).run((random, number) -> {
            Spec spec = spec(random);
            Story story = afterSomeLoad(random, spec);
            int requests = random.nextInt(spec.maxConcurrency() * spec.maxSize());
            story.at(1000).concurrency(requests);
            int wanted = story.desired();
            assertThat((long) wanted * spec.maxConcurrency()).isGreaterThanOrEqualTo(requests);
            story.at(1012);
            assertThat((long) story.ready() * spec.maxConcurrency()).isGreaterThanOrEqualTo(requests);
        });
    }
}
