package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Resources that must not be deleted. */
final class ProtectTest extends BenchedTest {
    @Test
    void protectedResourcesStayWithAllTheyNeedAndTheOthersGo() {
        bench.up(Script.of(res("base"), res("a").protect(true).from("link", "base"), res("b")));
        assertThat(bench.up(Script.of()).succeeded()).isFalse();
        assertThat(bench.told()).contains("`a` is protected and would have to be deleted");
        assertThat(bench.recorded()).containsExactly("base", "a");
        assertThat(bench.destroy().succeeded()).isFalse();
        assertThat(bench.world.ids()).hasSize(2);
        bench.up(Script.of(res("base"), res("a").protect(false).from("link", "base")));
        assertThat(bench.destroy().succeeded()).isTrue();
        assertThat(bench.world.ids()).isEmpty();
    }

    @Test
    void protectedResourcesAreNotReplaced() {
        bench.up(Script.of(res("a").with("name", "one").protect(true)));
        assertThat(bench.up(Script.of(res("a").with("name", "two").protect(true)))
                        .succeeded())
                .isFalse();
        assertThat(bench.world.ids()).containsExactly("id-one");
    }

    @Test
    void aPreviewShowsWhichChangeItIs() {
        bench.up(Script.of(res("a").with("name", "one").protect(true)));
        assertThat(bench.preview(Script.of(res("a").with("name", "two").protect(true)))
                        .succeeded())
                .isFalse();
        assertThat(bench.steps()).contains("replace a");
    }

    @Test
    void takingProtectionAwayAndReplacingIsOneStep() {
        bench.up(Script.of(res("a").with("name", "one").protect(true)));
        assertThat(bench.up(Script.of(res("a").with("name", "two"))).succeeded())
                .as(bench.told())
                .isTrue();
        assertThat(bench.world.ids()).containsExactly("id-two");
    }

    @Test
    void dependentsThatWouldHaveToGoFirstAreProtectedToo() {
        bench.up(Script.of(
                res("a").with("name", "one"), res("b").from("name", "a").protect(true)));
        var script = Script.of(
                res("a").with("name", "two").deleteFirst(),
                res("b").from("name", "a").protect(true));
        assertThat(bench.up(script).succeeded()).isFalse();
        assertThat(bench.told()).contains("`b` is protected and would have to be deleted");
        assertThat(bench.world.calls).isEmpty();
    }
}
