package dev.slipway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ReadResponse;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of any resource, as an engine drives it: check, preview, create, no change, update, replace, read, delete, delete again. */
@ParameterizedClass
@EnumSource(ProviderFace.class)
public abstract class ResourceHandlerContract {
    private static final String SEED = "5eed".repeat(16);

    @Parameter
    private ProviderFace face;

    private ResourceProvider provider;
    private Urn urn;

    /** A configured provider over an empty world. */
    protected abstract ResourceProvider configuredProvider();

    /** That provider as an engine reaches it, in a world that is empty. Closing it ends what this has begun. */
    protected ResourceProvider reached(ProviderFace face) {
        return face.of(configuredProvider());
    }

    protected abstract String type();

    /** Inputs as a program gives them, without a physical name. */
    protected abstract PropertyMap inputs();

    /** The same with one property changed that can be changed in place. */
    protected abstract PropertyMap changedInputs();

    /** The same as {@link #inputs} with one property changed that needs a replacement. */
    protected abstract PropertyMap replacingInputs();

    /** A top-level property that holds a text, or a container of texts, and may be a secret. */
    protected abstract String secretProperty();

    /** Whether there is a property that a program must give. */
    protected boolean requiresSomething() {
        return true;
    }

    /** Outputs that say what was done when, which nobody can see in the cloud afterwards. */
    protected Set<String> memories() {
        return Set.of();
    }

    private PropertyMap visible(PropertyMap outputs) {
        PropertyMap visible = outputs;
        for (String memory : memories()) {
            visible = visible.without(memory);
        }
        return visible;
    }

    @BeforeEach
    void makeProvider() {
        provider = reached(face);
        urn = Urn.of("dev", "app", "", type(), "thing");
    }

    @AfterEach
    void closeProvider() {
        provider.close();
    }

    @Test
    void checksTheSameInTheSameRun() {
        assertThat(checked(inputs(), Optional.empty())).isEqualTo(checked(inputs(), Optional.empty()));
    }

    @Test
    void keepsItsNameInTheNextRun() {
        PropertyMap first = checked(inputs(), Optional.empty());
        assertThat(provider.check(new CheckRequest(urn, Optional.of(first), inputs(), "0dd5".repeat(16)))
                        .inputs())
                .isEqualTo(first);
    }

    @Test
    void checkingCheckedInputsChangesNothing() {
        PropertyMap first = checked(inputs(), Optional.empty());
        assertThat(checked(first, Optional.of(first))).isEqualTo(first);
    }

    @Test
    void previewsTheInputsAndLeavesOutWhatIsNotKnown() {
        PropertyMap checked = checked(inputs(), Optional.empty());
        CreateResponse preview = provider.create(new CreateRequest(urn, checked, Optional.empty(), true));
        assertThat(preview.id()).isEmpty();
        assertThat(preview.outputs().values()).isNotEmpty();
        assertThat(create(checked).outputs().values())
                .as("what the preview promised")
                .containsAllEntriesOf(preview.outputs().values());
    }

