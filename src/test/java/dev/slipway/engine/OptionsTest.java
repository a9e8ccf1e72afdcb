package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.protocol.InitializationFailed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a program can say of a resource beside its inputs. */
final class OptionsTest extends BenchedTest {
    @Test
    void retainedResourcesAreOnlyForgotten() {
        bench.up(Script.of(res("a").retain()));
        assertThat(bench.up(Script.of()).succeeded()).isTrue();
        assertThat(bench.recorded()).isEmpty();
        assertThat(bench.world.ids()).hasSize(1);
    }

    @Test
    void ignoredChangesKeepTheRecordedValue() {
        bench.up(Script.of(res("a").with("size", "1").with("color", "red")));
        bench.up(Script.of(res("a").with("size", "2").with("color", "blue").ignore("color")));
        assertThat(bench.state("a").inputs().text("color")).contains("red");
        assertThat(bench.state("a").inputs().text("size")).contains("2");
        assertThat(bench.up(Script.of(res("a").with("size", "2")
                                .with("color", "green")
                                .ignore("color")))
                        .changed())
                .isFalse();
    }

    @Test
    void aChangeOfANamedPropertyReplaces() {
        bench.up(Script.of(res("a").with("size", "1")));
        OperationResult result = bench.up(Script.of(res("a").with("size", "2").replaceOn("size")));
        assertThat(result.count(Op.REPLACE)).isEqualTo(1);
    }

    @Test
    void aChildMayBeLessCarefulThanItsParent() {
        var box = res("box").type("test:index:Box").component().retain().protect(true);
        bench.up(Script.of(
                box,
                res("kept").parent("box"),
                res("lost").parent("box").retain(false).protect(false)));
        assertThat(bench.state("kept").marks().protect()).isTrue();
        bench.up(Script.of(
                res("box").type("test:index:Box").component().retain(),
                res("kept").parent("box")));
        assertThat(bench.world.calls).containsExactly("delete lost");
        bench.up(Script.of());
        assertThat(bench.world.calls).isEmpty();
        assertThat(bench.recorded()).isEmpty();
    }

    @Test
    void replaceOnChangesNamesWhatTheProviderMayUpdate() {
        bench.up(Script.of(res("a").with("size", "1").with("color", "red")));
        OperationResult result = bench.up(
                Script.of(res("a").with("size", "1").with("color", "blue").replaceOn("size")));
        assertThat(result.count(Op.UPDATE)).isEqualTo(1);
        assertThat(bench.up(Script.of(
                                res("a").with("size", "1").with("color", "red").replaceOn("*")))
                        .count(Op.REPLACE))
                .isEqualTo(1);
    }

    @Test
    void replaceOnChangesMayNameAFailedInitialization() {
        bench.provider.onCreate = request -> {
            var made = bench.world.create(request);
            throw new InitializationFailed(made.id(), request.inputs(), made.outputs(), List.of("it sulks"));
        };
        bench.up(Script.of(res("a")));
        bench.provider.onCreate = bench.world::create;
        assertThat(bench.up(Script.of(res("a").replaceOn("#initerror"))).count(Op.REPLACE))
                .isEqualTo(1);
    }

    @Test
    void aReplacementIgnoresNoChanges() {
        bench.up(Script.of(res("a").with("name", "one").with("color", "red")));
        bench.up(Script.of(res("a").with("name", "two").with("color", "blue").ignore("color")));
        assertThat(bench.state("a").inputs().text("color")).contains("blue");
    }

    @Test
    void customTimeoutsReachTheProvider() {
        List<String> told = new ArrayList<>();
        bench.provider.onCreate = request -> {
            told.add("create " + request.timeout().orElseThrow());
            return bench.world.create(request);
        };
        bench.provider.onUpdate = request -> {
            told.add("update " + request.timeout().orElseThrow());
            return bench.world.update(request);
        };
        bench.provider.onDelete = request -> {
            told.add("delete " + request.timeout().orElseThrow());
            bench.world.delete(request);
        };
        bench.up(Script.of(res("a").with("size", "1").timeouts(60, 0.5, 120)));
        bench.up(Script.of(res("a").with("size", "2").timeouts(60, 0.5, 120)));
        bench.destroy();
        assertThat(told).containsExactly("create PT1M", "update PT0.5S", "delete PT2M");
    }

    @Test
    void dependsOnOrdersWithoutAnyValue() {
        bench.up(Script.of(res("a"), res("b").after("a")));
        bench.destroy();
        assertThat(bench.world.calls).containsExactly("delete b", "delete a");
    }
}
