package dev.slipway.cloud.iam;

import static dev.slipway.cloud.iam.Fixture.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.AddUserToGroupResponse;
import software.amazon.awssdk.services.iam.model.AttachGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.GetContextKeysForCustomPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetContextKeysForCustomPolicyResponse;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyResponse;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;

/** The policy simulator decides with the evaluator that decides real calls. */
final class SimulationTest {
    private final Fixture account = new Fixture();

    @Test
    void principalsPoliciesAreTriedOnEveryActionAndResource() {
        account.user("ann");
        account.userPolicy("ann", Fixture.allow("ecr:Get*", "*"));
        List<EvaluationResult> results = account.call(
                        SimulatePrincipalPolicyRequest.builder()
                                .policySourceArn(Fixture.arn("user", "ann"))
                                .actionNames("ecr:GetAuthorizationToken", "ecr:PutImage")
                                .resourceArns("*", "arn:aws:ecr:eu-west-1:111122223333:repository/a")
                                .build(),
                        SimulatePrincipalPolicyResponse.class)
                .evaluationResults();
        assertThat(results)
                .extracting(each ->
                        each.evalActionName() + " " + each.evalResourceName() + " " + each.evalDecisionAsString())
                .containsExactly(
                        "ecr:GetAuthorizationToken * allowed",
                        "ecr:GetAuthorizationToken arn:aws:ecr:eu-west-1:111122223333:repository/a allowed",
                        "ecr:PutImage * implicitDeny",
                        "ecr:PutImage arn:aws:ecr:eu-west-1:111122223333:repository/a implicitDeny");
        assertThat(results.get(0).matchedStatements()).singleElement().satisfies(statement -> {
            assertThat(statement.sourcePolicyId()).isEqualTo("user_ann_only");
            assertThat(statement.sourcePolicyTypeAsString()).isEqualTo("IAM Policy");
            assertThat(statement.startPosition().line()).isEqualTo(1);
            assertThat(statement.startPosition().column()).isEqualTo(38);
        });
    }

