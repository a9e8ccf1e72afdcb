package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CheckResponse;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known before App Runner is asked: told at preview, and refused before anything is changed. */
final class DeploymentPreflightTest {
    private static final Urn SERVICE = FakeAws.urn("Service", "hello");
    private static final String IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:1";
    private static final String FOREIGN = "444455556666.dkr.ecr.us-east-1.amazonaws.com/team/app:1";
    private static final String REPOSITORY = "arn:aws:ecr:us-east-1:111122223333:repository/team/app";
    private static final PropertyMap INPUTS = PropertyMap.of("serviceName", text("hello"))
            .with("image", text(IMAGE))
            .with("accessRoleArn", text("arn:aws:iam::111122223333:role/puller"))
            .with("port", PropertyValue.of(8080))
            .with("autoDeploy", PropertyValue.of(false));

    private final FakeAws aws = new FakeAws().withRoles();
    private final ResourceProvider provider = aws.provider();

    @Test
    void findsNothingWhereAllIsWell() {
        imageIs(new ImageRegistry.Found("sha256:a", 1000, List.of("8080/tcp")));
        assertThat(warnings(INPUTS)).isEmpty();
        create(INPUTS);
    }

    @Test
    void tellsAnImageThatIsNotThereAtPreviewAndRefusesItBeforeTheCreation() {
        imageIs(new ImageRegistry.Unusable("there is no tag 1 in team/app", false));
        assertThat(warnings(INPUTS))
                .containsExactly("WARNING the deployment would fail: image: there is no tag 1 in team/app");
        assertThatThrownBy(() -> create(INPUTS))
                .isInstanceOf(ProviderException.class)
                .hasMessageContainingAll("create Service hello", "there is no tag 1", "Nothing was changed");
        assertThat(aws.appRunner.calls).isEmpty();
    }

    @Test
    void refusesAnUpdateToAnImageThatIsNotThereAndLooksAtNoOtherUpdate() {
        CreateResponse made = create(INPUTS);
        imageIs(new ImageRegistry.Unusable("there is no tag 1", false));
        update(made, INPUTS.with("cpu", text("2048")).with("memory", text("4096")));
        aws.images.answers.put(IMAGE.replace(":1", ":2"), new ImageRegistry.Unusable("there is no tag 2", false));
        assertThatThrownBy(() -> update(made, INPUTS.with("image", text(IMAGE.replace(":1", ":2")))))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("there is no tag 2");
        assertThat(aws.appRunner.updates).hasSize(1);
    }

    @Test
    void tellsAPortThatTheImageDoesNotExpose() {
        imageIs(new ImageRegistry.Found("sha256:a", 1000, List.of("80/tcp")));
        assertThat(warnings(INPUTS)).singleElement().asString().contains("port 8080", "exposes 80");
        assertThat(warnings(INPUTS.without("port"))).as("the default port").hasSize(1);
        create(INPUTS);
    }

    /** A tag may be pushed anew, and a role changed, by the same program before the service's turn; these never get better. */
    @Test
    void refusesAtPreviewTogetherWhatNothingCanMend() {
        String pinned = IMAGE + "@sha256:" + "a".repeat(64);
        aws.images.answers.put(pinned, new ImageRegistry.Unusable("it is built for linux/arm64", true));
        imageIs(new ImageRegistry.Unusable("it is built for linux/arm64", true));
        PropertyMap wrong = INPUTS.with("image", text(pinned))
                .with("port", PropertyValue.of(70_000))
                .with("instanceRoleArn", text("arn:aws:iam::444455556666:role/runner"));
        assertThat(check(wrong).failures())
                .extracting(failure -> failure.path().toString())
                .containsExactlyInAnyOrder("port", "image", "instanceRoleArn");
        assertThat(aws.told).as("and says nothing twice").isEmpty();
        assertThat(warnings(INPUTS)).containsExactly("WARNING the deployment would fail: it is built for linux/arm64");
    }

    @Test
    void saysNothingOfAPortThatIsNoneButThat() {
        imageIs(new ImageRegistry.Found("sha256:a", 1000, List.of("80/tcp")));
        assertThat(check(INPUTS.with("port", PropertyValue.of(0))).failures()).hasSize(1);
        assertThat(aws.told).isEmpty();
    }

