package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RepositoryHandlerTest {
    private static final Urn REPOSITORY = FakeAws.urn("Repository", "My.App");
    private static final String LIFECYCLE = "{\"rules\":[]}";
    private static final PropertyMap INPUTS = PropertyMap.of("repositoryName", text("team/app"));

    private final FakeAws aws = new FakeAws();
    private final ResourceProvider provider = aws.provider();

    @Test
    void namesARepositoryInSmallLetters() {
        assertThat(provider.check(new CheckRequest(REPOSITORY, Optional.empty(), PropertyMap.EMPTY, "00".repeat(32)))
                        .inputs()
                        .text("repositoryName"))
                .hasValueSatisfying(name -> assertThat(name).matches("my-app-[0-9a-f]{7}"));
    }

    @Test
    void tellsWhatTheNameOfAnImageBeginsWith() {
        assertThat(create(INPUTS).outputs().text("repositoryUri"))
                .hasValue("111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app");
    }

    @Test
    void removesTheLifecyclePolicyThatIsNoLongerSetAndLeavesAStrangers() {
        PropertyMap inputs = INPUTS.with("lifecyclePolicy", text(LIFECYCLE));
        CreateResponse made = create(inputs);
        assertThat(diff(made, inputs, INPUTS)).containsExactly("lifecyclePolicy");
        update(made, inputs, INPUTS);
        assertThat(aws.ecr.lifecycles).isEmpty();
        aws.ecr.lifecycles.put("team/app", LIFECYCLE);
        assertThat(diff(made, INPUTS, INPUTS)).isEmpty();
        update(made, INPUTS, INPUTS.with("tags", PropertyMap.of("team", text("blue"))));
        assertThat(aws.ecr.lifecycles).containsKey("team/app");
    }

    @Test
    void takesALifecyclePolicyInAnotherFormForTheSame() {
        PropertyMap inputs =
                INPUTS.with("lifecyclePolicy", text(LIFECYCLE)).with("forceDelete", PropertyValue.of(false));
        CreateResponse made = create(inputs);
        aws.ecr.lifecycles.put("team/app", "{ \"rules\" : [ ] }");
        var read = provider.read(new ReadRequest("team/app", REPOSITORY, inputs, made.outputs(), Optional.empty()));
        assertThat(read.outputs()).isEqualTo(made.outputs());
    }

    @Test
    void doesNotDeleteARepositoryWithImagesUnlessForced() {
        CreateResponse made = create(INPUTS);
        aws.ecr.full.add("team/app");
        assertThatThrownBy(() -> delete(made.outputs()))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("set forceDelete to true");
        delete(made.outputs().with("forceDelete", PropertyValue.of(true)));
        assertThat(aws.ecr.described).isEmpty();
    }

    @Test
    void neverTakesOverAStrangersRepository() {
        create(INPUTS);
        aws.ecr.tags.clear();
        assertThatThrownBy(() -> create(INPUTS))
                .isInstanceOf(ProviderException.class)
                .hasMessageContainingAll("team/app", "exists already", "not made by this stack");
    }

    @Test
    void importsByNameAndByArn() {
        create(INPUTS);
        for (String id : List.of("team/app", "arn:aws:ecr:us-east-1:111122223333:repository/team/app")) {
            assertThat(provider.read(new ReadRequest(
                                    id, REPOSITORY, PropertyMap.EMPTY, PropertyMap.EMPTY, Optional.empty()))
                            .id())
                    .isEqualTo("team/app");
        }
    }

    @Test
    void tellsEveryMistakeAtOnceWithItsPath() {
        assertThat(failures(PropertyMap.of("repositoryName", text("Team//App"))
                        .with("lifecyclePolicy", text("[]"))
                        .with("kmsKey", text("alias/x"))
                        .with("imageTagMutability", text("IMMUTABLE"))
                        .with("imageTagMutabilityExclusionFilters", PropertyValue.of(List.of(text("a b"))))))
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "repositoryName",
                        "lifecyclePolicy",
                        "kmsKey",
                        "imageTagMutabilityExclusionFilters",
                        "imageTagMutabilityExclusionFilters[0]");
    }

    private CreateResponse create(PropertyMap inputs) {
        return provider.create(new CreateRequest(REPOSITORY, inputs, Optional.empty(), false));
    }

    private void update(CreateResponse made, PropertyMap olds, PropertyMap news) {
        provider.update(new UpdateRequest(
                made.id(), REPOSITORY, olds, made.outputs(), news, List.of(), Optional.empty(), false));
    }

    private void delete(PropertyMap outputs) {
        provider.delete(new DeleteRequest("team/app", REPOSITORY, INPUTS, outputs, Optional.empty()));
    }

    private List<String> diff(CreateResponse made, PropertyMap olds, PropertyMap news) {
        return provider
                .diff(new DiffRequest(made.id(), REPOSITORY, olds, made.outputs(), news, List.of()))
                .diffs()
                .stream()
                .map(diff -> diff.path().toString())
                .toList();
    }

    private List<String> failures(PropertyMap inputs) {
        return provider
                .check(new CheckRequest(REPOSITORY, Optional.empty(), inputs, "00".repeat(32)))
                .failures()
                .stream()
                .map(failure -> failure.path() + ": " + failure.reason())
                .toList();
    }

    private static PropertyValue text(String value) {
        return PropertyValue.of(value);
    }
}
