package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.ProviderException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program, the steps it leads to, and what is recorded afterwards: the plain life of resources. */
final class LifecycleTest {
    @TempDir
    Path directory;

    private Workbench bench;

    @BeforeEach
    void open() {
        bench = new Workbench(directory);
    }

    @Test
    void createsWhatTheProgramDeclares() {
        var script = Script.of(res("a").with("size", "1"), res("b").from("link", "a"))
                .export("url", answers -> answers.get("b").outputs().get("url").orElseThrow());
        OperationResult result = bench.up(script);
        assertThat(result.succeeded()).isTrue();
        assertThat(result.changed()).isTrue();
        assertThat(bench.steps()).containsExactly("create a", "create b");
        assertThat(bench.recorded()).containsExactly("a", "b");
        assertThat(result.outputs().text("url"))
                .hasValueSatisfying(url -> assertThat(url).startsWith("http://id-b-"));
        assertThat(bench.snapshot().stackOutputs()).isEqualTo(result.outputs());
        assertThat(bench.state("b").links().dependencies()).containsExactly(Workbench.urn("a"));
        assertThat(bench.state("b").parent()).contains(Urn.of("dev", "proj", "", Urn.STACK_TYPE, "proj-dev"));
    }

    @Test
    void anotherOutputIsWorkThoughNoResourceChanges() {
        bench.up(Script.of(res("a")).export("one", answers -> PropertyValue.of("1")));
        var more = Script.of(res("a"))
                .export("one", answers -> PropertyValue.of("1"))
                .export("two", answers -> PropertyValue.of("2"));
        OperationResult preview = bench.preview(more);
        assertThat(preview.changed()).isFalse();
        assertThat(preview.worked()).isTrue();
        bench.up(more);
        assertThat(bench.snapshot().stackOutputs().text("two")).contains("2");
        assertThat(bench.preview(more).worked()).isFalse();
    }

    @Test
    void doesNothingTheSecondTime() {
        var script = Script.of(res("a").with("size", "1"), res("b").from("link", "a"));
        bench.up(script);
        var before = bench.snapshot();
        OperationResult result = bench.up(script);
        assertThat(result.changed()).isFalse();
        assertThat(bench.world.calls).isEmpty();
        assertThat(bench.steps()).containsExactly("same a", "same b");
        assertThat(bench.snapshot()).isEqualTo(before);
    }

    @Test
    void changesInPlaceWhatMayBeChanged() {
        bench.up(Script.of(res("a").with("size", "1")));
        OperationResult result = bench.up(Script.of(res("a").with("size", "2")));
        assertThat(bench.world.calls).containsExactly("update a");
        assertThat(result.count(Op.UPDATE)).isEqualTo(1);
        assertThat(bench.state("a").inputs().text("size")).contains("2");
    }

    @Test
    void deletesDependentsFirst() {
        bench.up(Script.of(res("a"), res("b").from("link", "a"), res("c").from("link", "b"), res("d")));
        bench.up(Script.of(res("d")));
        assertThat(bench.world.calls).containsExactly("delete c", "delete b", "delete a");
        assertThat(bench.recorded()).containsExactly("d");
    }

    @Test
    void deletesNothingWhenTheProgramFails() {
        bench.up(Script.of(res("a"), res("b")));
        OperationResult result = bench.up(Script.of(res("a").with("size", "2")).thenFail("no luck"));
        assertThat(result.outcome()).isEqualTo(OperationResult.Outcome.FAILED);
        assertThat(bench.told()).contains("no luck");
        assertThat(bench.recorded()).containsExactly("a", "b");
        assertThat(bench.state("a").inputs().text("size")).contains("2");
    }

    @Test
    void destroysEverythingWithoutTheProgram() {
        bench.up(Script.of(res("a"), res("b").from("link", "a")));
        OperationResult result = bench.destroy();
        assertThat(result.succeeded()).isTrue();
        assertThat(bench.world.ids()).isEmpty();
        assertThat(bench.snapshot().resources()).isEmpty();
        assertThat(bench.world.calls).containsExactly("delete b", "delete a");
    }

    @Test
    void tellsEveryUnusableInputAtOnceAndTouchesNothing() {
        bench.provider.onCheck = request -> new CheckResponse(
                request.news(),
                List.of(
                        new CheckFailure(PropertyPath.parse("port"), "expected 1 to 65535"),
                        new CheckFailure(PropertyPath.parse("cpu"), "expected 256 or more")));
        OperationResult result = bench.up(Script.of(res("a")));
        assertThat(result.succeeded()).isFalse();
        assertThat(bench.told())
                .contains("test:index:Thing `a`: 2 inputs are not usable")
                .contains("port: expected 1 to 65535\ncpu: expected 256 or more");
        assertThat(bench.world.calls).isEmpty();
        assertThat(bench.recorded()).isEmpty();
    }

