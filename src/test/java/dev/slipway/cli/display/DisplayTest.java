package dev.slipway.cli.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.display.Display.Look;
import dev.slipway.engine.Diagnostic;
import dev.slipway.engine.EngineEvent;
import dev.slipway.engine.EngineEvent.StepInfo;
import dev.slipway.engine.Op;
import dev.slipway.engine.OperationResult;
import dev.slipway.engine.state.ResourceState;
import dev.slipway.engine.state.ResourceState.Links;
import dev.slipway.engine.state.ResourceState.Marks;
import dev.slipway.engine.state.ResourceState.Options;
import dev.slipway.engine.state.ResourceState.Times;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.DiffKind;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.Severity;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DisplayTest {
    private static final Urn SERVICE = Urn.of("dev", "launch", "", "slipway:index:Service", "hello");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aPreviewShowsEachDifferenceAndWhyItReplaces() {
        Display display = display(new Look("Previewing update (dev):", true, false, false));
        display.accept(new EngineEvent.StepStarted(renamed()));
        display.accept(finished(Map.of(Op.REPLACE, 1, Op.SAME, 2)));
        assertThat(text())
                .contains("Previewing update (dev):")
                .contains(" +-  slipway:index:Service hello replace")
                .contains("~ serviceName: \"a\" => \"b\"  [forces replacement: App Runner can't rename a service]")
                .contains("+- 1 to replace", "2 unchanged");
    }

    @Test
    void whatDiffersInTheCloudOnlyIsToldInWordsNotAsNothingForNothing() {
        Display display = display(new Look("Previewing update (dev):", true, false, false));
        display.accept(new EngineEvent.StepStarted(new StepInfo(
                Op.UPDATE,
                SERVICE,
                Optional.of(state("a")),
                Optional.of(state("a")),
                List.of(new PropertyDiff(
                        PropertyPath.of("policyText"), DiffKind.UPDATE, Optional.of("the statement is not there"))))));
        assertThat(text()).contains("~ policyText: the statement is not there").doesNotContain("=>");
    }

    @Test
    void whatWasTheCloudsChoiceIsShownAsItWas() {
        Display display = display(new Look("Previewing update (dev):", true, false, false));
        display.accept(new EngineEvent.StepStarted(new StepInfo(
                Op.UPDATE,
                SERVICE,
                Optional.of(state(PropertyMap.EMPTY, PropertyMap.of("cpu", PropertyValue.of("1024")))),
                Optional.of(state(PropertyMap.of("cpu", PropertyValue.of("256")), PropertyMap.EMPTY)),
                List.of(new PropertyDiff(PropertyPath.of("cpu"), DiffKind.UPDATE, Optional.empty())))));
        assertThat(text()).contains("~ cpu: \"1024\" => \"256\"");
    }

    @Test
    void anUpdateShowsProgressOnceOutputsAndTheEnd() {
        Display display = display(new Look("Updating (dev):", false, false, false));
        display.accept(new EngineEvent.StepStarted(created()));
        display.accept(new EngineEvent.StepProgress(SERVICE, "pulling"));
        display.accept(new EngineEvent.StepProgress(SERVICE, "pulling"));
        display.accept(new EngineEvent.StepDone(created(), Duration.ofMillis(2340)));
        display.accept(finished(Map.of(Op.CREATE, 1)));
        assertThat(text())
                .contains("hello creating...", "hello created (2.3s)", "+ 1 created")
                .contains("token: [secret]", "url  : \"http://127.1.2.3:4780\"")
                .containsOnlyOnce("pulling")
                .doesNotContain("hunter2");
    }

    @Test
    void aFailureIsToldWithItsResourceAndDetail() {
        Display display = display(new Look("Updating (dev):", false, false, false));
        display.accept(new EngineEvent.Told(
                new Diagnostic(Severity.ERROR, Optional.of(SERVICE), "create failed", "the container\nexited")));
        display.accept(finished(Map.of()));
        assertThat(text())
                .contains("Diagnostics:", "slipway:index:Service (hello):", "error: create failed")
                .contains("      the container\n      exited");
    }

    @Test
    void aWarningOfWhatThenFailedIsToldOnceByTheError() {
        for (boolean json : List.of(false, true)) {
            out.reset();
            Display display = display(new Look("Updating (dev):", false, json, false));
            warn(display, "there is no image:1");
            warn(display, "autoDeploy has no effect");
            display.accept(new EngineEvent.Told(new Diagnostic(
                    Severity.ERROR, Optional.of(SERVICE), "create failed", "hello: there is no image:1. Stop.")));
            display.accept(finished(Map.of()));
            assertThat(text()).containsOnlyOnce("there is no image:1").contains("autoDeploy has no effect");
        }
    }

    private static void warn(Display display, String what) {
        display.accept(new EngineEvent.Told(new Diagnostic(Severity.WARNING, Optional.of(SERVICE), what, "")));
    }

    @Test
    void jsonIsOneDocumentWithoutSecrets() {
        Display display = display(new Look("", false, true, false));
        display.accept(new EngineEvent.StepDone(renamed(), Duration.ofSeconds(1)));
        display.accept(finished(Map.of(Op.REPLACE, 1)));
        assertThat(text())
                .startsWith("{")
                .contains(
                        "\"op\" : \"replace\"", "\"replaceReasons\" : [ \"serviceName\" ]", "\"token\" : \"[secret]\"")
                .doesNotContain("hunter2");
    }

    @Test
    void aPreviewInJsonHasNoStepThatIsPartOfAnotherOrNone() {
        Display display = display(new Look("", true, true, false));
        display.accept(
                new EngineEvent.StepStarted(unchanged(Op.SAME, Urn.of("dev", "p", "", Urn.STACK_TYPE, "p-dev"))));
        for (Op op : List.of(Op.SAME, Op.CREATE_REPLACEMENT, Op.REPLACE, Op.DELETE_REPLACED)) {
            display.accept(new EngineEvent.StepStarted(unchanged(op, SERVICE)));
        }
        display.accept(finished(Map.of(Op.SAME, 2, Op.REPLACE, 1)));
        assertThat(text().lines().filter(line -> line.contains("\"op\" : ")).map(String::strip))
                .containsExactly("\"op\" : \"same\",", "\"op\" : \"replace\",");
    }

    private static StepInfo unchanged(Op op, Urn urn) {
        return new StepInfo(op, urn, Optional.of(state("a")), Optional.of(state("a")), List.of());
    }

    private static StepInfo renamed() {
        return new StepInfo(
                Op.REPLACE,
                SERVICE,
                Optional.of(state("a")),
                Optional.of(state("b")),
                List.of(new PropertyDiff(
                        PropertyPath.of("serviceName"),
                        DiffKind.UPDATE_REPLACE,
                        Optional.of("App Runner can't rename a service"))));
    }

    private static StepInfo created() {
        return new StepInfo(Op.CREATE, SERVICE, Optional.empty(), Optional.of(state("a")), List.of());
    }

    private static ResourceState state(String name) {
        return state(PropertyMap.of("serviceName", PropertyValue.of(name)), PropertyMap.EMPTY);
    }

    private static ResourceState state(PropertyMap inputs, PropertyMap outputs) {
        return new ResourceState(
                SERVICE, true, "id", inputs, outputs, Links.NONE, Marks.NONE, List.of(), Options.NONE, Times.UNKNOWN);
    }

    private static EngineEvent finished(Map<Op, Integer> counts) {
        return new EngineEvent.Finished(new OperationResult(
                OperationResult.Outcome.SUCCEEDED,
                counts,
                true,
                new PropertyMap(Map.of(
                        "url",
                        PropertyValue.of("http://127.1.2.3:4780"),
                        "token",
                        new PropertyValue.Secret(PropertyValue.of("hunter2")))),
                Duration.ofSeconds(3)));
    }

    @Test
    void anotherMessageStandsAboveTheLiveTree() {
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Display display = Display.of(
                new Terminal(stream, stream, new BufferedReader(new StringReader("")), true, true),
                new Look("Updating (dev):", false, false, false));
        display.accept(new EngineEvent.StepStarted(created()));
        display.say(stream, "Starting the local cloud...");
        String erase = "\u001b[1A\u001b[J";
        assertThat(text()).containsOnlyOnce(erase);
        String after = text().substring(text().indexOf(erase) + erase.length());
        assertThat(after).startsWith("Starting the local cloud...").contains("slipway:index:Service");
    }

    private Display display(Look look) {
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return Display.of(new Terminal(stream, stream, new BufferedReader(new StringReader("")), false, false), look);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