    @Test
    void tellsAnImageThatDoesNotFitOnTheDisk() {
        imageIs(new ImageRegistry.Found("sha256:a", 4L << 30, List.of()));
        assertThat(warnings(INPUTS)).singleElement().asString().contains("too large", "3 GB");
    }

    @Test
    void tellsWhichStatementTheRoleLacks() {
        aws.iam
                .roles
                .get("puller")
                .policies
                .put("pull", PullPolicy.forRole(List.of(REPOSITORY.replace("app", "other"))));
        String missing = """
                {"Effect":"Allow","Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"],"Resource":"%s"}""".formatted(REPOSITORY);
        assertThat(warnings(INPUTS)).singleElement().asString().contains("would fail", missing);
        assertThatThrownBy(() -> create(INPUTS)).hasMessageContaining(missing);
    }

    @Test
    void letsTheRepositoryOfTheSameAccountAllowWhatTheRoleLacks() {
        aws.iam.roles.get("puller").policies.put("pull", """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"*"}}""");
        aws.ecr.policies.put("team/app", """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*",
                 "Principal":{"AWS":"arn:aws:iam::111122223333:role/puller"}}]}""");
        assertThat(warnings(INPUTS)).isEmpty();
    }

    @Test
    void tellsWhichStatementTheRepositoryOfAnotherAccountLacks() {
        PropertyMap foreign = INPUTS.with("image", text(FOREIGN));
        assertThat(warnings(foreign)).singleElement().asString().contains("""
                Add to the policy of arn:aws:ecr:us-east-1:444455556666:repository/team/app: \
                {"Sid":"AppRunnerPull","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/puller"},\
                "Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]}""");
    }

    @Test
    void leavesToAppRunnerWhatTheRepositoryOfAnotherAccountDoesNotShow() {
        aws.ecr.policyReadable = false;
        assertThat(warnings(INPUTS.with("image", text(FOREIGN)))).isEmpty();
    }

    @Test
    void tellsARoleThatTrustsTheOtherServiceOfAppRunner() {
        aws.iam.roles.get("puller").trust = PullPolicy.trust(RoleJudge.RUNNER);
        assertThatThrownBy(() -> create(INPUTS))
                .hasMessageContainingAll(
                        "does not allow it to build.apprunner.amazonaws.com",
                        "but to tasks.apprunner.amazonaws.com",
                        "Add to its trust policy");
    }

    @Test
    void tellsThatAPushCannotMoveAnImmutableTag() {
        aws.ecr.createRepository(create -> create.repositoryName("team/app").imageTagMutability("IMMUTABLE"));
        assertThat(warnings(INPUTS.with("autoDeploy", PropertyValue.of(true))))
                .singleElement()
                .asString()
                .contains("autoDeploy has no effect", "IMMUTABLE");
    }

    @Test
    void doesNotJudgeARoleThatThisRunIsMaking() {
        PropertyMap role = PropertyMap.of("roleName", text("fresh"))
                .with("repositories", PropertyValue.of(List.of(text(REPOSITORY))));
        String arn = provider.create(
                        new CreateRequest(FakeAws.urn("AccessRole", "fresh"), role, Optional.empty(), false))
                .outputs()
                .text("arn")
                .orElseThrow();
        aws.iam.roles.get("fresh").policies.clear();
        create(INPUTS.with("accessRoleArn", text(arn)));
    }

    private void imageIs(ImageRegistry.Answer answer) {
        aws.images.answers.put(IMAGE, answer);
    }

    private List<String> warnings(PropertyMap inputs) {
        aws.told.clear();
        assertThat(check(inputs).failures()).isEmpty();
        return List.copyOf(aws.told);
    }

    private CheckResponse check(PropertyMap inputs) {
        return provider.check(new CheckRequest(SERVICE, Optional.empty(), inputs, "5eed".repeat(16)));
    }

    private CreateResponse create(PropertyMap inputs) {
        return provider.create(new CreateRequest(SERVICE, inputs, Optional.empty(), false));
    }

    private void update(CreateResponse made, PropertyMap news) {
        provider.update(new UpdateRequest(
                made.id(), SERVICE, INPUTS, made.outputs(), news, List.of(), Optional.empty(), false));
    }

    private static PropertyValue text(String value) {
        return PropertyValue.of(value);
    }
}
