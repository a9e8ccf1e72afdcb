package dev.slipway.cloud.iam;

import static dev.slipway.cloud.iam.Fixture.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.wire.Caller;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.GetLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.GetLoginProfileResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.ListMfaDevicesRequest;
import software.amazon.awssdk.services.iam.model.ListMfaDevicesResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupRequest;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.TagPolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateUserRequest;
import software.amazon.awssdk.services.iam.model.UpdateUserResponse;

/** Which members IAM's answers have, and how it answers what is not there. */
final class AnswersTest {
    private final Fixture account = new Fixture();

    @Test
    void whatIsMadeIsShownInPartAndWhatIsAskedForInFull() {
        Role made = account.call(
                        CreateRoleRequest.builder()
                                .roleName("app")
                                .description("pulls")
                                .maxSessionDuration(7200)
                                .assumeRolePolicyDocument(Fixture.TRUST)
                                .build(),
                        CreateRoleResponse.class)
                .role();
        assertThat(made.description()).isNull();
        assertThat(made.maxSessionDuration()).isNull();
        assertThat(made.roleLastUsed()).isNull();
        Role role = account.call(GetRoleRequest.builder().roleName("app").build(), GetRoleResponse.class)
                .role();
        assertThat(role.description()).isEqualTo("pulls");
        assertThat(role.maxSessionDuration()).isEqualTo(7200);
        assertThat(role.roleLastUsed()).isNotNull();
        assertThat(role.hasTags()).isFalse();
    }

    @Test
    void policiesAndProfilesHaveAListOfTagsAlsoWhenItIsEmpty() {
        Policy made = account.call(
                        CreatePolicyRequest.builder()
                                .policyName("own")
                                .description("all")
                                .policyDocument(Fixture.EVERYTHING)
                                .build(),
                        CreatePolicyResponse.class)
                .policy();
        assertThat(made.hasTags()).isFalse();
        assertThat(made.description()).isNull();
        Policy policy = account.call(
                        GetPolicyRequest.builder().policyArn(made.arn()).build(), GetPolicyResponse.class)
                .policy();
        assertThat(policy.hasTags()).isTrue();
        assertThat(policy.tags()).isEmpty();
        assertThat(policy.description()).isEqualTo("all");

        InstanceProfile box = account.call(
                        CreateInstanceProfileRequest.builder()
                                .instanceProfileName("box")
                                .build(),
                        CreateInstanceProfileResponse.class)
                .instanceProfile();
        assertThat(box.hasTags()).isFalse();
        assertThat(account.call(
                                GetInstanceProfileRequest.builder()
                                        .instanceProfileName("box")
                                        .build(),
                                GetInstanceProfileResponse.class)
                        .instanceProfile()
                        .hasTags())
                .isTrue();
    }

    @Test
    void tagKeysOfAPolicyMayDifferInCaseAloneThoseOfARoleNot() {
        String arn = account.policy("own", Fixture.EVERYTHING);
        Tag lower = Tag.builder().key("team").value("a").build();
        Tag upper = Tag.builder().key("TEAM").value("b").build();
        account.call(
                TagPolicyRequest.builder().policyArn(arn).tags(lower, upper).build(), TagPolicyResponse.class);
        assertThat(account.call(GetPolicyRequest.builder().policyArn(arn).build(), GetPolicyResponse.class)
                        .policy()
                        .tags())
                .containsExactlyInAnyOrder(lower, upper);
        assertFault(
                () -> account.call(
                        TagPolicyRequest.builder()
                                .policyArn(arn)
                                .tags(lower, lower)
                                .build(),
                        TagPolicyResponse.class),
                "InvalidInput",
                400,
                "Duplicate tag keys found.");
        assertFault(
                () -> account.call(
                        CreateRoleRequest.builder()
                                .roleName("app")
                                .tags(lower, upper)
                                .assumeRolePolicyDocument(Fixture.TRUST)
                                .build(),
                        CreateRoleResponse.class),
                "InvalidInput",
                400,
                "Please note that Tag keys are case insensitive.");
    }

    @Test
    void aVersionOfAPolicyThatIsNotThereIsNotThereEither() {
        String none = Fixture.arn("policy", "none");
        assertFault(
                () -> account.call(
                        GetPolicyVersionRequest.builder()
                                .policyArn(none)
                                .versionId("v1")
                                .build(),
                        GetPolicyVersionResponse.class),
                "NoSuchEntity",
                404,
                "Policy " + none + " version v1 does not exist or is not attachable.");
    }