    @Test
    void groupsAndManagedPoliciesCountForTheirUser() {
        account.user("ann");
        account.group("team");
        account.call(
                AddUserToGroupRequest.builder()
                        .groupName("team")
                        .userName("ann")
                        .build(),
                AddUserToGroupResponse.class);
        account.call(
                AttachGroupPolicyRequest.builder()
                        .groupName("team")
                        .policyArn("arn:aws:iam::aws:policy/AdministratorAccess")
                        .build(),
                AttachGroupPolicyResponse.class);
        for (String holder : List.of(Fixture.arn("user", "ann"), Fixture.arn("group", "team"))) {
            EvaluationResult result = account.call(
                            SimulatePrincipalPolicyRequest.builder()
                                    .policySourceArn(holder)
                                    .actionNames("ecr:PutImage")
                                    .build(),
                            SimulatePrincipalPolicyResponse.class)
                    .evaluationResults()
                    .get(0);
            assertThat(result.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
            assertThat(result.matchedStatements().get(0).sourcePolicyId()).isEqualTo("AdministratorAccess");
        }
    }

    @Test
    void boundaryIsTold() {
        EvaluationResult capped = custom(Fixture.EVERYTHING, Fixture.allow("iam:*", "*"));
        assertThat(capped.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
        assertThat(capped.permissionsBoundaryDecisionDetail().allowedByPermissionsBoundary())
                .isFalse();
        EvaluationResult free = custom(Fixture.EVERYTHING, Fixture.allow("ecr:*", "*"));
        assertThat(free.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
        assertThat(free.permissionsBoundaryDecisionDetail().allowedByPermissionsBoundary())
                .isTrue();
    }

    private EvaluationResult custom(String policy, String boundary) {
        return account.call(
                        SimulateCustomPolicyRequest.builder()
                                .policyInputList(policy)
                                .permissionsBoundaryPolicyInputList(boundary)
                                .actionNames("ecr:PutImage")
                                .build(),
                        SimulateCustomPolicyResponse.class)
                .evaluationResults()
                .get(0);
    }

    @Test
    void missingContextIsNamedAndGivenContextCounts() {
        String policy = """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}",
                "Condition":{"StringEquals":{"aws:RequestedRegion":"eu-west-1"},"Bool":{"aws:SecureTransport":"true"}}}}""";
        String repository = "arn:aws:ecr:eu-west-1:111122223333:repository/app";
        EvaluationResult without = account.call(
                        SimulateCustomPolicyRequest.builder()
                                .policyInputList(policy)
                                .actionNames("ecr:PutImage")
                                .resourceArns(repository)
                                .build(),
                        SimulateCustomPolicyResponse.class)
                .evaluationResults()
                .get(0);
        assertThat(without.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
        assertThat(without.missingContextValues())
                .containsExactly("aws:RequestedRegion", "aws:SecureTransport", "aws:PrincipalTag/team");
        EvaluationResult with = account.call(
                        SimulateCustomPolicyRequest.builder()
                                .policyInputList(policy)
                                .actionNames("ecr:PutImage")
                                .resourceArns(repository)
                                .contextEntries(
                                        entry("aws:RequestedRegion", "eu-west-1"),
                                        entry("aws:SecureTransport", "true"),
                                        entry("aws:PrincipalTag/team", "app"))
                                .build(),
                        SimulateCustomPolicyResponse.class)
                .evaluationResults()
                .get(0);
        assertThat(with.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
        assertThat(with.missingContextValues()).isEmpty();
        assertThat(account.call(
                                GetContextKeysForCustomPolicyRequest.builder()
                                        .policyInputList(policy)
                                        .build(),
                                GetContextKeysForCustomPolicyResponse.class)
                        .contextKeyNames())
                .containsExactly("aws:RequestedRegion", "aws:SecureTransport", "aws:PrincipalTag/team");
    }

    private static ContextEntry entry(String key, String value) {
        return ContextEntry.builder()
                .contextKeyName(key)
                .contextKeyType(ContextKeyTypeEnum.STRING)
                .contextKeyValues(value)
                .build();
    }

    @Test
    void policyOfTheResourceCountsAcrossAccounts() {
        String policy = Fixture.allow("ecr:*", "*");
        String leave = """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/ann"},"Action":"ecr:*"}]}""";
        String repository = "arn:aws:ecr:eu-west-1:444455556666:repository/app";
        String caller = Fixture.arn("user", "ann");
        assertThat(account.call(
                                SimulateCustomPolicyRequest.builder()
                                        .policyInputList(policy)
                                        .actionNames("ecr:PutImage")
                                        .resourceArns(repository)
                                        .callerArn(caller)
                                        .resourcePolicy(leave)
                                        .build(),
                                SimulateCustomPolicyResponse.class)
                        .evaluationResults()
                        .get(0)
                        .evalDecision())
                .isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
        assertThat(account.call(
                                SimulateCustomPolicyRequest.builder()
                                        .policyInputList(policy)
                                        .actionNames("ecr:PutImage")
                                        .resourceArns(repository)
                                        .callerArn(caller)
                                        .build(),
                                SimulateCustomPolicyResponse.class)
                        .evaluationResults()
                        .get(0)
                        .evalDecision())
                .isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
        assertFault(
                () -> account.call(
                        SimulateCustomPolicyRequest.builder()
                                .policyInputList(policy)
                                .actionNames("ecr:PutImage")
                                .resourcePolicy(leave)
                                .build(),
                        SimulateCustomPolicyResponse.class),
                "InvalidInput",
                400,
                "CallerArn");
    }

    @Test
    void badInputIsSaid() {
        assertFault(
                () -> account.call(
                        SimulateCustomPolicyRequest.builder()
                                .policyInputList("{")
                                .actionNames("ecr:PutImage")
                                .build(),
                        SimulateCustomPolicyResponse.class),
                "InvalidInput",
                400,
                "The policy is invalid");
        assertFault(
                () -> account.call(
                        SimulateCustomPolicyRequest.builder()
                                .policyInputList(Fixture.EVERYTHING)
                                .actionNames("PutImage")
                                .build(),
                        SimulateCustomPolicyResponse.class),
                "InvalidInput",
                400,
                "Invalid action name");
        assertFault(
                () -> account.call(
                        SimulatePrincipalPolicyRequest.builder()
                                .policySourceArn("arn:aws:iam::111122223333:root/x")
                                .actionNames("ecr:PutImage")
                                .build(),
                        SimulatePrincipalPolicyResponse.class),
                "InvalidInput",
                400,
                "entity type");
        assertFault(
                () -> account.call(
                        SimulatePrincipalPolicyRequest.builder()
                                .policySourceArn(Fixture.arn("role", "none"))
                                .actionNames("ecr:PutImage")
                                .build(),
                        SimulatePrincipalPolicyResponse.class),
                "NoSuchEntity",
                404,
                "none");
    }
}
