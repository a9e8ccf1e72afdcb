package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.CheckResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same decisions, with nothing done. */
final class PreviewTest {
    @TempDir
    Path directory;

    private Workbench bench;

    @BeforeEach
    void open() {
        bench = new Workbench(directory);
    }

    @Test
    void touchesAndWritesNothing() {
        OperationResult result = bench.preview(Script.of(res("a"), res("b").from("link", "a")));
        assertThat(result.succeeded()).isTrue();
        assertThat(bench.steps()).containsExactly("create a", "create b");
        assertThat(bench.world.calls).isEmpty();
        assertThat(Files.exists(directory.resolve(".pulumi"))).isFalse();
    }

    @Test
    void leavesUnknownOutputsAndIdsOut() {
        var script = Script.of(res("a").with("size", "1"))
                .export("url", answers -> answers.get("a").outputs().get("url").orElse(PropertyValue.Unknown.VALUE));
        OperationResult result = bench.preview(script);
        var answer = script.answers.get("a");
        assertThat(answer.id()).isEmpty();
        assertThat(answer.outputs().values()).containsKey("size").doesNotContainKey("url");
        assertThat(result.outputs().get("url")).contains(PropertyValue.Unknown.VALUE);
    }

    @Test
    void saysWhatTheUpdateThenDoes() {
        bench.up(Script.of(res("a").with("size", "1"), res("b"), res("c").with("name", "one")));
        var wanted = Script.of(res("a").with("size", "2"), res("c").with("name", "two"), res("d"));
        OperationResult preview = bench.preview(wanted);
        List<String> planned = bench.steps();
        OperationResult update = bench.up(wanted);
        List<String> done = bench.steps();
        // Independent deletions run side by side: only what precedes them has one order.
        assertThat(done.subList(0, 4)).containsExactlyElementsOf(planned.subList(0, 4));
        assertThat(done).containsExactlyInAnyOrderElementsOf(planned);
        assertThat(update.counts()).isEqualTo(preview.counts());
        assertThat(planned)
                .containsExactlyInAnyOrder(
                        "update a", "create-replacement c", "replace c", "create d", "delete-replaced c", "delete b");
    }

    @Test
    void goesOnAfterAFailureToFindTheOthers() {
        bench.provider.onCheck = request -> new CheckResponse(
                request.news(),
                List.of(new CheckFailure(
                        PropertyPath.of("port"), "bad in " + request.urn().name())));
        Program both = (info, monitor) -> {
            var stack = Script.res("proj-dev").type("pulumi:pulumi:Stack").component();
            monitor.register(stack.goal(Map.of(), null)).join();
            var first = monitor.register(res("a").goal(Map.of(), null)).handle((done, failure) -> failure);
            first.join();
            monitor.register(res("b").goal(Map.of(), null))
                    .handle((done, failure) -> failure)
                    .join();
        };
        assertThat(bench.preview(both).succeeded()).isFalse();
        assertThat(bench.told()).contains("bad in a").contains("bad in b");
    }

    @Test
    void generatedNamesAreThoseOfTheUpdate() {
        var seen = new ArrayList<String>();
        bench.provider.onCheck = request -> {
            CheckResponse response = ScriptedProvider.named(request);
            seen.add(response.inputs().text("name").orElseThrow());
            return response;
        };
        var engine = new Engine(bench.store(), (name, host) -> Optional.of(bench.provider), () -> Instant.EPOCH);
        Request request = Request.of(Workbench.STACK, directory, bench.secrets(), "one seed")
                .withProgram(Script.of(res("a")));
        engine.run(Operation.UPDATE, request.withPreview(true), EventSink.NONE);
        engine.run(Operation.UPDATE, request, EventSink.NONE);
        assertThat(seen).hasSize(2).containsOnly(seen.get(0));
    }
}
