package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Runs that leave out what was named ({@code --exclude}, {@code --exclude-dependents}). */
final class ExcludeTest extends BenchedTest {
    private static Script script(String size) {
        return Script.of(
                res("a").with("size", size),
                res("b").from("link", "a").with("size", size),
                res("c").from("link", "b").with("size", size),
                res("d").with("size", size));
    }

    @Test
    void theOthersChange() {
        bench.up(script("1"));
        bench.exclude("a");
        assertThat(bench.up(script("2")).succeeded()).isTrue();
        assertThat(bench.world.calls).containsExactly("update b", "update c", "update d");
        assertThat(bench.state("a").inputs().text("size")).contains("1");
    }

    @Test
    void dependentsAreLeftOutTooWhenAskedFor() {
        bench.up(script("1"));
        bench.excludeWithDependents("a");
        bench.up(script("2"));
        assertThat(bench.world.calls).containsExactly("update d");
    }

    @Test
    void aNewOneIsLeftOutAndWhatNeedsItRefused() {
        bench.exclude("a");
        assertThat(bench.up(script("1")).succeeded()).isFalse();
        assertThat(bench.told()).contains("`b` depends on test:index:Thing `a`");
        bench.excludeWithDependents("a");
        assertThat(bench.up(script("1")).succeeded()).isTrue();
        assertThat(bench.recorded()).containsExactly("d");
    }

    @Test
    void anExcludedOneIsNotDeletedNorIsWhatItNeeds() {
        bench.up(script("1"));
        bench.exclude("b");
        assertThat(bench.up(Script.of()).succeeded()).isTrue();
        assertThat(bench.recorded()).containsExactly("a", "b");
        assertThat(bench.destroy().succeeded()).isTrue();
        assertThat(bench.recorded()).containsExactly("a", "b");
        bench.everything();
        bench.destroy();
        assertThat(bench.world.ids()).isEmpty();
    }

    @Test
    void dependentsAreNotDeletedEitherWhenAskedFor() {
        bench.up(script("1"));
        bench.excludeWithDependents("b");
        bench.destroy();
        assertThat(bench.recorded()).containsExactly("a", "b", "c");
        assertThat(bench.world.calls).containsExactly("delete d");
    }

    @Test
    void anExcludedOneIsNotRefreshed() {
        bench.up(script("1"));
        bench.world.vanish(bench.state("a").id());
        bench.world.vanish(bench.state("d").id());
        bench.excludeWithDependents("a");
        bench.refresh();
        assertThat(bench.steps()).containsExactly("delete d");
        assertThat(bench.recorded()).containsExactly("a", "b", "c");
    }

    @Test
    void aPreviewSaysTheSame() {
        bench.up(script("1"));
        bench.exclude("a");
        bench.preview(script("2"));
        assertThat(bench.steps()).containsExactly("same a", "update b", "update c", "update d");
    }
}
