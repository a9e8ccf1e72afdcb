package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.FailingDisk.Died;
import dev.slipway.testing.Cases;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes nobody thought of, with a process that dies before each single write to the disk in turn, and each time once more after its
 * provider has done what it was about to record; and with a disk that is full for a moment. The next run takes over: nothing is lost,
 * nothing is left over, nothing is made twice.
 */
final class GeneratedDeathsTest {
    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void theNextRunConvergesWhereverTheFirstOneDied() {
        breaksAtEachWrite(Cases.of(200, 5_000), "died", Story::dies);
    }

    @Test
    void theNextRunConvergesWhereverTheDiskWasFull() {
        breaksAtEachWrite(Cases.of(100, 5_000), "full", Story::fills);
    }

    /** How a story's second run breaks at a write; false when there are not so many. */
    private interface Break {
        boolean happens(Story story, int writes);
    }

    private void breaksAtEachWrite(Cases cases, String how, Break breaking) {
        int[] times = {0};
        cases.run((random, number) -> {
            long seed = random.nextLong();
            boolean broke = true;
            for (int writes = 0; broke; writes++) {
                Path place = directory.resolve(how + "-" + number + "-" + writes);
                var story = new Story(place, new Random(seed)).quietly();
                try {
                    broke = breaking.happens(story, writes);
                    times[0] += broke ? 1 : 0;
                    story.endsAfterADeath();
                    story.forget();
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError(how + " before write " + writes + ": " + e + "\n" + story, e);
                }
            }
        });
        assertThat(times[0]).isGreaterThan(cases.count());
    }

    @Test
    void aDeathIsNotCaught() {
        var story = new Story(directory.resolve("one"), new Random(3)).quietly();
        assertThat(story.dies(0)).isTrue();
        assertThat(Died.class).isAssignableTo(Error.class);
    }
}