    @Test
    void refusesAnUnknownProperty() {
        PropertyMap wrong = inputs().with("nonsense", PropertyValue.of("x"));
        assertThat(provider.check(new CheckRequest(urn, Optional.empty(), wrong, SEED))
                        .failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.path()).hasToString("nonsense"));
    }

    @Test
    void saysEverythingThatIsMissing() {
        CheckResponse response = provider.check(new CheckRequest(urn, Optional.empty(), PropertyMap.EMPTY, SEED));
        assertThat(response.failures().isEmpty()).isNotEqualTo(requiresSomething());
        assertThat(response.failures())
                .allSatisfy(failure -> assertThat(failure.reason()).contains("required"));
    }

    @Test
    void hasNoDifferenceAfterItWasMade() {
        PropertyMap checked = checked(inputs(), Optional.empty());
        CreateResponse made = create(checked);
        assertThat(diff(made.id(), checked, made.outputs(), checked(inputs(), Optional.of(checked))))
                .extracting(DiffResponse::changes)
                .isEqualTo(false);
    }

    @Test
    void hasNoDifferenceAfterItWasRead() {
        PropertyMap checked = checked(inputs(), Optional.empty());
        CreateResponse made = create(checked);
        ReadResponse read = read(made.id(), checked, made.outputs());
        assertThat(read.id()).isEqualTo(made.id());
        assertThat(read.inputs()).isEqualTo(checked);
        assertThat(read.outputs()).isEqualTo(made.outputs());
        assertThat(diff(made.id(), read.inputs(), read.outputs(), checked(inputs(), Optional.of(read.inputs())))
                        .diffs())
                .isEmpty();
    }

    @Test
    void updatesInPlaceAndThenHasNoDifference() {
        PropertyMap olds = checked(inputs(), Optional.empty());
        CreateResponse made = create(olds);
        PropertyMap news = checked(changedInputs(), Optional.of(olds));
        DiffResponse diff = diff(made.id(), olds, made.outputs(), news);
        assertThat(diff.changes()).isTrue();
        assertThat(diff.replaces()).isFalse();
        var update = new UpdateRequest(made.id(), urn, olds, made.outputs(), news, List.of(), Optional.empty(), false);
        PropertyMap preview = provider.update(new UpdateRequest(
                        made.id(), urn, olds, made.outputs(), news, List.of(), Optional.empty(), true))
                .outputs();
        PropertyMap updated = provider.update(update).outputs();
        assertThat(updated.values()).containsAllEntriesOf(preview.values());
        diff.stables().forEach(name -> assertThat(updated.get(name))
                .isEqualTo(made.outputs().get(name)));
        assertThat(diff(made.id(), news, updated, news).diffs()).isEmpty();
        assertThat(read(made.id(), news, updated).outputs()).isEqualTo(updated);
        assertThat(provider.update(update).outputs()).as("the same once more").isEqualTo(updated);
    }

    @Test
    void saysWhyAReplacementIsNeeded() {
        PropertyMap olds = checked(inputs(), Optional.empty());
        CreateResponse made = create(olds);
        PropertyMap news = checked(replacingInputs(), Optional.of(olds));
        DiffResponse diff = diff(made.id(), olds, made.outputs(), news);
        assertThat(diff.replaces()).isTrue();
        if (face.tellsReasons()) {
            assertThat(diff.diffs())
                    .filteredOn(difference -> difference.kind().replaces())
                    .extracting(PropertyDiff::reason)
                    .allSatisfy(reason -> assertThat(reason).isPresent());
        }
        CreateResponse second = create(checked(replacingInputs(), Optional.empty()));
        assertThat(second.id()).isNotEqualTo(made.id());
        delete(made.id(), olds, made.outputs());
        assertThat(read(second.id(), news, second.outputs()).gone()).isFalse();
    }

    @Test
    void makesNoSecondOneWhenTheAnswerOfACreateWasLost() {
        PropertyMap checked = checked(inputs(), Optional.empty());
        CreateResponse lost = create(checked);
        CreateResponse again = create(checked);
        assertThat(again.id()).isEqualTo(lost.id());
        assertThat(visible(again.outputs())).isEqualTo(visible(lost.outputs()));
    }

    @Test
    void imports() {
        PropertyMap checked = checked(inputs(), Optional.empty());
        CreateResponse made = create(checked);
        ReadResponse imported = read(made.id(), PropertyMap.EMPTY, PropertyMap.EMPTY);
        assertThat(visible(imported.outputs())).isEqualTo(visible(made.outputs()));
        assertThat(diff(made.id(), imported.inputs(), imported.outputs(), checked)
                        .diffs())
                .isEmpty();
        CheckResponse again = provider.check(new CheckRequest(urn, Optional.empty(), imported.inputs(), SEED));
        assertThat(again.failures()).isEmpty();
        assertThat(diff(made.id(), imported.inputs(), imported.outputs(), again.inputs())
                        .diffs())
                .isEmpty();
    }

    @Test
    void keepsASecretSecret() {
        PropertyValue plain = inputs().get(secretProperty()).orElseThrow();
        PropertyMap checked =
                checked(inputs().with(secretProperty(), new PropertyValue.Secret(plain)), Optional.empty());
        assertThat(checked.get(secretProperty()).orElseThrow().containsSecret()).isTrue();
        CreateResponse made = create(checked);
        assertThat(made.outputs().get(secretProperty()).orElseThrow().containsSecret())
                .isTrue();
        ReadResponse read = read(made.id(), checked, made.outputs());
        assertThat(read.outputs().get(secretProperty()).orElseThrow().containsSecret())
                .isTrue();
        assertThat(read.inputs().get(secretProperty()).orElseThrow().containsSecret())
                .isTrue();
    }

    @Test
    void deletesAndDeletesAgain() {
        PropertyMap checked = checked(inputs(), Optional.empty());
        CreateResponse made = create(checked);
        delete(made.id(), checked, made.outputs());
        assertThat(read(made.id(), checked, made.outputs()).gone()).isTrue();
        delete(made.id(), checked, made.outputs());
    }

    private PropertyMap checked(PropertyMap news, Optional<PropertyMap> olds) {
        CheckResponse response = provider.check(new CheckRequest(urn, olds, news, SEED));
        assertThat(response.failures()).isEmpty();
        return response.inputs();
    }

    private CreateResponse create(PropertyMap checked) {
        return provider.create(new CreateRequest(urn, checked, Optional.empty(), false));
    }

    private DiffResponse diff(String id, PropertyMap olds, PropertyMap outputs, PropertyMap news) {
        return provider.diff(new DiffRequest(id, urn, olds, outputs, news, List.of()));
    }

    private ReadResponse read(String id, PropertyMap inputs, PropertyMap outputs) {
        return provider.read(new ReadRequest(id, urn, inputs, outputs, Optional.empty()));
    }

    private void delete(String id, PropertyMap inputs, PropertyMap outputs) {
        provider.delete(new DeleteRequest(id, urn, inputs, outputs, Optional.empty()));
    }
}
