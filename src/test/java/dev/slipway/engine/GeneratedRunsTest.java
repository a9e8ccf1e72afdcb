package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testing.Cases;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs nobody thought of, changed again and again, while providers fail in every way, things drift, runs are cancelled and people name
 * targets. After every run the record obeys its rules and no resource is lost from it; when the trouble is over, one run makes everything as
 * wanted, the next one finds nothing to do, and a destroy leaves nothing behind.
 */
final class GeneratedRunsTest {
    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void endsWhereTheProgramWants() {
        Cases.of(2_000, 100_000).run((random, number) -> {
            var story = new Story(directory.resolve(Integer.toString(number)), random);
            try {
                story.tell(1 + random.nextInt(5));
                story.endsWell();
                story.forget();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(e + "\n" + story, e);
            }
        });
    }

    /** In the order in which the program happens to come to them, and side by side. */
    @Test
    void endsThereThoughEverythingHappensAtOnce() {
        Cases.of(100, 10_000).run((random, number) -> {
            var story = new Story(directory.resolve("at-once-" + number), random).atOnce();
            try {
                story.tell(1 + random.nextInt(4));
                story.endsWell();
                story.forget();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(e + "\n" + story, e);
            }
        });
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        String first = told("one");
        assertThat(told("two")).isEqualTo(first);
    }

    private String told(String place) {
        var story = new Story(directory.resolve(place), new Random(7));
        story.tell(4);
        return story.toString();
    }
}
