package dev.slipway.engine;

import static dev.slipway.engine.Script.res;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.plugin.PluginLoader;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.StackName;
import dev.slipway.engine.state.StackSecrets;
import dev.slipway.engine.state.StateStore;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.testing.PulumiPlugins;
import java.io.File;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that Pulumi's authors wrote run under our engine, beside a provider in this JVM. */
final class ForeignPluginIT {
    private static final StackName STACK = StackName.of("proj", "dev");

    @TempDir
    Path directory;

    private final List<String> told = new ArrayList<>();
    private final World world = new World();
    private final StackSecrets secrets =
            new StackSecrets(Optional.empty(), () -> Optional.of("correct horse"), new Random(1));
    private PluginLoader plugins;
    private StateStore store;

    @BeforeEach
    void loader() {
        Path there = PulumiPlugins.directory();
        plugins = new PluginLoader(
                Map.of("simple", there),
                directory,
                Map.of("PATH", there + File.pathSeparator + System.getenv("PATH"), "HOME", directory.toString()));
        store = new StateStore(directory, InstantSource.system(), new Random(2), new FastDisk());
    }

    private OperationResult run(Operation operation, boolean preview, Script program) {
        told.clear();
        var ours = new ScriptedProvider(world);
        var engine = new Engine(
                store,
                (name, host) -> name.equals("test") ? Optional.of(ours) : plugins.load(name, host),
                InstantSource.system());
        Request request = Request.of(STACK, directory, secrets, "seed")
                .withPreview(preview)
                .withProgram(program);
        return engine.run(operation, request, event -> {
            if (event instanceof EngineEvent.Told said) {
                told.add(said.diagnostic().summary() + " " + said.diagnostic().detail());
            }
        });
    }

    private OperationResult up(Script program) {
        return run(Operation.UPDATE, false, program);
    }

    private ResourceState state(String name) {
        return store.load(STACK, secrets).orElseThrow().resources().stream()
                .filter(state -> state.urn().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Script.Res simple(String name, boolean value) {
        return res(name).type("simple:index:Resource").version("2.0.0").with("value", PropertyValue.of(value));
    }

    @Test
    void aPluginsResourceIsPreviewedMadeChangedAndDeletedBesideOurs() {
        var program =
                Script.of(simple("theirs", true), res("ours").with("from", "x").after("theirs"));
        OperationResult planned = run(Operation.UPDATE, true, program);
        assertThat(planned.succeeded()).as(told.toString()).isTrue();
        assertThat(planned.count(Op.CREATE)).isEqualTo(3);
        assertThat(up(program).succeeded()).as(told.toString()).isTrue();
        assertThat(state("theirs").id()).isEqualTo("id");
        assertThat(state("theirs").outputs().get("value")).contains(PropertyValue.of(true));
        assertThat(state("ours").links().dependencies())
                .containsExactly(state("theirs").urn());
        assertThat(up(program).changed()).isFalse();
        OperationResult changed =
                up(Script.of(simple("theirs", false), res("ours").with("from", "x")));
        assertThat(changed.succeeded()).as(told.toString()).isTrue();
        assertThat(changed.changed()).isTrue();
        assertThat(state("theirs").outputs().get("value")).contains(PropertyValue.of(false));
        assertThat(run(Operation.DESTROY, false, program).count(Op.DELETE)).isEqualTo(3);
        assertThat(store.load(STACK, secrets).orElseThrow().resources()).isEmpty();
    }

    @Test
    void whatItRefusesIsToldWithTheProperty() {
        OperationResult result = up(Script.of(
                res("theirs").type("simple:index:Resource").version("2.0.0").with("value", "no boolean")));
        assertThat(result.succeeded()).isFalse();
        assertThat(told).anySatisfy(line -> assertThat(line).contains("value: value is not a boolean"));
    }

    @Test
    void aFailureOfThePluginIsToldInItsWords() {
        OperationResult result = up(Script.of(res("theirs")
                .type("fail_on_create:index:Resource")
                .version("4.0.0")
                .with("value", PropertyValue.of(true))));
        assertThat(result.succeeded()).isFalse();
        assertThat(told).anySatisfy(line -> assertThat(line).contains("failed create"));
        assertThat(store.load(STACK, secrets).orElseThrow().pending()).isEmpty();
    }

    @Test
    void secretsGoToThePluginAndComeBackEncrypted() {
        PropertyValue word = new PropertyValue.Secret(PropertyValue.of("hunter2"));
        PropertyValue data = PropertyMap.of("public", PropertyValue.of("open")).with("private", word);
        PropertyValue list = PropertyValue.of(List.of(PropertyValue.of("a")));
        OperationResult result = up(Script.of(res("theirs")
                .type("secret:index:Resource")
                .version("14.0.0")
                .with("private", word)
                .with("public", "open")
                .with("privateData", new PropertyValue.Secret(data))
                .with("publicData", data)
                .with("privateArray", new PropertyValue.Secret(list))
                .with("privateMap", new PropertyValue.Secret(PropertyMap.of("k", PropertyValue.of("v"))))
                .with("privateDataArray", new PropertyValue.Secret(PropertyValue.of(List.of(data))))
                .with("privateDataMap", new PropertyValue.Secret(PropertyMap.of("k", data)))));
        assertThat(result.succeeded()).as(told.toString()).isTrue();
        assertThat(state("theirs").outputs().get("private")).contains(word);
        assertThat(store.export(STACK, secrets, false)).doesNotContain("hunter2");
    }

    @Test
    void aPackageThatNobodyProvidesIsToldWithWhereItWouldBe() {
        up(Script.of(res("theirs").type("nowhere:index:Resource")));
        assertThat(told)
                .anySatisfy(line ->
                        assertThat(line).contains("pulumi-resource-nowhere").contains("plugins.providers"));
    }

    @Test
    void noPluginIsLeftRunning() {
        up(Script.of(simple("theirs", true)));
        String mine = PulumiPlugins.directory().toString();
        assertThat(ProcessHandle.current().descendants())
                .noneMatch(process -> process.info().command().orElse("").startsWith(mine));
    }
}
