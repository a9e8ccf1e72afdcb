package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Replacements that a person asks for, not the program ({@code --replace}, {@code --target-replace}). */
final class ReplaceOnRequestTest extends BenchedTest {
    @Test
    void replacesThoughNothingChanged() {
        var script = Script.of(res("a"), res("b").from("link", "a"));
        bench.up(script);
        String before = bench.state("a").id();
        bench.replace("a");
        assertThat(bench.up(script).succeeded()).isTrue();
        assertThat(bench.world.calls).containsExactly("create a", "update b", "delete a");
        assertThat(bench.state("a").id()).isNotEqualTo(before);
    }

    @Test
    void targetReplaceTouchesNothingElse() {
        bench.up(Script.of(res("a"), res("b").with("size", "1")));
        bench.options = bench.options.withSelection(
                Selection.ALL.withTargetReplacements(List.of(Workbench.urn("a").text())));
        bench.up(Script.of(res("a"), res("b").with("size", "2")));
        assertThat(bench.world.calls).containsExactly("create a", "delete a");
    }

    @Test
    void oneThatIsNotThereIsAFailureBeforeAnythingIsDone() {
        bench.up(Script.of(res("a")));
        bench.replace("nobody");
        assertThat(bench.up(Script.of(res("a").with("size", "2"))).succeeded()).isFalse();
        assertThat(bench.told()).contains("there is no resource `" + Workbench.urn("nobody"));
        assertThat(bench.world.calls).isEmpty();
    }

    @Test
    void protectionHolds() {
        bench.up(Script.of(res("a").protect(true)));
        bench.replace("a");
        assertThat(bench.up(Script.of(res("a").protect(true))).succeeded()).isFalse();
        assertThat(bench.world.calls).isEmpty();
    }

    @Test
    void refusesWhatIsNoUrn() {
        assertThatThrownBy(() -> Selection.ALL.withReplacements(List.of("web")))
                .hasMessageContaining("--replace: expected urn:pulumi:");
    }
}
