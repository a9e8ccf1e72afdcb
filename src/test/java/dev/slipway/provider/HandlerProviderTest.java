package dev.slipway.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.Autonaming;
import dev.slipway.protocol.CheckFailure;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.DiffKind;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.InvokeRequest;
import dev.slipway.protocol.InvokeResponse;
import dev.slipway.protocol.OutcomeUnknown;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.UpdateRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HandlerProviderTest {
    record Part(@Nullable Integer size, @Nullable String kind) {}

    record Inputs(
            @ForcesReplacement("things keep their name") @Nullable
            String name,

            @Required @Nullable String colour,
            @Nullable Part part,
            @Nullable Map<String, String> labels) {}

    record State(
            @Nullable String name,
            @Nullable String colour,
            @Nullable Part part,
            @Nullable Map<String, String> labels,
            @Nullable String address) {}

    /** The least that a handler needs. */
    private static class Thing implements ResourceHandler<Inputs, State> {
        @Override
        public Class<Inputs> inputs() {
            return Inputs.class;
        }

        @Override
        public Class<State> state() {
            return State.class;
        }

        @Override
        public Optional<PhysicalName> physicalName() {
            return Optional.of(new PhysicalName("name", 20));
        }

        @Override
        public Made<State> create(Create<Inputs> call) {
            if (call.inputs().name() != null && call.inputs().name().equals("lost")) {
                throw new IllegalStateException("lost");
            }
            Inputs in = call.inputs();
            return new Made<>("id-" + in.name(), new State(in.name(), in.colour(), in.part(), in.labels(), "here"));
        }
    }

    private static final class ChangingThing extends Thing implements ResourceHandler.Updatable<Inputs, State> {
        @Override
        public List<String> stables() {
            return List.of("address");
        }

        @Override
        public State update(Update<Inputs, State> call) {
            Inputs in = call.inputs();
            return new State(
                    in.name(),
                    in.colour(),
                    in.part(),
                    in.labels(),
                    call.oldState().address());
        }
    }

    record Wanted(@Required @Nullable String name, @Nullable String colour) {}

    record Answer(String name, String colour) {}

    private static final class GetColour implements FunctionHandler<Wanted, Answer> {
        @Override
        public Class<Wanted> arguments() {
            return Wanted.class;
        }

        @Override
        public Class<Answer> result() {
            return Answer.class;
        }

        @Override
        public List<CheckFailure> check(Wanted arguments) {
            return "black".equals(arguments.colour())
                    ? List.of(new CheckFailure(PropertyPath.of("colour"), "expected a colour"))
                    : List.of();
        }

        @Override
        public Answer call(Wanted arguments) {
            if ("lost".equals(arguments.name())) {
                throw new IllegalStateException("no answer");
            }
            return new Answer(String.valueOf(arguments.name()), "red");
        }
    }

    private static final Urn FIXED = Urn.of("dev", "app", "", "test:index:Fixed", "lamp");
    private static final Urn CHANGING = Urn.of("dev", "app", "", "test:index:Changing", "lamp");
    private static final PropertyMap RED =
            PropertyMap.of("name", PropertyValue.of("lamp")).with("colour", PropertyValue.of("red"));

    private final HandlerProvider provider = new HandlerProvider(
            new ProviderConfiguration() {
                @Override
                public CheckResponse check(CheckRequest request) {
                    return new CheckResponse(request.news(), List.of());
                }

                @Override
                public DiffResponse diff(DiffRequest request) {
                    return DiffResponse.NONE;
                }

                @Override
                public Handlers handlers(PropertyMap config) {
                    return new Handlers(
                            Map.of("test:index:Fixed", new Thing(), "test:index:Changing", new ChangingThing()),
                            Map.of("test:index:getColour", new GetColour()));
                }

                @Override
                public RuntimeException explain(String doing, RuntimeException failure) {
                    return new ProviderException(doing + ": " + failure.getMessage(), failure);
                }

                @Override
                public boolean mayHaveHappened(RuntimeException failure) {
                    return "lost".equals(failure.getMessage());
                }

                @Override
                public void cancel() {}

                @Override
                public void close() {}
            },
            ProviderHost.SILENT);

    @BeforeEach
    void configure() {
        provider.configure(PropertyMap.EMPTY);
    }

    @Test
    void replacesWhatCannotChangeInPlace() {
        DiffResponse diff = diff(FIXED, RED, RED, RED.with("colour", PropertyValue.of("blue")));
        assertThat(diff.diffs()).singleElement().satisfies(one -> assertThat(one.kind())
                .isEqualTo(DiffKind.UPDATE_REPLACE));
        assertThat(diff.deleteBeforeReplace())
                .as("the name is the same and was chosen by a person")
                .isTrue();
    }

    @Test
    void makesTheNewOneFirstWhenTheNameIsAutomatic() {
        PropertyMap named = check(FIXED, RED.without("name"), Optional.empty());
        DiffResponse diff = diff(FIXED, named, named, named.with("colour", PropertyValue.of("blue")));
        assertThat(diff.replaces()).isTrue();
        assertThat(diff.deleteBeforeReplace()).isFalse();
    }

    @Test
    void makesTheNewOneFirstWhenTheNameChanges() {
        DiffResponse diff = diff(CHANGING, RED, RED, RED.with("name", PropertyValue.of("other")));
        assertThat(diff.replaces()).isTrue();
        assertThat(diff.deleteBeforeReplace()).isFalse();
        assertThat(diff.diffs()).singleElement().satisfies(one -> assertThat(one.reason())
                .hasValue("things keep their name"));
    }

    @Test
    void anInputThatIsNotSetIsTheCloudsChoice() {
        PropertyMap seen = RED.with(
                        "part", PropertyMap.of("size", PropertyValue.of(3)).with("kind", PropertyValue.of("led")))
                .with("labels", PropertyMap.of("a", PropertyValue.of("1")));
        assertThat(diff(CHANGING, RED, seen, RED).diffs()).isEmpty();
        assertThat(diff(CHANGING, RED, seen, RED.with("part", PropertyMap.of("size", PropertyValue.of(3))))
                        .diffs())
                .isEmpty();
        assertThat(diff(CHANGING, RED, seen, RED.with("part", PropertyMap.of("size", PropertyValue.of(4))))
                        .diffs())
                .singleElement()
                .satisfies(one -> assertThat(one.path()).hasToString("part.size"));
    }

    @Test
    void aMapThatIsNoLongerSetIsEmptied() {
        PropertyMap labelled = RED.with("labels", PropertyMap.of("a", PropertyValue.of("1")));
        assertThat(diff(CHANGING, labelled, labelled, RED).diffs())
                .singleElement()
                .satisfies(one ->
                        assertThat(one).hasToString("PropertyDiff[path=labels.a, kind=DELETE, reason=Optional.empty]"));
        assertThat(diff(CHANGING, RED, RED, RED.with("labels", PropertyMap.EMPTY))
                        .diffs())
                .isEmpty();
    }

    @Test
    void ignoresWhatTheProgramIgnores() {
        var request = new DiffRequest(
                "id",
                CHANGING,
                RED,
                RED.with("colour", PropertyValue.of("blue")),
                RED,
                List.of(PropertyPath.of("colour")));
        assertThat(provider.diff(request).changes()).isFalse();
    }

    @Test
    void anUnknownNameMayBeAReplacement() {
        assertThat(diff(CHANGING, RED, RED, RED.with("name", PropertyValue.Unknown.VALUE))
                        .replaces())
                .isTrue();
    }

    @Test
    void aPreviewLeavesOutWhatIsNotKnown() {
        PropertyMap news = RED.with("colour", PropertyValue.Unknown.VALUE)
                .with("part", PropertyMap.of("size", PropertyValue.of(1)));
        assertThat(provider.create(new CreateRequest(FIXED, news, Optional.empty(), true))
                        .outputs()
                        .values())
                .containsOnlyKeys("name");
        PropertyMap olds = RED.with("address", PropertyValue.of("here"));
        assertThat(provider.update(
                                new UpdateRequest("id", CHANGING, RED, olds, news, List.of(), Optional.empty(), true))
                        .outputs()
                        .values())
                .containsOnlyKeys("name", "address");
    }

    @Test
    void aSecretInsideAMapHidesOnlyThatValue() {
        PropertyMap labels = PropertyMap.of("open", PropertyValue.of("1"))
                .with("hidden", new PropertyValue.Secret(PropertyValue.of("2")));
        PropertyMap outputs = provider.create(
                        new CreateRequest(FIXED, RED.with("labels", labels), Optional.empty(), false))
                .outputs();
        assertThat(outputs.get("labels")).hasValue(labels);
        assertThat(outputs.get("colour")).hasValue(PropertyValue.of("red"));
    }

    @Test
    void saysThatTheOutcomeIsUnknownWhenTheCallMayHaveHappened() {
        PropertyMap lost = RED.with("name", PropertyValue.of("lost"));
        assertThatThrownBy(() -> provider.create(new CreateRequest(FIXED, lost, Optional.empty(), false)))
                .isInstanceOf(OutcomeUnknown.class)
                .hasMessageContaining("create Fixed lamp: lost");
    }

    @Test
    void followsAnEnginesWishAboutNames() {
        PropertyMap nameless = RED.without("name");
        assertThat(check(nameless, Optional.empty(), Autonaming.Mode.PROPOSE, "my.lamp of 2026, a long one")
                        .inputs()
                        .text("name"))
                .as("fitted: no other characters, at most twenty of them")
                .contains("my-lamp-of-2026--a-l");
        assertThat(check(nameless, Optional.empty(), Autonaming.Mode.ENFORCE, "my.lamp")
                        .inputs()
                        .text("name"))
                .contains("my.lamp");
        assertThat(check(nameless, Optional.empty(), Autonaming.Mode.DISABLE, "")
                        .failures())
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.path()).hasToString("name");
                    assertThat(failure.reason()).contains("required", "pulumi:autonaming");
                });
        assertThat(check(RED, Optional.empty(), Autonaming.Mode.DISABLE, "").inputs())
                .isEqualTo(RED);
    }

    @Test
    void keepsAProposedNameInTheNextRunAndWhenItIsRead() {
        PropertyMap first = check(RED.without("name"), Optional.empty(), Autonaming.Mode.PROPOSE, "one")
                .inputs();
        assertThat(check(RED.without("name"), Optional.of(first), Autonaming.Mode.PROPOSE, "two")
                        .inputs())
                .isEqualTo(first);
        PropertyMap outputs = provider.create(new CreateRequest(FIXED, first, Optional.empty(), false))
                .outputs();
        assertThat(outputs.values()).doesNotContainKey("__defaults");
        assertThat(provider.read(new ReadRequest("id", FIXED, first, outputs, Optional.empty()))
                        .inputs())
                .isEqualTo(first);
        assertThat(diff(FIXED, first, outputs, first.with("colour", PropertyValue.of("blue")))
                        .deleteBeforeReplace())
                .as("the replacement gets another name")
                .isFalse();
    }

    private CheckResponse check(PropertyMap news, Optional<PropertyMap> olds, Autonaming.Mode mode, String proposed) {
        return provider.check(
                new CheckRequest(FIXED, olds, news, "00".repeat(32), Optional.of(new Autonaming(proposed, mode))));
    }

    @Test
    void refusesAResourceOrAFileWhereATextBelongs() {
        var resource = new PropertyValue.Reference(CHANGING, Optional.of(PropertyValue.of("id")), "");
        var file = new PropertyValue.Asset(null, "/a/file", null, null);
        assertThat(provider.check(new CheckRequest(
                                FIXED,
                                Optional.empty(),
                                RED.with("colour", resource).with("name", file),
                                "00"))
                        .failures())
                .extracting(CheckFailure::reason)
                .containsExactlyInAnyOrder(
                        "expected text, got a whole resource; give one of its outputs, such as its arn",
                        "expected text, got a file");
    }

    @Test
    void callsAFunctionAndKeepsItsSecrets() {
        PropertyMap arguments = PropertyMap.of("name", new PropertyValue.Secret(PropertyValue.of("lamp")));
        InvokeResponse response = invoke("test:index:getColour", arguments, false);
        assertThat(response.failures()).isEmpty();
        assertThat(response.result())
                .isEqualTo(PropertyMap.of("name", new PropertyValue.Secret(PropertyValue.of("lamp")))
                        .with("colour", PropertyValue.of("red")));
    }

    @Test
    void saysEverythingThatIsWrongWithArguments() {
        assertThat(invoke("test:index:getColour", PropertyMap.of("nmae", PropertyValue.of(1)), false)
                        .failures())
                .extracting(CheckFailure::toString)
                .satisfiesExactlyInAnyOrder(
                        missing -> assertThat(missing).contains("name", "required"),
                        unknown -> assertThat(unknown).contains("nmae", "did you mean `name`?"));
        assertThat(invoke("test:index:getColour", RED.with("colour", PropertyValue.of("black")), false)
                        .failures())
                .containsExactly(new CheckFailure(PropertyPath.of("colour"), "expected a colour"));
    }

    @Test
    void aFunctionOfWhatIsNotKnownYetAnswersNothingInAPreviewAndFailsElsewhere() {
        PropertyMap unknown = PropertyMap.of("name", PropertyValue.Unknown.VALUE);
        assertThat(invoke("test:index:getColour", unknown, true)).isEqualTo(InvokeResponse.of(PropertyMap.EMPTY));
        assertThat(invoke("test:index:getColour", unknown, false).failures())
                .containsExactly(new CheckFailure(PropertyPath.of("name"), "not known yet"));
    }

    @Test
    void explainsWhyAFunctionFailed() {
        assertThatThrownBy(() -> invoke("test:index:getColour", RED.with("name", PropertyValue.of("lost")), false))
                .isInstanceOf(ProviderException.class)
                .hasMessage("call getColour: no answer");
        assertThatThrownBy(() -> invoke("test:index:getColor", RED, false))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("did you mean `test:index:getColour`?");
    }

    @Test
    void refusesATypeThatItDoesNotHave() {
        Urn wrong = Urn.of("dev", "app", "", "test:index:Fixd", "lamp");
        assertThatThrownBy(() -> check(wrong, RED, Optional.empty()))
                .isInstanceOf(ProviderException.class)
                .hasMessageContainingAll("test:index:Fixd", "did you mean `test:index:Fixed`?");
    }

    @Test
    void givesAnotherNameToAnotherSeedAndResource() {
        PropertyMap nameless = RED.without("name");
        String first = check(FIXED, nameless, Optional.empty()).text("name").orElseThrow();
        assertThat(first).matches("lamp-[0-9a-f]{7}");
        assertThat(check(CHANGING, nameless, Optional.empty()).text("name")).isNotEqualTo(Optional.of(first));
        assertThat(provider.check(new CheckRequest(FIXED, Optional.empty(), nameless, "ff".repeat(32)))
                        .inputs()
                        .text("name"))
                .isNotEqualTo(Optional.of(first));
    }

    @Test
    void givesANewNameWhenAChosenOneIsTakenAway() {
        assertThat(check(FIXED, RED.without("name"), Optional.of(RED))
                        .text("name")
                        .orElseThrow())
                .matches("lamp-[0-9a-f]{7}");
    }

    private PropertyMap check(Urn urn, PropertyMap news, Optional<PropertyMap> olds) {
        CheckResponse response = provider.check(new CheckRequest(urn, olds, news, "00".repeat(32)));
        assertThat(response.failures()).isEmpty();
        return response.inputs();
    }

    private InvokeResponse invoke(String token, PropertyMap arguments, boolean preview) {
        return provider.invoke(new InvokeRequest(token, arguments, preview));
    }

    private DiffResponse diff(Urn urn, PropertyMap olds, PropertyMap outputs, PropertyMap news) {
        return provider.diff(new DiffRequest("id", urn, olds, outputs, news, List.of()));
    }
}
