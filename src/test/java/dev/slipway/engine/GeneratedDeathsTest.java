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
        int[] deaths = {0};
        Cases.of(200, 5_000).run((random, number) -> {
            long seed = random.nextLong();
            boolean died = true;
            for (int writes = 0; died; writes++) {
                Path place = directory.resolve(number + "-" + writes);
                var story = new Story(place, new Random(seed)).quietly();
                try {
                    died = story.dies(writes);
                    deaths[0] += died ? 1 : 0;
                    story.endsAfterADeath();
                    story.forget();
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError("dying before write " + writes + ": " + e + "\n" + story, e);
                }
            }
        });
        assertThat(deaths[0]).isGreaterThan(Cases.of(200, 5_000).count());
    }

    @Test
    void theNextRunConvergesWhereverTheDiskWasFull() {
        int[] times = {0};
        Cases.of(100, 5_000).run((random, number) -> {
            long seed = random.nextLong();
            boolean full = true;
            for (int writes = 0; full; writes++) {
                Path place = directory.resolve("full-" + number + "-" + writes);
                var story = new Story(place, new Random(seed)).quietly();
                try {
                    full = story.fills(writes);
                    times[0] += full ? 1 : 0;
                    story.endsAfterADeath();
                    story.forget();
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError("full at write " + writes + ": " + e + "\n" + story, e);
                }
            }
        });
        assertThat(times[0]).isGreaterThan(Cases.of(100, 5_000).count());
    }

    @Test
    void aDeathIsNotCaught() {
        var story = new Story(directory.resolve("one"), new Random(3)).quietly();
        assertThat(story.dies(0)).isTrue();
        assertThat(Died.class).isAssignableTo(Error.class);
    }
}
