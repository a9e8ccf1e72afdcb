package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.ProviderException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new resource in the place of an old one. */
final class ReplacementTest {
    @TempDir
    Path directory;

    private Workbench bench;

    @BeforeEach
    void open() {
        bench = new Workbench(directory);
    }

    @Test
    void makesTheNewOneBeforeItDeletesTheOld() {
        bench.up(Script.of(res("a").with("name", "one"), res("b").from("link", "a")));
        OperationResult result = bench.up(Script.of(res("a").with("name", "two"), res("b").from("link", "a")));
        assertThat(bench.world.calls).containsExactly("create a", "update b", "delete a");
        assertThat(bench.steps()).containsExactly("create-replacement a", "replace a", "update b", "delete-replaced a");
        assertThat(bench.world.ids()).contains("id-two").doesNotContain("id-one");
        assertThat(bench.recorded()).containsExactly("a", "b");
        assertThat(result.count(Op.REPLACE)).isEqualTo(1);
    }

    @Test
    void saysWhyItReplaces() {
        bench.up(Script.of(res("a").with("name", "one")));
        bench.preview(Script.of(res("a").with("name", "two")));
        var replace = bench.events.stream()
                .filter(EngineEvent.StepDone.class::isInstance)
                .map(event -> ((EngineEvent.StepDone) event).step())
                .filter(step -> step.op() == Op.REPLACE)
                .findFirst()
                .orElseThrow();
        assertThat(replace.replacing()).singleElement().satisfies(diff -> {
            assertThat(diff.path()).hasToString("name");
            assertThat(diff.reason()).contains("names are for ever");
        });
        assertThat(bench.world.ids()).containsExactly("id-one");
    }

    @Test
    void deletesTheOldOneFirstWhenTheProviderSaysSo() {
        bench.up(Script.of(res("a").with("kind", "one").with("name", "x")));
        bench.provider.onDiff = request ->
                new DiffResponse(ScriptedProvider.changes(request, "kind").diffs(), true, List.of());
        bench.up(Script.of(res("a").with("kind", "two").with("name", "x")));
        assertThat(bench.world.calls).containsExactly("delete a", "create a");
        assertThat(bench.steps()).containsExactly("delete-replaced a", "replace a", "create-replacement a");
        assertThat(bench.world.ids()).containsExactly("id-x");
        assertThat(bench.recorded()).containsExactly("a");
    }

    @Test
    void deletesDependentsTooThatCanNotOutliveIt() {
        bench.provider.onDiff = request -> ScriptedProvider.changes(request, "name");
        bench.up(Script.of(res("a").with("name", "one"), res("b").from("name", "a"), res("c").from("link", "a")));
        bench.up(Script.of(
                res("a").with("name", "two").deleteFirst(), res("b").from("name", "a"), res("c").from("link", "a")));
        assertThat(bench.world.calls).containsExactly("delete b", "delete a", "create a", "create b", "update c");
        assertThat(bench.recorded()).containsExactly("a", "b", "c");
        assertThat(bench.snapshot().resources())
                .noneMatch(state -> state.marks().pendingReplacement());
    }

    @Test
    void goesOnAfterAReplacementThatFailedBetweenDeletionAndCreation() {
        bench.up(Script.of(res("a").with("name", "one")));
        bench.provider.onCreate = request -> {
            throw new ProviderException("not today");
        };
        var wanted = Script.of(res("a").with("name", "two").deleteFirst());
        assertThat(bench.up(wanted).succeeded()).isFalse();
        assertThat(bench.state("a").marks().pendingReplacement()).isTrue();
        assertThat(bench.world.ids()).isEmpty();

        bench.provider.onCreate = bench.world::create;
        assertThat(bench.up(wanted).succeeded()).isTrue();
        assertThat(bench.world.calls).containsExactly("create a");
        assertThat(bench.state("a").marks().pendingReplacement()).isFalse();
    }

    @Test
    void forgetsADeletedOneWhoseReplacementIsNoLongerWanted() {
        bench.up(Script.of(res("a").with("name", "one"), res("b")));
        bench.provider.onCreate = request -> {
            throw new ProviderException("not today");
        };
        bench.up(Script.of(res("a").with("name", "two").deleteFirst(), res("b")));
        assertThat(bench.up(Script.of(res("b"))).succeeded()).isTrue();
        assertThat(bench.world.calls).isEmpty();
        assertThat(bench.recorded()).containsExactly("b");
    }

    @Test
    void triesAgainToDeleteAReplacedOneThatWouldNotGo() {
        bench.up(Script.of(res("a").with("name", "one")));
        bench.provider.onDelete = request -> {
            throw new ProviderException("still in use");
        };
        var wanted = Script.of(res("a").with("name", "two"));
        assertThat(bench.up(wanted).succeeded()).isFalse();
        assertThat(bench.recorded()).containsExactly("a", "a-");

        bench.provider.onDelete = bench.world::delete;
        assertThat(bench.up(wanted).succeeded()).isTrue();
        assertThat(bench.steps()).containsExactly("same a", "delete-replaced a");
        assertThat(bench.world.ids()).containsExactly("id-two");
    }

    @Test
    void doesNotTakeAGeneratedNameOverFromTheOldOne() {
        bench.provider.onDiff = request -> ScriptedProvider.changes(request, "kind");
        bench.up(Script.of(res("a").with("kind", "one")));
        String before = bench.state("a").id();
        bench.up(Script.of(res("a").with("kind", "two")));
        assertThat(bench.state("a").id()).isNotEqualTo(before);
        assertThat(bench.world.ids()).containsExactly(bench.state("a").id());
    }
}
