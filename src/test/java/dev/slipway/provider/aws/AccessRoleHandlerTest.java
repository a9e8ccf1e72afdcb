package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AccessRoleHandlerTest {
    private static final Urn ROLE = FakeAws.urn("AccessRole", "puller");
    private static final PropertyMap INPUTS = PropertyMap.of("roleName", PropertyValue.of("puller"))
            .with(
                    "repositories",
                    PropertyValue.of(
                            List.of(PropertyValue.of("arn:aws:ecr:us-east-1:111122223333:repository/team/app"))));

    private final FakeAws aws = new FakeAws();
    private final ResourceProvider provider = aws.provider();

    @Test
    void allowsPullingFromItsRepositoriesAndNothingElse() throws JsonProcessingException {
        create();
        FakeIam.Stored stored = aws.iam.roles.get("puller");
        assertThat(json(stored.trust)).isEqualTo(json("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                 "Principal": {"Service": "build.apprunner.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
                """));
        assertThat(json(stored.policies.get("slipway-pull"))).isEqualTo(json("""
                {"Version": "2012-10-17", "Statement": [
                 {"Sid": "Login", "Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"},
                 {"Sid": "Pull", "Effect": "Allow",
                  "Action": ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer"],
                  "Resource": ["arn:aws:ecr:us-east-1:111122223333:repository/team/app"]}]}
                """));
    }

    @Test
    void takesImagesOfAnyTagAsTheSameRepository() {
        PropertyMap byImage = INPUTS.with(
                "repositories",
                PropertyValue.of(List.of(
                        PropertyValue.of("111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:7"),
                        PropertyValue.of("111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app"))));
        assertThat(provider.check(new CheckRequest(ROLE, Optional.empty(), byImage, "00".repeat(32)))
                        .inputs())
                .isEqualTo(INPUTS.with("existing", PropertyValue.of(false)));
    }

    @Test
    void refusesARepositoryThatNeedsNoRole() {
        PropertyMap open = INPUTS.with(
                "repositories", PropertyValue.of(List.of(PropertyValue.of("public.ecr.aws/slipway/hello"))));
        assertThat(provider.check(new CheckRequest(ROLE, Optional.empty(), open, "00".repeat(32)))
                        .failures())
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.path()).hasToString("repositories[0]");
                    assertThat(failure.reason()).contains("public gallery");
                });
    }

    @Test
    void neverTakesOverAStrangersRole() {
        create();
        aws.iam.roles.get("puller").tags.clear();
        assertThatThrownBy(this::create)
                .isInstanceOf(ProviderException.class)
                .hasMessageContainingAll("puller", "exists already", "not made by this stack");
    }

    @Test
    void recordsARoleWhosePolicyCouldNotBeWrittenAndRepairsIt() {
        aws.iam.refusesPolicies = true;
        var failure = catchThrowableOfType(InitializationFailed.class, this::create);
        assertThat(failure.id()).isEqualTo("puller");
        assertThat(failure.reasons()).singleElement().asString().contains("iam:PutRolePolicy");
        aws.iam.refusesPolicies = false;
        provider.update(new UpdateRequest(
                "puller", ROLE, INPUTS, failure.outputs(), INPUTS, List.of(), Optional.empty(), false));
        assertThat(aws.iam.roles.get("puller").policies).containsKey("slipway-pull");
    }

    @Test
    void findsAndUndoesWhatSomeoneElseChanged() {
        CreateResponse made = create();
        aws.iam.roles.get("puller").trust = PullPolicy.trust().replace("build.apprunner", "ec2");
        aws.iam.roles.get("puller").policies.clear();
        var read = provider.read(new ReadRequest("puller", ROLE, INPUTS, made.outputs(), Optional.empty()));
        var diff = provider.diff(new DiffRequest("puller", ROLE, read.inputs(), read.outputs(), INPUTS, List.of()));
        assertThat(diff.replaces()).isFalse();
        assertThat(diff.diffs())
                .extracting(PropertyDiff::path)
                .extracting(path -> path.topLevel())
                .containsExactlyInAnyOrder("repositories", "trustPolicy");
        PropertyMap outputs = provider.update(new UpdateRequest(
                        "puller", ROLE, read.inputs(), read.outputs(), INPUTS, List.of(), Optional.empty(), false))
                .outputs();
        assertThat(outputs).isEqualTo(made.outputs());
        assertThat(aws.iam.roles.get("puller").trust).isEqualTo(PullPolicy.trust());
    }

    @Test
    void takesAPolicyInAnotherFormForTheSame() {
        CreateResponse made = create();
        aws.iam
                .roles
                .get("puller")
                .policies
                .computeIfPresent(
                        "slipway-pull",
                        (name, policy) -> policy.replace(
                                "[\"arn:aws:ecr:us-east-1:111122223333:repository/team/app\"]",
                                "\"arn:aws:ecr:us-east-1:111122223333:repository/team/app\""));
        var read = provider.read(new ReadRequest("puller", ROLE, INPUTS, made.outputs(), Optional.empty()));
        assertThat(provider.diff(new DiffRequest("puller", ROLE, read.inputs(), read.outputs(), INPUTS, List.of()))
                        .diffs())
                .isEmpty();
    }

    @Test
    void doesNotWriteAPolicyThatIsRightAlready() {
        CreateResponse made = create();
        aws.iam.calls.clear();
        provider.update(
                new UpdateRequest("puller", ROLE, INPUTS, made.outputs(), INPUTS, List.of(), Optional.empty(), false));
        assertThat(aws.iam.calls).isEmpty();
    }

    @Test
    void saysWhatHoldsARoleBack() {
        CreateResponse made = create();
        aws.iam.roles.get("puller").policies.put("someone-elses", "{}");
        assertThatThrownBy(() ->
                        provider.delete(new DeleteRequest("puller", ROLE, INPUTS, made.outputs(), Optional.empty())))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("Slipway did not make");
        assertThat(aws.iam.roles.get("puller").policies).containsOnlyKeys("someone-elses");
    }

    @Test
    void checksAnExistingRoleAndNeverChangesIt() {
        PropertyMap existing = INPUTS.with("existing", PropertyValue.of(true));
        aws.iam.createRole(role -> role.roleName("puller").assumeRolePolicyDocument(PullPolicy.trust()));
        aws.iam
                .roles
                .get("puller")
                .policies
                .put("theirs", PullPolicy.forRole(List.of("arn:aws:ecr:us-east-1:111122223333:repository/team/app")));
        assertThat(failures(existing)).isEmpty();
        aws.iam.calls.clear();
        CreateResponse made = provider.create(new CreateRequest(ROLE, existing, Optional.empty(), false));
        provider.delete(new DeleteRequest("puller", ROLE, existing, made.outputs(), Optional.empty()));
        assertThat(aws.iam.calls).isEmpty();
    }

    @Test
    void saysWhatKeepsAnExistingRoleFromPulling() {
        PropertyMap existing = INPUTS.with("existing", PropertyValue.of(true));
        aws.iam.createRole(role ->
                role.roleName("puller").assumeRolePolicyDocument(PullPolicy.trust("tasks.apprunner.amazonaws.com")));
        aws.iam.roles.get("puller").policies.put("theirs", PullPolicy.forRole(List.of("arn:aws:ecr:*:*:repository/b")));
        assertThat(failures(existing))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("roleName: App Runner can't assume the role")
                        .contains("build.apprunner.amazonaws.com", "but to tasks.apprunner.amazonaws.com"))
                .anySatisfy(
                        line -> assertThat(line).startsWith("repositories: ").contains("""
                                {"Effect":"Allow","Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"],\
                                "Resource":"arn:aws:ecr:us-east-1:111122223333:repository/team/app"}"""))
                .hasSize(2);
    }

    @Test
    void cannotTellOfARoleThatTrustsUnderACondition() {
        PropertyMap existing = INPUTS.with("existing", PropertyValue.of(true));
        aws.iam.createRole(role -> role.roleName("puller")
                .assumeRolePolicyDocument(PullPolicy.trust()
                        .replace(
                                "\"sts:AssumeRole\"",
                                "\"sts:AssumeRole\",\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":\"1\"}}")));
        aws.iam
                .roles
                .get("puller")
                .policies
                .put("theirs", PullPolicy.forRole(List.of("arn:aws:ecr:us-east-1:111122223333:repository/team/app")));
        assertThat(failures(existing)).isEmpty();
        assertThat(aws.told).singleElement().asString().startsWith("WARNING roleName: perhaps App Runner can't assume");
    }

    private List<String> failures(PropertyMap inputs) {
        return provider.check(new CheckRequest(ROLE, Optional.empty(), inputs, "00".repeat(32))).failures().stream()
                .map(failure -> failure.path() + ": " + failure.reason())
                .toList();
    }

    private CreateResponse create() {
        return provider.create(new CreateRequest(ROLE, INPUTS, Optional.empty(), false));
    }

    private static Object json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
