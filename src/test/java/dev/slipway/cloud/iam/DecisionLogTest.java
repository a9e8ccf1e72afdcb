package dev.slipway.cloud.iam;

import static dev.slipway.cloud.iam.Fixture.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.Caller;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserResponse;

/** Why a call was allowed or refused. */
final class DecisionLogTest {
    private static final String REPOSITORY = "arn:aws:ecr:eu-west-1:111122223333:repository/app";

    private final Fixture account = new Fixture();

    @Test
    void decisionIsToldWithWhatCounted() throws IOException {
        account.user("ann");
        account.userPolicy("ann", """
                {"Version":"2012-10-17","Statement":[
                  {"Sid":"Other","Effect":"Allow","Action":"iam:*","Resource":"*"},
                  {"Effect":"Allow","Action":"ecr:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}},
                  {"Sid":"Pull","Effect":"Allow","Action":"ecr:BatchGetImage","Resource":"*"}]}""");
        Caller ann = account.caller("ann");
        account.iam.authorize(Question.of(ann, "ecr:BatchGetImage", REPOSITORY).within("r-1"));

        JsonNode told = decisions("r-1", false, 10).get(0);
        assertThat(told.get("allowed").asBoolean()).isTrue();
        assertThat(told.get("principal").asText()).isEqualTo(Fixture.arn("user", "ann"));
        assertThat(told.get("action").asText()).isEqualTo("ecr:BatchGetImage");
        assertThat(told.at("/context/aws:username/0").asText()).isEqualTo("ann");
        assertThat(told.get("statements"))
                .extracting(each -> each.path("sid").asText() + ": "
                        + each.get("why").asText() + " " + each.get("counted").asBoolean())
                .containsExactly(
                        "Other: is about other actions: iam:* false",
                        ": its condition Bool aws:SecureTransport does not hold: the request has no such key false",
                        "Pull: matches true");
        assertThat(told.at("/statements/0/policy").asText()).isEqualTo("the inline policy only of the user ann");
    }

    @Test
    void denialsAreToldAloneAndTheLastOnesFirst() throws IOException {
        account.user("ann");
        Caller ann = account.caller("ann");
        int before = decisions("", true, 1000).size();
        for (int i = 0; i < 3; i++) {
            Question question =
                    Question.of(ann, "ecr:BatchGetImage", REPOSITORY + i).within("r-" + i);
            assertFault(
                    () -> account.iam.authorize(question), "AccessDeniedException", 400, "no identity-based policy");
        }
        account.iam.authorize(Question.of(Driver.root(Fixture.ACCOUNT), "ecr:BatchGetImage", REPOSITORY)
                .within("r-root"));
        assertThat(decisions("", true, 1000)).hasSize(before + 3);
        assertThat(decisions("", true, 2))
                .extracting(each -> each.get("requestId").asText())
                .containsExactly("r-1", "r-2");
        assertThat(decisions("r-root", false, 1).get(0).get("because").asText()).contains("root");
        assertThat(decisions("nobody", false, 1)).isEmpty();
    }

    @Test
    void onlyTheLastThousandAreKept() throws IOException {
        Caller root = Driver.root(Fixture.ACCOUNT);
        for (int i = 0; i < DecisionLog.CAPACITY + 5; i++) {
            account.iam.authorize(
                    Question.of(root, "ecr:BatchGetImage", REPOSITORY).within("r-" + i));
        }
        assertThat(decisions("", false, 5000)).hasSize(DecisionLog.CAPACITY);
        assertThat(decisions("r-4", false, 1)).isEmpty();
        assertThat(decisions("r-5", false, 1)).hasSize(1);
    }

    @Test
    void assumingIsTold() throws IOException {
        account.role("app");
        String arn = Fixture.arn("role", "app");
        assertThat(account.trusts(arn, "tasks.apprunner.amazonaws.com")).isFalse();
        JsonNode told = decisions("", true, 1).get(0);
        assertThat(told.get("principal").asText()).isEqualTo("tasks.apprunner.amazonaws.com");
        assertThat(told.at("/statements/0/why").asText())
                .isEqualTo("names another principal: build.apprunner.amazonaws.com");
        assertThat(told.get("because").asText()).contains("no role trust policy");
        assertThat(told.get("remedy").asText())
                .isEqualTo("add to the trust policy of " + arn + ": {\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                        + "\"tasks.apprunner.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}");
    }

    @Test
    void aPrincipalThatIsGoneIsToldFromItsNamesake() throws IOException {
        account.user("ann");
        account.call(
                CreateRoleRequest.builder()
                        .roleName("app")
                        .assumeRolePolicyDocument(Fixture.TRUST.replace(
                                "\"Service\": \"build.apprunner.amazonaws.com\"",
                                "\"AWS\": \"" + Fixture.arn("user", "ann") + "\""))
                        .build(),
                CreateRoleResponse.class);
        account.call(DeleteUserRequest.builder().userName("ann").build(), DeleteUserResponse.class);
        account.user("ann");
        Question question = Question.of(account.caller("ann"), "sts:AssumeRole", Fixture.arn("role", "app"));
        assertFault(() -> account.iam.authorizeAssume(question), "AccessDenied", 403, "no role trust policy");
        assertThat(decisions("", true, 1).at("/0/statements/0/why").asText())
                .startsWith("names another principal: AIDA")
                .contains("who is gone");
    }

    @Test
    void auditLetsThroughAndRemembers() throws IOException {
        Fixture audited = new Fixture(Mode.AUDIT);
        audited.user("ann");
        Caller ann = audited.caller("ann");
        audited.iam.authorize(Question.of(ann, "ecr:BatchGetImage", REPOSITORY).within("r-1"));
        JsonNode answer = new ObjectMapper().readTree(audited.iam.decisions().json("r-1", true, 1));
        assertThat(answer.get("mode").asText()).isEqualTo("audit");
        assertThat(answer.at("/decisions/0/allowed").asBoolean()).isFalse();
        assertThat(answer.at("/decisions/0/passed").asBoolean()).isTrue();
        audited.role("app");
        assertThat(audited.trusts(Fixture.arn("role", "app"), "tasks.apprunner.amazonaws.com"))
                .isTrue();
        assertThat(audited.trusts(Fixture.arn("role", "none"), "tasks.apprunner.amazonaws.com"))
                .isFalse();
    }

    private JsonNode decisions(String request, boolean denied, int last) throws IOException {
        return new ObjectMapper()
                .readTree(account.iam.decisions().json(request, denied, last))
                .get("decisions");
    }
}
