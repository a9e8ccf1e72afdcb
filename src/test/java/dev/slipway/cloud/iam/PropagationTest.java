package dev.slipway.cloud.iam;

import static dev.slipway.cloud.iam.Fixture.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.wire.Caller;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryResponse;

/** Slow propagation: IAM shows its changes at once, decisions see them later. */
final class PropagationTest {
    private final Fixture account = new Fixture();

    @Test
    void changesAreShownAtOnceAndCountLater() {
        account.user("ann");
        Caller ann = account.caller("ann");
        account.propagation = Duration.ofSeconds(10);
        account.userPolicy("ann", Fixture.EVERYTHING);
        assertThat(account.call(
                                ListUserPoliciesRequest.builder()
                                        .userName("ann")
                                        .build(),
                                ListUserPoliciesResponse.class)
                        .policyNames())
                .containsExactly("only");
        assertFault(
                () -> account.as(ann, ListRolesRequest.builder().build(), ListRolesResponse.class),
                "AccessDeniedException",
                400,
                "no identity-based policy");
        account.now = account.now.plusSeconds(9);
        assertFault(
                () -> account.as(ann, ListRolesRequest.builder().build(), ListRolesResponse.class),
                "AccessDeniedException",
                400,
                "no identity-based policy");
        account.now = account.now.plusSeconds(1);
        assertThat(account.as(ann, ListRolesRequest.builder().build(), ListRolesResponse.class)
                        .roles())
                .isEmpty();
        account.call(
                DeleteUserPolicyRequest.builder()
                        .userName("ann")
                        .policyName("only")
                        .build(),
                DeleteUserPolicyResponse.class);
        assertThat(account.as(ann, ListRolesRequest.builder().build(), ListRolesResponse.class)
                        .roles())
                .isEmpty();
        account.now = account.now.plusSeconds(10);
        assertFault(
                () -> account.as(ann, ListRolesRequest.builder().build(), ListRolesResponse.class),
                "AccessDeniedException",
                400,
                "no identity-based policy");
    }

    @Test
    void newRoleCannotBeAssumedAtOnce() {
        account.propagation = Duration.ofSeconds(10);
        account.role("app");
        String arn = Fixture.arn("role", "app");
        assertThat(account.call(GetRoleRequest.builder().roleName("app").build(), GetRoleResponse.class)
                        .role()
                        .arn())
                .isEqualTo(arn);
        assertThat(account.iam.assumableRole(arn)).isEmpty();
        assertThat(account.trusts(arn, "build.apprunner.amazonaws.com")).isFalse();
        account.now = account.now.plusSeconds(10);
        assertThat(account.trusts(arn, "build.apprunner.amazonaws.com")).isTrue();
        account.call(DeleteRoleRequest.builder().roleName("app").build(), DeleteRoleResponse.class);
        assertThat(account.trusts(arn, "build.apprunner.amazonaws.com")).isTrue();
        account.now = account.now.plusSeconds(10);
        assertThat(account.trusts(arn, "build.apprunner.amazonaws.com")).isFalse();
    }

    @Test
    void newVersionOfAPolicyCountsLater() {
        account.user("ann");
        Caller ann = account.caller("ann");
        String arn = account.policy("own", Fixture.allow("ecr:*", "*"));
        account.call(
                AttachUserPolicyRequest.builder().userName("ann").policyArn(arn).build(),
                AttachUserPolicyResponse.class);
        account.propagation = Duration.ofSeconds(5);
        account.call(
                CreatePolicyVersionRequest.builder()
                        .policyArn(arn)
                        .policyDocument(Fixture.EVERYTHING)
                        .setAsDefault(true)
                        .build(),
                CreatePolicyVersionResponse.class);
        assertFault(
                () -> account.as(ann, ListRolesRequest.builder().build(), ListRolesResponse.class),
                "AccessDeniedException",
                400,
                "no identity-based policy");
        account.now = account.now.plusSeconds(5);
        assertThat(account.as(ann, ListRolesRequest.builder().build(), ListRolesResponse.class)
                        .roles())
                .isEmpty();
    }

    @Test
    void boundaryThatIsNotSeenYetCapsEverything() {
        account.user("ann");
        Caller ann = account.caller("ann");
        account.userPolicy("ann", Fixture.EVERYTHING);
        account.propagation = Duration.ofSeconds(5);
        String arn = account.policy("cap", Fixture.EVERYTHING);
        account.now = account.now.plusSeconds(1);
        account.call(
                PutUserPermissionsBoundaryRequest.builder()
                        .userName("ann")
                        .permissionsBoundary(arn)
                        .build(),
                PutUserPermissionsBoundaryResponse.class);
        assertThat(account.as(ann, ListRolesRequest.builder().build(), ListRolesResponse.class)
                        .roles())
                .isEmpty();
        account.now = account.now.plusSeconds(5);
        assertThat(account.as(ann, ListRolesRequest.builder().build(), ListRolesResponse.class)
                        .roles())
                .isEmpty();
    }

    @Test
    void withoutTheTroubleEverythingCountsAtOnce() {
        account.propagation = Duration.ofHours(1);
        account.role("app");
        account.propagation = Duration.ZERO;
        assertThat(account.iam.assumableRole(Fixture.arn("role", "app"))).isPresent();
    }
}