    @Test
    void whatIsNoArnOfAPolicyIsToldFromOneThatIsNotThere() {
        account.role("app");
        assertFault(
                () -> attach("a-long-name-but-no-arn"),
                "ValidationError",
                400,
                "ARN a-long-name-but-no-arn is not valid.");
        String none = Fixture.arn("policy", "none");
        assertFault(
                () -> attach(none), "NoSuchEntity", 404, "Policy " + none + " does not exist or is not attachable.");
        String role = Fixture.arn("role", "app");
        assertFault(() -> limit("app", role), "InvalidInput", 400, "ARN " + role + " is not valid.");
        assertFault(
                () -> limit("app", none),
                "NoSuchEntity",
                404,
                "Scope ARN: " + none + " does not exist or is not attachable.");
        assertFault(() -> limit("gone", none), "NoSuchEntity", 404, "The role with name gone cannot be found.");
    }

    private void attach(String arn) {
        account.call(
                AttachRolePolicyRequest.builder().roleName("app").policyArn(arn).build(),
                AttachRolePolicyResponse.class);
    }

    private void limit(String role, String arn) {
        account.call(
                PutRolePermissionsBoundaryRequest.builder()
                        .roleName(role)
                        .permissionsBoundary(arn)
                        .build(),
                PutRolePermissionsBoundaryResponse.class);
    }

    @Test
    void whoIsNotInAGroupCanBeTakenOutOfIt() {
        account.group("all");
        account.user("ann");
        remove("ann", "all");
        assertFault(() -> remove("bob", "all"), "NoSuchEntity", 404, "The user with name bob cannot be found.");
        assertFault(() -> remove("ann", "none"), "NoSuchEntity", 404, "The group with name none cannot be found.");
    }

    private void remove(String user, String group) {
        account.call(
                RemoveUserFromGroupRequest.builder()
                        .userName(user)
                        .groupName(group)
                        .build(),
                RemoveUserFromGroupResponse.class);
    }

    @Test
    void policiesThatAreBoundariesAreListedAlone() {
        String arn = account.policy("cap", Fixture.EVERYTHING);
        account.policy("other", Fixture.EVERYTHING);
        account.role("app");
        limit("app", arn);
        assertThat(account.call(
                                ListPoliciesRequest.builder()
                                        .policyUsageFilter(PolicyUsageType.PERMISSIONS_BOUNDARY)
                                        .build(),
                                ListPoliciesResponse.class)
                        .policies())
                .extracting(Policy::arn)
                .containsExactly(arn);
    }

    @Test
    void whoeverMakesSomethingWithTagsMustBeAllowedToTagIt() {
        account.user("ann");
        account.userPolicy("ann", Fixture.allow("iam:CreateRole", "*"));
        Caller ann = account.caller("ann");
        CreateRoleRequest.Builder role =
                CreateRoleRequest.builder().roleName("app").assumeRolePolicyDocument(Fixture.TRUST);
        assertFault(
                () -> account.as(
                        ann,
                        role.tags(Tag.builder().key("team").value("a").build()).build(),
                        CreateRoleResponse.class),
                "AccessDeniedException",
                400,
                "is not authorized to perform: iam:TagRole on resource: role app because no identity-based policy");
        assertThat(account.as(ann, role.tags(List.of()).build(), CreateRoleResponse.class)
                        .role()
                        .roleName())
                .isEqualTo("app");
    }

    @Test
    void whoeverRenamesMustBeAllowedBothNames() {
        account.user("ann");
        account.user("bob");
        account.userPolicy("ann", Fixture.allow("iam:UpdateUser", Fixture.arn("user", "bob")));
        UpdateUserRequest request =
                UpdateUserRequest.builder().userName("bob").newUserName("rob").build();
        Caller ann = account.caller("ann");
        assertFault(
                () -> account.as(ann, request, UpdateUserResponse.class),
                "AccessDeniedException",
                400,
                "on resource: user rob");
        account.userPolicy("ann", Fixture.allow("iam:UpdateUser", Fixture.arn("user", "?ob")));
        account.as(ann, request, UpdateUserResponse.class);
    }

    @Test
    void whatNoAccountHereHasIsListedAsNothing() {
        account.user("ann");
        assertThat(account.call(ListMfaDevicesRequest.builder().userName("ann").build(), ListMfaDevicesResponse.class)
                        .hasMfaDevices())
                .isTrue();
        assertFault(
                () -> account.call(
                        ListMfaDevicesRequest.builder().userName("bob").build(), ListMfaDevicesResponse.class),
                "NoSuchEntity",
                404,
                "The user with name bob cannot be found.");
        assertFault(
                () -> account.call(
                        GetLoginProfileRequest.builder().userName("ann").build(), GetLoginProfileResponse.class),
                "NoSuchEntity",
                404,
                "Login Profile for User ann cannot be found.");
    }
}