    @Test
    void recordsNothingOfACreationThatFailed() {
        bench.provider.onCreate = request -> {
            throw new ProviderException("no room for " + request.urn().name());
        };
        OperationResult result = bench.up(Script.of(res("a"), res("b")));
        assertThat(result.succeeded()).isFalse();
        assertThat(bench.told()).contains("create failed").contains("no room for a");
        assertThat(bench.recorded()).isEmpty();
        assertThat(bench.snapshot().pending()).isEmpty();
    }

    @Test
    void repairsByAnUpdateWhatIsThereButNotWell() {
        bench.provider.onCreate = request -> {
            bench.world.create(request);
            throw new InitializationFailed(
                    "id-" + request.inputs().text("name").orElseThrow(),
                    request.inputs(),
                    request.inputs(),
                    List.of("the process exited with 1", "its last line was: boom"));
        };
        assertThat(bench.up(Script.of(res("a"))).succeeded()).isFalse();
        assertThat(bench.state("a").initErrors())
                .containsExactly("the process exited with 1", "its last line was: boom");
        assertThat(bench.told()).contains("its last line was: boom");

        OperationResult second = bench.up(Script.of(res("a")));
        assertThat(second.succeeded()).isTrue();
        assertThat(bench.world.calls).containsExactly("update a");
        assertThat(bench.state("a").initErrors()).isEmpty();
        assertThat(bench.world.ids()).hasSize(1);
    }

    @Test
    void recordsTheInputsThatAreReallyInForceAfterARolledBackUpdate() {
        bench.up(Script.of(res("a").with("image", "1")));
        bench.provider.onUpdate = request -> {
            throw new InitializationFailed(
                    request.id(), request.oldInputs(), request.oldOutputs(), List.of("rolled back"));
        };
        assertThat(bench.up(Script.of(res("a").with("image", "2"))).succeeded()).isFalse();
        assertThat(bench.state("a").inputs().text("image")).contains("1");
        bench.provider.onUpdate = bench.world::update;
        assertThat(bench.up(Script.of(res("a").with("image", "2"))).succeeded()).isTrue();
        assertThat(bench.state("a").inputs().text("image")).contains("2");
    }

    @Test
    void refusesTwoResourcesOfOneName() {
        assertThat(bench.up(Script.of(res("a"), res("a"))).succeeded()).isFalse();
        assertThat(bench.told()).contains("is declared twice");
        assertThat(bench.world.ids()).hasSize(1);
    }

    @Test
    void saysWhenNothingProvidesAType() {
        assertThat(bench.up(Script.of(res("a").type("tset:index:Thing"))).succeeded())
                .isFalse();
        assertThat(bench.told()).contains("Nothing provides resources of the package `tset`");
    }

    @Test
    void givesComponentsTheirChildrenAndOutputs() {
        Program program = (info, monitor) -> {
            var script = Script.of(res("box").type("test:index:Box").component(), res("a").parent("box"));
            script.run(info, monitor);
            monitor.registerOutputs(script.answers.get("box").urn(), PropertyMap.of("inner", PropertyValue.of("x")))
                    .join();
        };
        bench.up(program);
        assertThat(bench.state("a").urn()).isEqualTo(Urn.of("dev", "proj", "test:index:Box", "test:index:Thing", "a"));
        assertThat(bench.state("box").outputs().text("inner")).contains("x");
        assertThat(bench.up(program).changed()).isFalse();
    }

    @Test
    void stopsBeforeTheNextStepWhenCancelled() {
        bench.listener = event -> {
            if (event instanceof EngineEvent.StepDone done && done.step().name().equals("a")) {
                bench.cancellation.cancel();
            }
        };
        OperationResult result = bench.up(Script.of(res("a"), res("b")));
        assertThat(result.outcome()).isEqualTo(OperationResult.Outcome.CANCELLED);
        assertThat(bench.recorded()).containsExactly("a");
    }

    @Test
    void leavesAProgramBehindThatGoesOnForeverAfterTheCancellation() {
        var never = new CountDownLatch(1);
        OperationResult result = bench.up((info, monitor) -> {
            Script.of(res("a")).run(info, monitor);
            bench.cancellation.cancel();
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new ProgramFailed("stopped before its end", e);
            }
        });
        assertThat(result.outcome()).isEqualTo(OperationResult.Outcome.CANCELLED);
        assertThat(bench.recorded()).containsExactly("a");
        assertThat(Thread.interrupted())
                .as("what comes next is not interrupted")
                .isFalse();
    }
}
