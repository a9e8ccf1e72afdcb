package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.InvokeResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Default and explicit providers, which are resources themselves. */
final class ProvidersTest {
    private static final String PROVIDER = "pulumi:providers:test";

    @TempDir
    Path directory;

    private Workbench bench;
    private final List<PropertyMap> configured = new ArrayList<>();

    @BeforeEach
    void open() {
        bench = new Workbench(directory);
        bench.provider.onConfigure = configured::add;
    }

    @Test
    void theDefaultProviderTakesItsConfigurationFromTheStack() {
        bench.config = Map.of("test:region", "here", "other:region", "there");
        bench.up(Script.of(res("a"), res("b")));
        assertThat(configured).containsExactly(PropertyMap.of("region", PropertyValue.of("here")));
        var provider = bench.state("default");
        assertThat(provider.urn().type()).isEqualTo(PROVIDER);
        assertThat(provider.id()).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(provider.parent()).isEmpty();
        assertThat(bench.state("a").provider()).contains(provider.reference());
    }

    @Test
    void aVersionHasADefaultProviderOfItsOwnWhichIsToldIt() {
        bench.up(Script.of(res("a").version("1.2.3")));
        assertThat(bench.state("default_1_2_3").inputs().text("version")).contains("1.2.3");
        assertThat(configured).containsExactly(PropertyMap.of("version", Workbench.text("1.2.3")));
    }

    @Test
    void aDeclaredProviderIsRecordedWithTheVersionThatItsSdkAsksFor() {
        bench.up(Script.of(res("p").type(PROVIDER).version("1.2.3"), res("a").provider("p")));
        assertThat(bench.state("p").inputs().text("version")).contains("1.2.3");
    }

    @Test
    void aChangedConfigurationThatMeansTheSamePlaceUpdatesOnlyTheProvider() {
        bench.config = Map.of("test:profile", "one");
        bench.up(Script.of(res("a")));
        bench.config = Map.of("test:profile", "two");
        OperationResult preview = bench.preview(Script.of(res("a")));
        assertThat(preview.changed()).isFalse();
        assertThat(preview.worked()).isTrue();
        bench.up(Script.of(res("a")));
        assertThat(bench.steps()).containsExactly("same a");
        assertThat(bench.state("default").inputs().text("profile")).contains("two");
    }

    @Test
    void anotherPlaceReplacesEverythingThere() {
        bench.config = Map.of("test:region", "here");
        bench.up(Script.of(res("a").with("name", "one"), res("b").with("name", "other")));
        bench.provider.onCreate = request -> {
            bench.world.vanish("id-" + request.inputs().text("name").orElseThrow());
            return bench.world.create(request);
        };
        bench.config = Map.of("test:region", "there");
        OperationResult result = bench.up(Script.of(res("a").with("name", "one")));
        assertThat(result.succeeded()).isTrue();
        assertThat(bench.world.calls).startsWith("create a").contains("delete a", "delete b");
        assertThat(bench.snapshot().resources().stream().filter(state -> state.isProvider()))
                .hasSize(1);
    }

    @Test
    void anExplicitProviderIsUsedByWhatNamesIt() {
        bench.up(Script.of(res("p").type(PROVIDER).with("region", "far"), res("a").provider("p")));
        assertThat(configured).containsExactly(PropertyMap.of("region", PropertyValue.of("far")));
        assertThat(bench.state("a").provider()).contains(bench.state("p").reference());
        bench.destroy();
        assertThat(bench.world.ids()).isEmpty();
        assertThat(bench.snapshot().resources()).isEmpty();
    }

    @Test
    void childrenInheritTheProviderOfTheirParent() {
        bench.up(
                Script.of(res("p").type(PROVIDER).with("region", "far"), res("a").provider("p"), res("b").parent("a")));
        assertThat(bench.state("b").provider()).contains(bench.state("p").reference());
    }

    @Test
    void unusableConfigurationIsToldAndNothingIsTouched() {
        bench.provider.onCheckConfig = request -> new CheckResponse(
                request.news(), List.of(new CheckFailure(PropertyPath.of("regoin"), "unknown; did you mean region?")));
        bench.config = Map.of("test:regoin", "here");
        assertThat(bench.up(Script.of(res("a"), res("b"))).succeeded()).isFalse();
        assertThat(bench.told()).containsOnlyOnce("regoin: unknown; did you mean region?");
        assertThat(bench.world.calls).isEmpty();
    }

    @Test
    void aPreviewGoesOnWhenAProvidersConfigurationIsNotKnownYet() {
        var script = Script.of(res("a"), res("p").type(PROVIDER).from("region", "a"), res("b").provider("p"));
        OperationResult result = bench.preview(script);
        assertThat(result.succeeded()).isTrue();
        assertThat(bench.steps()).containsExactly("create a", "create p", "create b");
        assertThat(bench.up(script).succeeded()).isTrue();
    }

    @Test
    void saysEverythingThatIsWrongWithAFunctionsArguments() {
        bench.provider.onInvoke = request -> new InvokeResponse(
                PropertyMap.EMPTY,
                List.of(
                        new CheckFailure(PropertyPath.of("name"), "required, but not given"),
                        new CheckFailure(PropertyPath.of("nmae"), "unknown property")));
        var result =
                bench.up((info, monitor) -> monitor.invoke("test:index:lookup", PropertyMap.EMPTY, Optional.empty())
                        .join());
        assertThat(result.succeeded()).isFalse();
        assertThat(bench.told())
                .contains("call `test:index:lookup`: name: required, but not given; nmae: unknown property");
    }

    @Test
    void functionsAreCalledOnTheDefaultProvider() {
        bench.provider.onInvoke =
                request -> InvokeResponse.of(PropertyMap.of("token", PropertyValue.of(request.token())));
        var answers = new ArrayList<PropertyMap>();
        bench.up((info, monitor) -> {
            Script.of(res("a")).run(info, monitor);
            answers.add(monitor.invoke("test:index:lookup", PropertyMap.EMPTY, Optional.empty())
                    .join());
            PropertyMap arguments =
                    PropertyMap.of("urn", PropertyValue.of(Workbench.urn("a").text()));
            answers.add(monitor.invoke("pulumi:pulumi:getResource", arguments, Optional.empty())
                    .join());
        });
        assertThat(answers.get(0).text("token")).contains("test:index:lookup");
        assertThat(answers.get(1).text("id")).contains(bench.state("a").id());
    }

    @Test
    void aReplacedProviderThatMeansTheSamePlaceDoesNotTakeItsResourcesAlong() {
        var script = Script.of(
                res("p").type("pulumi:providers:test").with("region", "east"),
                res("a").provider("p").with("name", "n"));
        bench.up(script);
        Urn provider = Urn.of("dev", "proj", "", "pulumi:providers:test", "p");
        bench.options = bench.options.withSelection(Selection.ALL.withReplacements(
                List.of(provider.text(), Workbench.urn("a").text())));
        assertThat(bench.up(script).succeeded()).as(bench.told()).isTrue();
        // The replacement has the same name, so the provider took the old one over: it must not be deleted after that.
        assertThat(bench.world.ids()).containsExactly("id-n");
    }
}
