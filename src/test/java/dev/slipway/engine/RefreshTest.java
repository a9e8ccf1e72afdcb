package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.engine.state.StateException;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.PropertyValue.Secret;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ReadResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is really there becomes what is recorded. */
final class RefreshTest {
    @TempDir
    Path directory;

    private Workbench bench;

    @BeforeEach
    void open() {
        bench = new Workbench(directory);
    }

    @Test
    void recordsWhatOthersChanged() {
        bench.up(Script.of(res("a").with("name", "n").with("size", "1")));
        bench.world.put("id-n", PropertyMap.of("name", PropertyValue.of("n")).with("size", PropertyValue.of("7")));
        OperationResult result = bench.refresh();
        assertThat(bench.steps()).containsExactly("update a");
        assertThat(result.count(Op.UPDATE)).isEqualTo(1);
        assertThat(bench.state("a").inputs().text("size")).contains("7");
        bench.up(Script.of(res("a").with("name", "n").with("size", "1")));
        assertThat(bench.world.calls).containsExactly("update a");
    }

    @Test
    void forgetsWhatIsGoneAndEveryReferenceToIt() {
        var script = Script.of(res("a"), res("b").from("link", "a"));
        bench.up(script);
        bench.world.vanish(bench.state("a").id());
        bench.refresh();
        assertThat(bench.steps()).containsExactlyInAnyOrder("delete a", "same b");
        assertThat(bench.recorded()).containsExactly("b");
        assertThat(bench.state("b").links().dependencies()).isEmpty();
        bench.up(script);
        assertThat(bench.world.calls).startsWith("create a");
    }

    @Test
    void changesNothingWhenNothingIsDifferent() {
        bench.up(Script.of(res("a"), res("b")));
        var before = bench.snapshot();
        assertThat(bench.refresh().changed()).isFalse();
        assertThat(bench.snapshot()).isEqualTo(before);
    }

    @Test
    void aPreviewOfItRecordsNothing() {
        bench.up(Script.of(res("a")));
        bench.world.vanish(bench.state("a").id());
        OperationResult result = bench.run(Operation.REFRESH, null, true);
        assertThat(result.count(Op.DELETE)).isEqualTo(1);
        assertThat(bench.recorded()).containsExactly("a");
    }

    @Test
    void secretsStaySecretThoughTheProviderReadsThemInClear() {
        bench.passphrase = Optional.of("p");
        bench.up(Script.of(res("a").with("word", new Secret(PropertyValue.of("hunter2")))));
        bench.provider.onRead = request -> {
            var read = bench.world.read(request);
            return new ReadResponse(
                    read.id(), read.inputs().reveal(), read.outputs().reveal());
        };
        assertThat(bench.refresh().changed()).isFalse();
        assertThat(bench.state("a").inputs().get("word")).containsInstanceOf(Secret.class);
        assertThat(bench.state("a").outputs().get("word")).containsInstanceOf(Secret.class);
    }

    @Test
    void oneThatIsNotWellIsAWarning() {
        bench.up(Script.of(res("a")));
        bench.provider.onRead = request -> {
            throw new InitializationFailed(request.id(), request.inputs(), request.outputs(), List.of("it sulks"));
        };
        assertThat(bench.refresh().succeeded()).isTrue();
        assertThat(bench.told()).contains("WARNING").contains("it sulks");
        assertThat(bench.state("a").initErrors()).containsExactly("it sulks");

        bench.provider.onRead = bench.world::read;
        assertThat(bench.refresh().succeeded()).isTrue();
        assertThat(bench.state("a").initErrors())
                .as("of one that is well again")
                .isEmpty();
    }

    @Test
    void oneThatCanNotBeReadIsToldAndTheOthersAreRecorded() {
        bench.up(Script.of(res("a"), res("b")));
        var before = bench.state("a");
        bench.world.vanish(bench.state("b").id());
        bench.provider.onRead = request -> {
            if (request.urn().name().equals("a")) {
                throw new ProviderException("no answer");
            }
            return bench.world.read(request);
        };
        assertThat(bench.refresh().succeeded()).isFalse();
        assertThat(bench.told()).contains("`a` could not be read");
        assertThat(bench.recorded()).containsExactly("a");
        assertThat(bench.state("a")).isEqualTo(before);
    }

    @Test
    void whatStoodBelowOneThatIsGoneStandsBelowTheNearestAncestor() {
        bench.up(Script.of(
                res("top").type("test:index:Box").component(),
                res("gone").parent("top"),
                res("below").parent("gone")));
        var urn = bench.state("below").urn();
        bench.world.vanish(bench.state("gone").id());
        assertThat(bench.refresh().succeeded()).isTrue();
        assertThat(bench.state("below").urn()).isEqualTo(urn);
        assertThat(bench.state("below").parent()).contains(bench.state("top").urn());
    }

    @Test
    void comesBeforeAnUpdateWhenAskedFor() {
        var script = Script.of(res("a").with("name", "n"), res("b"));
        bench.up(script);
        bench.world.vanish("id-n");
        bench.options = bench.options.withRefresh(true);
        assertThat(bench.preview(script).count(Op.CREATE)).isEqualTo(1);
        assertThat(bench.up(script).succeeded()).isTrue();
        assertThat(bench.world.calls).containsExactly("create a");
        bench.world.vanish("id-n");
        bench.destroy();
        assertThat(bench.world.calls).containsExactly("delete b");
    }

    @Test
    void saysWhichStacksThereAreWhenThisOneIsNot() {
        assertThatThrownBy(bench::refresh)
                .isInstanceOf(StateException.class)
                .hasMessageContaining("There is no stack organization/proj/dev");
    }
}
