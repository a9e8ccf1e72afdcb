package dev.slipway.cloud.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.Caller;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryResponse;

/** What a person is told who wants a refused call to pass. */
final class RemedyTest {
    private static final String REPOSITORY = "arn:aws:ecr:eu-west-1:111122223333:repository/app";
    private static final String OF_ANOTHER = REPOSITORY.replace("111122223333", "444455556666");
    private static final String STATEMENT =
            "{\"Effect\":\"Allow\",\"Action\":\"ecr:ListImages\",\"Resource\":\"" + REPOSITORY + "\"}";

    private final Fixture account = new Fixture();

    private String after(Question question) throws IOException {
        try {
            if (question.action().equals("sts:AssumeRole")) {
                account.iam.authorizeAssume(question);
            } else {
                account.iam.authorize(question);
            }
        } catch (AwsException refused) {
            assertThat(refused.code()).startsWith("AccessDenied");
        }
        return new ObjectMapper()
                .readTree(account.iam.decisions().json("", false, 1))
                .at("/decisions/0/remedy")
                .asText();
    }

    private Caller ann(String document) {
        account.user("ann");
        account.userPolicy("ann", document);
        return account.caller("ann");
    }

    private static Question list(Caller caller) {
        return Question.of(caller, "ecr:ListImages", REPOSITORY);
    }

    @Test
    void whatIsAllowedNeedsNone() throws IOException {
        assertThat(after(list(ann(Fixture.EVERYTHING)))).isEmpty();
    }

    @Test
    void theMissingStatementIsWrittenOut() throws IOException {
        assertThat(after(list(ann(Fixture.allow("ecr:PutImage", "*")))))
                .isEqualTo("add to a policy of " + Fixture.arn("user", "ann") + ": " + STATEMENT);
    }

    @Test
    void aDenialIsOutweighedByNothing() throws IOException {
        assertThat(after(list(ann(Fixture.EVERYTHING.replace("Allow", "Deny")))))
                .startsWith("narrow or remove");
    }

    @Test
    void theBoundaryIsNamedWhenItIsWhatLacks() throws IOException {
        Caller ann = ann(Fixture.EVERYTHING);
        account.call(
                PutUserPermissionsBoundaryRequest.builder()
                        .userName("ann")
                        .permissionsBoundary(account.policy("cap", Fixture.allow("ecr:PutImage", "*")))
                        .build(),
                PutUserPermissionsBoundaryResponse.class);
        assertThat(after(list(ann)))
                .startsWith("add to the permissions boundary of ")
                .endsWith(STATEMENT);
    }

    @Test
    void theSessionsPolicyIsNamedWhenItIsWhatLacks() throws IOException {
        Caller ann = ann(Fixture.EVERYTHING);
        Caller capped = new Caller(
                ann.account(),
                ann.arn(),
                ann.userId(),
                ann.accessKeyId(),
                Optional.of(Fixture.allow("ecr:PutImage", "*")),
                Optional.empty(),
                ann.tags());
        assertThat(after(list(capped))).isEqualTo("begin the session with a policy that has: " + STATEMENT);
    }

    @Test
    void theResourcesPolicyIsNamedWhenItIsWhatLacks() throws IOException {
        Question question = Question.of(ann(Fixture.EVERYTHING), "ecr:ListImages", OF_ANOTHER);
        assertThat(after(question))
                .isEqualTo("add to the policy of " + OF_ANOTHER + ": {\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\""
                        + Fixture.arn("user", "ann") + "\"},\"Action\":\"ecr:ListImages\"}");
    }

    @Test
    void aRoleThatIsNotThereIsToldFromOneThatTrustsOthers() throws IOException {
        account.role("app");
        Caller ann = ann(Fixture.EVERYTHING);
        assertThat(after(Question.of(ann, "sts:AssumeRole", Fixture.arn("role", "app"))))
                .startsWith("add to the trust policy of ");
        assertThat(after(Question.of(ann, "sts:AssumeRole", Fixture.arn("role", "none"))))
                .isEqualTo("make the role " + Fixture.arn("role", "none") + ", or correct its ARN: it is not there");
    }
}
