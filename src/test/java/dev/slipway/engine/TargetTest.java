package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.property.Urn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs that touch only what was named ({@code --target}, {@code --target-dependents}). */
final class TargetTest extends BenchedTest {
    private static Script script(String size) {
        return Script.of(
                res("a").with("size", size),
                res("b").from("link", "a").with("size", size),
                res("c").with("size", size));
    }

    @Test
    void onlyTheTargetChanges() {
        bench.up(script("1"));
        bench.target("c");
        assertThat(bench.up(script("2")).succeeded()).isTrue();
        assertThat(bench.world.calls).containsExactly("update c");
        assertThat(bench.steps()).containsExactly("same a", "same b", "update c");
        assertThat(bench.state("a").inputs().text("size")).contains("1");
        assertThat(bench.state("c").inputs().text("size")).contains("2");
    }

    @Test
    void dependentsComeAlongWhenAskedFor() {
        bench.up(script("1"));
        bench.targetWithDependents("a");
        bench.up(script("2"));
        assertThat(bench.world.calls).containsExactly("update a", "update b");
    }

    @Test
    void providersAndTheStackAreAlwaysUpToDate() {
        bench.config = Map.of("test:endpoint", "one");
        bench.up(script("1"));
        bench.config = Map.of("test:endpoint", "two");
        bench.target("c");
        bench.up(script("2"));
        assertThat(bench.snapshot().resources())
                .filteredOn(state -> state.isProvider())
                .allSatisfy(state -> assertThat(state.inputs().text("endpoint")).contains("two"));
    }

    @Test
    void aNewOneThatIsNoTargetIsLeftOut() {
        bench.up(script("1"));
        bench.target("c");
        assertThat(bench.up(Script.of(res("a").with("size", "1"), res("new"), res("c").with("size", "2")))
                        .succeeded())
                .isTrue();
        assertThat(bench.recorded()).containsExactly("a", "c", "b");
        assertThat(bench.world.calls).containsExactly("update c");
    }

