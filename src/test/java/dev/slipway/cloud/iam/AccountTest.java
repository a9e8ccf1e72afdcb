package dev.slipway.cloud.iam;

import static dev.slipway.cloud.iam.Fixture.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Caller;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.AddUserToGroupResponse;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.CreateAccountAliasRequest;
import software.amazon.awssdk.services.iam.model.CreateAccountAliasResponse;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccountAliasRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccountAliasResponse;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.DeleteInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.DeletionTaskStatusType;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.GetAccessKeyLastUsedRequest;
import software.amazon.awssdk.services.iam.model.GetAccessKeyLastUsedResponse;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsRequest;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryRequest;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusRequest;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusResponse;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesRequest;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleResponse;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.SummaryKeyType;

/** What concerns an account: instance profiles, service-linked roles, its alias, its summary, its details. */
final class AccountTest {
    private final Fixture account = new Fixture();

    @Test
    void profileHoldsOneRoleAndKeepsItFromBeingDeleted() {
        account.role("app");
        account.role("other");
        account.call(
                CreateInstanceProfileRequest.builder()
                        .instanceProfileName("box")
                        .path("/x/")
                        .build(),
                CreateInstanceProfileResponse.class);
        account.call(
                AddRoleToInstanceProfileRequest.builder()
                        .instanceProfileName("box")
                        .roleName("app")
                        .build(),
                AddRoleToInstanceProfileResponse.class);
        assertFault(
                () -> account.call(
                        AddRoleToInstanceProfileRequest.builder()
                                .instanceProfileName("box")
                                .roleName("other")
                                .build(),
                        AddRoleToInstanceProfileResponse.class),
                "LimitExceeded",
                409,
                "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
        assertThat(account.call(
                                ListInstanceProfilesForRoleRequest.builder()
                                        .roleName("app")
                                        .build(),
                                ListInstanceProfilesForRoleResponse.class)
                        .instanceProfiles())
                .extracting(each -> each.arn())
                .containsExactly(Fixture.arn("instance-profile", "x/box"));
        assertFault(
                () -> account.call(DeleteRoleRequest.builder().roleName("app").build(), DeleteRoleResponse.class),
                "DeleteConflict",
                409,
                "Cannot delete entity, must remove roles from instance profile first.");
        assertFault(
                () -> account.call(
                        DeleteInstanceProfileRequest.builder()
                                .instanceProfileName("box")
                                .build(),
                        DeleteInstanceProfileResponse.class),
                "DeleteConflict",
                409,
                "must remove roles from instance profile first.");
        assertFault(
                () -> account.call(
                        RemoveRoleFromInstanceProfileRequest.builder()
                                .instanceProfileName("box")
                                .roleName("other")
                                .build(),
                        RemoveRoleFromInstanceProfileResponse.class),
                "NoSuchEntity",
                404,
                "other");
        account.call(
                RemoveRoleFromInstanceProfileRequest.builder()
                        .instanceProfileName("box")
                        .roleName("app")
                        .build(),
                RemoveRoleFromInstanceProfileResponse.class);
        account.call(
                DeleteInstanceProfileRequest.builder()
                        .instanceProfileName("box")
                        .build(),
                DeleteInstanceProfileResponse.class);
        account.call(DeleteRoleRequest.builder().roleName("app").build(), DeleteRoleResponse.class);
        assertFault(
                () -> account.call(
                        GetInstanceProfileRequest.builder()
                                .instanceProfileName("box")
                                .build(),
                        GetInstanceProfileResponse.class),
                "NoSuchEntity",
                404,
                "Instance Profile box cannot be found.");
    }

    @Test
    void whoPutsARoleOnAMachineHandsItOver() {
        account.role("app");
        account.user("ann");
        account.call(
                CreateInstanceProfileRequest.builder()
                        .instanceProfileName("box")
                        .build(),
                CreateInstanceProfileResponse.class);
        account.userPolicy("ann", Fixture.allow("iam:AddRoleToInstanceProfile", "*"));
        Caller ann = account.caller("ann");
        assertFault(
                () -> account.as(
                        ann,
                        AddRoleToInstanceProfileRequest.builder()
                                .instanceProfileName("box")
                                .roleName("app")
                                .build(),
                        AddRoleToInstanceProfileResponse.class),
                "AccessDeniedException",
                400,
                "iam:PassRole on resource: arn:aws:iam::111122223333:role/app");
    }

    @Test
    void serviceLinkedRoleIsDeletedByATask() {
        account.call(
                CreateServiceLinkedRoleRequest.builder()
                        .awsServiceName("apprunner.amazonaws.com")
                        .build(),
                CreateServiceLinkedRoleResponse.class);
        assertThat(account.call(
                                ListAttachedRolePoliciesRequest.builder()
                                        .roleName("AWSServiceRoleForAppRunner")
                                        .build(),
                                ListAttachedRolePoliciesResponse.class)
                        .attachedPolicies())
                .extracting(each -> each.policyName())
                .containsExactly("AppRunnerServiceRolePolicy");
        assertFault(
                () -> account.call(
                        DeleteRoleRequest.builder()
                                .roleName("AWSServiceRoleForAppRunner")
                                .build(),
                        DeleteRoleResponse.class),
                "UnmodifiableEntity",
                400,
                "protected role");
        String task = account.call(
                        DeleteServiceLinkedRoleRequest.builder()
                                .roleName("AWSServiceRoleForAppRunner")
                                .build(),
                        DeleteServiceLinkedRoleResponse.class)
                .deletionTaskId();
        assertThat(task).startsWith("task/aws-service-role/apprunner.amazonaws.com/AWSServiceRoleForAppRunner/");
        assertThat(account.call(
                                GetServiceLinkedRoleDeletionStatusRequest.builder()
                                        .deletionTaskId(task)
                                        .build(),
                                GetServiceLinkedRoleDeletionStatusResponse.class)
                        .status())
                .isEqualTo(DeletionTaskStatusType.SUCCEEDED);
        assertFault(
                () -> account.call(
                        GetRoleRequest.builder()
                                .roleName("AWSServiceRoleForAppRunner")
                                .build(),
                        GetRoleResponse.class),
                "NoSuchEntity",
                404,
                "AppRunner");
        assertFault(
                () -> account.call(
                        GetServiceLinkedRoleDeletionStatusRequest.builder()
                                .deletionTaskId("task/none")
                                .build(),
                        GetServiceLinkedRoleDeletionStatusResponse.class),
                "NoSuchEntity",
                404,
                "task/none");
    }

    @Test
    void accountHasOneAlias() {
        account.call(
                CreateAccountAliasRequest.builder().accountAlias("ours").build(), CreateAccountAliasResponse.class);
        assertThat(account.call(ListAccountAliasesRequest.builder().build(), ListAccountAliasesResponse.class)
                        .accountAliases())
                .containsExactly("ours");
        Caller other = Driver.root("444455556666");
        assertFault(
                () -> account.as(
                        other,
                        CreateAccountAliasRequest.builder().accountAlias("ours").build(),
                        CreateAccountAliasResponse.class),
                "EntityAlreadyExists",
                409,
                "The account alias ours already exists.");
        account.call(
                CreateAccountAliasRequest.builder().accountAlias("mine").build(), CreateAccountAliasResponse.class);
        assertThat(account.call(ListAccountAliasesRequest.builder().build(), ListAccountAliasesResponse.class)
                        .accountAliases())
                .containsExactly("mine");
        assertFault(
                () -> account.call(
                        DeleteAccountAliasRequest.builder().accountAlias("ours").build(),
                        DeleteAccountAliasResponse.class),
                "NoSuchEntity",
                404,
                "ours");
        account.call(
                DeleteAccountAliasRequest.builder().accountAlias("mine").build(), DeleteAccountAliasResponse.class);
        assertThat(account.call(ListAccountAliasesRequest.builder().build(), ListAccountAliasesResponse.class)
                        .accountAliases())
                .isEmpty();
    }

    @Test
    void summaryCounts() {
        account.user("ann");
        account.role("app");
        account.role("web");
        account.policy("own", Fixture.EVERYTHING);
        var summary = account.call(GetAccountSummaryRequest.builder().build(), GetAccountSummaryResponse.class)
                .summaryMap();
        assertThat(summary)
                .containsEntry(SummaryKeyType.USERS, 1)
                .containsEntry(SummaryKeyType.ROLES, 2)
                .containsEntry(SummaryKeyType.POLICIES, 1)
                .containsEntry(SummaryKeyType.ROLES_QUOTA, 1000)
                .containsEntry(SummaryKeyType.VERSIONS_PER_POLICY_QUOTA, 5);
    }

    @Test
    void detailsTellEverythingAndComeInPages() {
        account.user("ann");
        account.group("team");
        account.role("app");
        String arn = account.policy("own", Fixture.EVERYTHING);
        account.call(
                AddUserToGroupRequest.builder()
                        .groupName("team")
                        .userName("ann")
                        .build(),
                AddUserToGroupResponse.class);
        account.userPolicy("ann", Fixture.EVERYTHING);
        account.call(
                AttachRolePolicyRequest.builder()
                        .roleName("app")
                        .policyArn("arn:aws:iam::aws:policy/AdministratorAccess")
                        .build(),
                AttachRolePolicyResponse.class);
        var all = account.call(
                GetAccountAuthorizationDetailsRequest.builder().build(), GetAccountAuthorizationDetailsResponse.class);
        assertThat(all.userDetailList()).singleElement().satisfies(user -> {
            assertThat(user.groupList()).containsExactly("team");
            assertThat(user.userPolicyList()).hasSize(1);
        });
        assertThat(all.groupDetailList()).hasSize(1);
        assertThat(all.roleDetailList()).singleElement().satisfies(role -> assertThat(role.attachedManagedPolicies())
                .hasSize(1));
        assertThat(all.policies())
                .extracting(each -> each.arn())
                .containsExactly(arn, "arn:aws:iam::aws:policy/AdministratorAccess");

        var roles = account.call(
                GetAccountAuthorizationDetailsRequest.builder()
                        .filter(EntityType.ROLE)
                        .build(),
                GetAccountAuthorizationDetailsResponse.class);
        assertThat(roles.userDetailList()).isEmpty();
        assertThat(roles.roleDetailList()).hasSize(1);

        var first = account.call(
                GetAccountAuthorizationDetailsRequest.builder().maxItems(2).build(),
                GetAccountAuthorizationDetailsResponse.class);
        assertThat(first.isTruncated()).isTrue();
        assertThat(first.roleDetailList()).isEmpty();
        var rest = account.call(
                GetAccountAuthorizationDetailsRequest.builder()
                        .marker(first.marker())
                        .build(),
                GetAccountAuthorizationDetailsResponse.class);
        assertThat(rest.userDetailList()).isEmpty();
        assertThat(rest.roleDetailList()).hasSize(1);
        assertFault(
                () -> account.call(ListUsersRequest.builder().marker("AAAA").build(), ListUsersResponse.class),
                "ValidationError",
                400,
                "Invalid Marker");
    }

    @Test
    void lastUseOfAKeyIsTold() {
        account.user("ann");
        Caller ann = account.caller("ann");
        assertThat(account.call(
                                GetAccessKeyLastUsedRequest.builder()
                                        .accessKeyId(ann.accessKeyId())
                                        .build(),
                                GetAccessKeyLastUsedResponse.class)
                        .accessKeyLastUsed()
                        .serviceName())
                .isEqualTo("N/A");
        account.iam.entered(new Call(ann, "eu-west-1", Driver.NOW, "r"), "ecr");
        var used = account.call(
                GetAccessKeyLastUsedRequest.builder()
                        .accessKeyId(ann.accessKeyId())
                        .build(),
                GetAccessKeyLastUsedResponse.class);
        assertThat(used.userName()).isEqualTo("ann");
        assertThat(used.accessKeyLastUsed().serviceName()).isEqualTo("ecr");
        assertThat(used.accessKeyLastUsed().region()).isEqualTo("eu-west-1");
        assertThat(used.accessKeyLastUsed().lastUsedDate()).isEqualTo(Driver.NOW);
        assertFault(
                () -> account.as(
                        Driver.root("444455556666"),
                        GetAccessKeyLastUsedRequest.builder()
                                .accessKeyId(ann.accessKeyId())
                                .build(),
                        GetAccessKeyLastUsedResponse.class),
                "AccessDenied",
                403,
                "is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key " + ann.accessKeyId());
    }

    @Test
    void lastUseOfARoleIsTold() {
        account.role("app");
        String id = account.call(GetRoleRequest.builder().roleName("app").build(), GetRoleResponse.class)
                .role()
                .roleId();
        Caller session = new Caller(
                Fixture.ACCOUNT,
                "arn:aws:sts::111122223333:assumed-role/app/s",
                id + ":s",
                "ASIAX",
                Optional.empty(),
                Optional.empty(),
                Map.of());
        account.iam.entered(new Call(session, "eu-west-1", Driver.NOW, "r"), "ecr");
        assertThat(account.call(GetRoleRequest.builder().roleName("app").build(), GetRoleResponse.class)
                        .role()
                        .roleLastUsed()
                        .region())
                .isEqualTo("eu-west-1");
    }
}
