package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RepositoryPolicyHandlerTest {
    private static final Urn POLICY = FakeAws.urn("RepositoryPolicy", "pull");
    private static final String ARN = "arn:aws:ecr:us-east-1:111122223333:repository/team/app";
    private static final String PULLER = "arn:aws:iam::444455556666:role/puller";
    private static final String STRANGER = """
            {"Version":"2008-10-17","Id":"theirs","Statement":{"Sid":"Strange","Effect":"Deny","Principal":"*",
             "Action":"ecr:DeleteRepository","Condition":{"Future":{"x":1}}}}""";

    private final FakeAws aws = new FakeAws();
    private final ResourceProvider provider = aws.provider();
    private final PropertyMap inputs = PropertyMap.of("repository", PropertyValue.of(ARN))
            .with("principals", PropertyValue.of(List.of(PropertyValue.of(PULLER))))
            .with("sid", PropertyValue.of("Ours"));

    @Test
    void writesAStatementWithoutAResource() throws JsonProcessingException {
        CreateResponse made = create();
        assertThat(made.id()).isEqualTo(ARN + "/Ours");
        assertThat(tree(aws.ecr.policies.get("team/app"))).isEqualTo(tree("""
                {"Version": "2012-10-17", "Statement": [{"Sid": "Ours", "Effect": "Allow",
                 "Principal": {"AWS": ["arn:aws:iam::444455556666:role/puller"]},
                 "Action": ["ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer"]}]}
                """));
    }

    @Test
    void leavesStrangersStatementsAsTheyAre() throws JsonProcessingException {
        aws.ecr.policies.put("team/app", STRANGER);
        CreateResponse made = create();
        var policy = tree(aws.ecr.policies.get("team/app"));
        assertThat(policy.path("Statement")).hasSize(2);
        assertThat(policy.path("Statement").get(0)).isEqualTo(tree(STRANGER).path("Statement"));
        assertThat(policy.path("Id").asText()).isEqualTo("theirs");
        delete(made);
        assertThat(tree(aws.ecr.policies.get("team/app")).path("Statement"))
                .singleElement()
                .isEqualTo(tree(STRANGER).path("Statement"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"Version\" : \"2008-10-17\",\n  \"Statement\" : [ {\"Sid\":\"A\", \"N\": 1.50e2}, {\"Sid\" :\"B\",\"x\":\"\\u00e9\"} ] }",
                "{\"Statement\":[{\"Sid\":\"A\"}],\"Id\":\"after\"}",
            })
    void leavesEveryLetterOfStrangersStatements(String theirs) {
        aws.ecr.policies.put("team/app", theirs);
        CreateResponse made = create();
        assertThat(aws.ecr.policies.get("team/app")).contains("\"Sid\":\"Ours\"");
        delete(made);
        assertThat(aws.ecr.policies.get("team/app")).isEqualTo(theirs);
    }

    @Test
    void looksAgainBeforeItWritesSoThatItUndoesNobodysChange() throws JsonProcessingException {
        aws.ecr.afterNextRead = () -> aws.ecr.policies.put("team/app", STRANGER);
        provider.update(
                new UpdateRequest(ARN + "/Ours", POLICY, inputs, inputs, inputs, List.of(), Optional.empty(), false));
        assertThat(tree(aws.ecr.policies.get("team/app")).path("Statement"))
                .extracting(statement -> statement.path("Sid").asText())
                .containsExactly("Strange", "Ours");
        assertThat(aws.ecr.calls).containsExactly("SetRepositoryPolicy");
    }

    @Test
    void refusesToFightForAPolicyThatSomeoneElseKeepsChanging() {
        aws.ecr.policies.put("team/app", STRANGER);
        aws.ecr.everyWriteIsUndone = true;
        assertThatThrownBy(this::create)
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("someone else keeps changing the policy");
    }

    @Test
    void writesAgainForARoleThatWasMadeAgainUnderItsName() {
        CreateResponse made = create();
        aws.ecr.policies.computeIfPresent("team/app", (name, policy) -> policy.replace(PULLER, "AROAGONE"));
        var diff = provider.diff(new DiffRequest(made.id(), POLICY, inputs, made.outputs(), inputs, List.of()));
        assertThat(diff.changes()).as("without a refresh").isTrue();
        provider.update(new UpdateRequest(
                made.id(), POLICY, inputs, made.outputs(), inputs, List.of(), Optional.empty(), false));
        assertThat(aws.ecr.policies.get("team/app")).contains(PULLER).doesNotContain("AROAGONE");
    }

    @Test
    void removesThePolicyWithItsLastStatement() {
        delete(create());
        assertThat(aws.ecr.policies).isEmpty();
        assertThat(aws.ecr.calls).containsExactly("SetRepositoryPolicy", "DeleteRepositoryPolicy");
    }

    @Test
    void waitsUntilEcrKnowsTheRole() {
        aws.ecr.principalUnknownFor = 5;
        create();
        assertThat(aws.ecr.policies).containsKey("team/app");
    }

    @Test
    void givesUpOnARoleThatEcrNeverKnows() {
        aws.ecr.principalUnknownFor = Integer.MAX_VALUE;
        Instant before = aws.now;
        assertThatThrownBy(this::create)
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("Principal not found");
        assertThat(Duration.between(before, aws.now)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void writesAgainWhenSomeoneElseWroteAtTheSameTime() throws JsonProcessingException {
        aws.ecr.afterNextWrite = () -> aws.ecr.policies.put("team/app", STRANGER);
        create();
        assertThat(tree(aws.ecr.policies.get("team/app")).path("Statement"))
                .extracting(statement -> statement.path("Sid").asText())
                .containsExactly("Strange", "Ours");
    }

    @Test
    void refusesASidThatAStrangerHas() {
        aws.ecr.policies.put("team/app", STRANGER.replace("Strange", "Ours"));
        assertThatThrownBy(this::create)
                .isInstanceOf(ProviderException.class)
                .hasMessageContainingAll("Ours", "choose another sid");
    }

    @Test
    void namesBothAccountsWhenTheCredentialsAreOfAnother() {
        PropertyMap foreign =
                inputs.with("repository", PropertyValue.of("444455556666.dkr.ecr.us-east-1.amazonaws.com/team/app:1"));
        assertThat(provider.check(new CheckRequest(POLICY, Optional.empty(), foreign, "00".repeat(32)))
                        .failures())
                .singleElement()
                .satisfies(
                        failure -> assertThat(failure.reason()).contains("444455556666", "111122223333", "provider"));
    }

    @Test
    void refusesARepositoryOfTheGallery() {
        PropertyMap open = inputs.with("repository", PropertyValue.of("public.ecr.aws/slipway/hello"));
        assertThat(provider.check(new CheckRequest(POLICY, Optional.empty(), open, "00".repeat(32)))
                        .failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).contains("public gallery"));
    }

    @Test
    void waitsWithAPrincipalThatIsNotKnownYet() {
        PropertyMap preview = inputs.with("principals", PropertyValue.of(List.of(PropertyValue.Unknown.VALUE)))
                .without("sid");
        var response = provider.check(new CheckRequest(POLICY, Optional.empty(), preview, "00".repeat(32)));
        assertThat(response.failures()).isEmpty();
        assertThat(response.inputs().get("principals")).isEqualTo(preview.get("principals"));
        assertThat(response.inputs().text("sid"))
                .hasValueSatisfying(sid -> assertThat(sid).matches("SlipwayPull[0-9a-f]{12}"));
    }

    @Test
    void seesARoleThatWasDeletedAsADifference() {
        CreateResponse made = create();
        aws.ecr.policies.computeIfPresent("team/app", (name, policy) -> policy.replace(PULLER, "AROAGONE"));
        var read = provider.read(new ReadRequest(made.id(), POLICY, inputs, made.outputs(), Optional.empty()));
        assertThat(provider.diff(new DiffRequest(made.id(), POLICY, read.inputs(), read.outputs(), inputs, List.of()))
                        .diffs())
                .singleElement()
                .satisfies(diff -> assertThat(diff.path()).hasToString("principals[0]"));
    }

    private CreateResponse create() {
        return provider.create(new CreateRequest(POLICY, inputs, Optional.empty(), false));
    }

    private void delete(CreateResponse made) {
        provider.delete(new DeleteRequest(made.id(), POLICY, inputs, made.outputs(), Optional.empty()));
    }

    private static com.fasterxml.jackson.databind.JsonNode tree(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