    @Test
    void aTargetThatNeedsALeftOutOneIsRefused() {
        bench.up(script("1"));
        bench.target("c");
        var script = Script.of(res("new"), res("c").from("link", "new"));
        assertThat(bench.preview(script).succeeded()).isFalse();
        assertThat(bench.up(script).succeeded()).isFalse();
        assertThat(bench.told()).contains("`c` depends on test:index:Thing `new`", "is not selected");
        assertThat(bench.world.calls).isEmpty();
        assertThat(bench.recorded()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void whatIsNoLongerDeclaredStaysInFrontOfWhatNeedsIt() {
        bench.up(script("1"));
        bench.target("c");
        bench.up(Script.of(res("b").with("size", "2"), res("c").with("size", "2")));
        assertThat(bench.recorded()).containsExactly("a", "b", "c");
        assertThat(bench.world.calls).containsExactly("update c");
    }

    @Test
    void oneThatStaysAndOneThatItNeedsMayBeDeclaredInAnyOrder() {
        bench.up(script("1"));
        bench.target("a");
        bench.up(Script.of(res("b").with("size", "2"), res("c").with("size", "1"), res("a").with("size", "2")));
        assertThat(bench.recorded()).containsExactly("a", "b", "c");
        assertThat(bench.world.calls).containsExactly("update a");
    }

    @Test
    void onlyTargetsAreDeleted() {
        bench.up(script("1"));
        bench.target("c");
        assertThat(bench.up(Script.of()).succeeded()).isTrue();
        assertThat(bench.world.calls).containsExactly("delete c");
        assertThat(bench.recorded()).containsExactly("a", "b");
    }

    @Test
    void deletingWhatOthersStandOnHasToBeAskedFor() {
        bench.up(script("1"));
        bench.target("a");
        assertThat(bench.destroy().succeeded()).isFalse();
        assertThat(bench.told()).contains("`b` would have to be deleted with a target", "--target-dependents");
        assertThat(bench.world.calls).isEmpty();
        bench.targetWithDependents("a");
        assertThat(bench.destroy().succeeded()).isTrue();
        assertThat(bench.world.calls).containsExactly("delete b", "delete a");
        assertThat(bench.recorded()).containsExactly("c");
    }

    @Test
    void aTargetThatIsNotThereIsAFailure() {
        bench.up(script("1"));
        bench.target("nobody");
        assertThat(bench.up(script("2")).succeeded()).isFalse();
        assertThat(bench.told()).contains("there is no resource `" + Workbench.urn("nobody"));
        assertThat(bench.destroy().succeeded()).isFalse();
        assertThat(bench.refresh().succeeded()).isFalse();
        assertThat(bench.world.calls).isEmpty();
    }

    @Test
    void aPatternNamesMany() {
        bench.up(script("1"));
        bench.options = bench.options.withSelection(Selection.ALL.withTargets(List.of("**::b", "**Thi*::c"), false));
        bench.up(script("2"));
        assertThat(bench.world.calls).containsExactly("update b", "update c");
        assertThat(new UrnPatterns(List.of("urn:*::proj::*::b")).contains(Workbench.urn("b")))
                .as("a single star does not cross a colon")
                .isFalse();
    }

    @Test
    void onlyTargetsAreRefreshed() {
        bench.up(script("1"));
        bench.world.vanish(bench.state("a").id());
        bench.world.vanish(bench.state("c").id());
        bench.target("c");
        assertThat(bench.refresh().succeeded()).isTrue();
        assertThat(bench.recorded()).containsExactly("a", "b");
        bench.targetWithDependents("a");
        bench.refresh();
        assertThat(bench.steps()).containsExactlyInAnyOrder("delete a", "same b");
    }

    @Test
    void whatHadToGoWithAReplacedTargetComesBackAsItWas() {
        bench.provider.onDiff = request -> ScriptedProvider.changes(request, "name");
        bench.up(Script.of(
                res("a").with("name", "one"), res("b").from("name", "a").with("size", "1")));
        bench.target("a");
        assertThat(bench.up(Script.of(
                                res("a").with("name", "two").deleteFirst(),
                                res("b").from("name", "a").with("size", "2")))
                        .succeeded())
                .isTrue();
        assertThat(bench.world.calls).containsExactly("delete b", "delete a", "create a", "create b");
        assertThat(bench.state("b").inputs().text("size")).contains("1");
    }

    @Test
    void aReplacedProviderStaysForWhatIsLeftAlone() {
        var provider = res("p").type("pulumi:providers:test").with("region", "east");
        bench.up(Script.of(provider, res("a").provider("p").with("name", "n")));
        Urn name = Urn.of("dev", "proj", "", "pulumi:providers:test", "p");
        var moved = res("p").type("pulumi:providers:test").with("region", "west");
        bench.options = bench.options.withSelection(Selection.ALL.withTargets(List.of(name.text()), false));
        assertThat(bench.up(Script.of(moved, res("a").provider("p").with("name", "n")))
                        .succeeded())
                .as(bench.told())
                .isTrue();
        assertThat(bench.recorded()).containsExactly("a");
        bench.everything();
        bench.up(Script.of(moved, res("a").provider("p").with("name", "n")));
        assertThat(bench.snapshot().resources())
                .filteredOn(state -> state.urn().equals(name))
                .hasSize(1);
    }

    @Test
    void refusesWhatIsNoUrn() {
        assertThatThrownBy(() -> Selection.ALL.withTargets(List.of("web"), false))
                .hasMessageContaining("--target: expected urn:pulumi:STACK::PROJECT::TYPE::NAME, got web");
        assertThatThrownBy(
                        () -> Selection.ALL.withTargets(List.of("**a"), false).withExcludes(List.of("**b"), false))
                .hasMessage("--target and --exclude can't be used together");
    }
}
