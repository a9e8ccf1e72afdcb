package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static dev.slipway.engine.Workbench.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.ImportProgram.Import;
import dev.slipway.engine.state.Snapshot;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.CheckResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resources that exist are taken over by hand, and nothing else changes. */
final class ImportProgramTest {
    @TempDir
    Path directory;

    private Workbench bench;

    @BeforeEach
    void somethingThatExists() {
        bench = new Workbench(directory);
        bench.world.put("id-there", PropertyMap.of("name", text("there")).with("color", text("red")));
    }

    private static Import item(String name, String id) {
        return new Import(Script.TYPE, name, Optional.of(id), Optional.empty(), Optional.empty(), "", true);
    }

    private OperationResult importing(Import... items) {
        List<Import> imports = Arrays.asList(items);
        Snapshot recorded =
                bench.store().load(Workbench.STACK, bench.secrets()).orElseGet(() -> Snapshot.empty(Instant.EPOCH));
        bench.options = Request.Options.DEFAULT
                .withAdopting(true)
                .withSelection(Selection.ALL.withTargets(
                        imports.stream()
                                .map(item -> item.urn("dev", "proj").text())
                                .toList(),
                        false));
        OperationResult result = bench.up(new ImportProgram(imports, recorded));
        bench.options = Request.Options.DEFAULT;
        return result;
    }

    @Test
    void takesOverWhatIsThereAsItIsAndLeavesTheRestAlone() {
        var before = Script.of(res("a").with("x", text("1"))).export("url", answers -> text("http://a"));
        bench.up(before);
        assertThat(importing(item("b", "id-there")).succeeded())
                .as(bench.told())
                .isTrue();
        assertThat(bench.steps()).containsExactly("import b");
        assertThat(bench.world.calls).isEmpty();
        assertThat(bench.state("b").inputs().text("color")).contains("red");
        assertThat(bench.state("b").id()).isEqualTo("id-there");
        assertThat(bench.state("b").marks().protect()).isTrue();
        assertThat(bench.state("a").inputs().text("x")).contains("1");
        assertThat(bench.snapshot().stackOutputs().text("url")).contains("http://a");
        assertThat(bench.store().history(Workbench.STACK).get(0).kind()).isEqualTo("resource-import");
    }

    @Test
    void whatItsOwnProviderDoesNotAcceptIsImportedWithAWarning() {
        bench.provider.onCheck = request ->
                new CheckResponse(request.news(), List.of(new CheckFailure(PropertyPath.of("color"), "expected blue")));
        bench.provider.onDiff = request -> {
            throw new AssertionError("there is no description to compare");
        };
        assertThat(importing(item("b", "id-there")).succeeded())
                .as(bench.told())
                .isTrue();
        assertThat(bench.told()).contains("color: expected blue");
        assertThat(bench.state("b").inputs().text("color")).contains("red");
    }

    @Test
    void theProgramThatThenDeclaresItChangesNothing() {
        importing(item("b", "id-there"));
        OperationResult result = bench.up(Script.of(
                res("b").with("name", text("there")).with("color", text("red")).protect(true)));
        assertThat(result.changed()).isFalse();
    }

    @Test
    void whatIsNotThereIsToldAndNothingIsRecorded() {
        assertThat(importing(item("b", "id-nowhere")).succeeded()).isFalse();
        assertThat(bench.told()).contains("there is none with the id `id-nowhere`");
        assertThat(bench.recorded()).isEmpty();
    }

    @Test
    void mayStandBelowAComponentThatIsRecordedOrImportedWithIt() {
        bench.up(Script.of(res("group").type("test:index:Group").component()));
        Urn group = Urn.of("dev", "proj", "", "test:index:Group", "group");
        var inner = new Import(
                "test:index:Group", "inner", Optional.empty(), Optional.of(group), Optional.empty(), "", false);
        var child = new Import(
                Script.TYPE,
                "b",
                Optional.of("id-there"),
                Optional.of(inner.urn("dev", "proj")),
                Optional.empty(),
                "",
                false);
        assertThat(importing(inner, child).succeeded()).as(bench.told()).isTrue();
        assertThat(bench.recorded()).containsExactlyInAnyOrder("group", "inner", "b");
        assertThat(bench.state("b").urn().qualifiedType())
                .isEqualTo("test:index:Group$test:index:Group$" + Script.TYPE);
    }
}
