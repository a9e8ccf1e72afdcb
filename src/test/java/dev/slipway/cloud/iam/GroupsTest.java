package dev.slipway.cloud.iam;

import static dev.slipway.cloud.iam.Fixture.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.wire.Caller;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.AddUserToGroupResponse;
import software.amazon.awssdk.services.iam.model.AttachGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteGroupRequest;
import software.amazon.awssdk.services.iam.model.DeleteGroupResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserResponse;
import software.amazon.awssdk.services.iam.model.GetGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupResponse;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.PutGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupRequest;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupResponse;
import software.amazon.awssdk.services.iam.model.UpdateGroupRequest;
import software.amazon.awssdk.services.iam.model.UpdateGroupResponse;
import software.amazon.awssdk.services.iam.model.UpdateUserRequest;
import software.amazon.awssdk.services.iam.model.UpdateUserResponse;

/** Groups: their policies count for their members. */
final class GroupsTest {
    private final Fixture account = new Fixture();

    @Test
    void membersMayDoWhatTheirGroupMay() {
        account.user("ann");
        account.group("readers");
        Caller ann = account.caller("ann");
        account.call(
                PutGroupPolicyRequest.builder()
                        .groupName("readers")
                        .policyName("read")
                        .policyDocument(Fixture.allow("iam:List*", "*"))
                        .build(),
                PutGroupPolicyResponse.class);
        assertFault(
                () -> account.as(ann, ListRolesRequest.builder().build(), ListRolesResponse.class),
                "AccessDeniedException",
                400,
                "no identity-based policy");

        account.call(
                AddUserToGroupRequest.builder()
                        .groupName("readers")
                        .userName("ann")
                        .build(),
                AddUserToGroupResponse.class);
        assertThat(account.as(ann, ListRolesRequest.builder().build(), ListRolesResponse.class)
                        .roles())
                .isEmpty();
        account.call(
                RemoveUserFromGroupRequest.builder()
                        .groupName("readers")
                        .userName("ann")
                        .build(),
                RemoveUserFromGroupResponse.class);
        assertFault(
                () -> account.as(ann, ListRolesRequest.builder().build(), ListRolesResponse.class),
                "AccessDeniedException",
                400,
                "no identity-based policy");
    }

    @Test
    void attachedPoliciesOfAGroupCountToo() {
        account.user("ann");
        account.group("admins");
        Caller ann = account.caller("ann");
        account.call(
                AddUserToGroupRequest.builder()
                        .groupName("admins")
                        .userName("ann")
                        .build(),
                AddUserToGroupResponse.class);
        account.call(
                AttachGroupPolicyRequest.builder()
                        .groupName("admins")
                        .policyArn("arn:aws:iam::aws:policy/AdministratorAccess")
                        .build(),
                AttachGroupPolicyResponse.class);
        assertThat(account.as(ann, ListRolesRequest.builder().build(), ListRolesResponse.class)
                        .roles())
                .isEmpty();
        assertThat(account.call(
                                ListAttachedGroupPoliciesRequest.builder()
                                        .groupName("admins")
                                        .build(),
                                ListAttachedGroupPoliciesResponse.class)
                        .attachedPolicies())
                .extracting(each -> each.policyName())
                .containsExactly("AdministratorAccess");
        assertThat(account.call(
                                ListEntitiesForPolicyRequest.builder()
                                        .policyArn("arn:aws:iam::aws:policy/AdministratorAccess")
                                        .build(),
                                ListEntitiesForPolicyResponse.class)
                        .policyGroups())
                .extracting(each -> each.groupName())
                .containsExactly("admins");
    }

    @Test
    void groupIsShownWithItsMembersAndUserWithHisGroups() {
        account.user("ann");
        account.user("bob");
        account.group("team");
        account.call(
                AddUserToGroupRequest.builder()
                        .groupName("team")
                        .userName("ann")
                        .build(),
                AddUserToGroupResponse.class);
        account.call(
                AddUserToGroupRequest.builder()
                        .groupName("team")
                        .userName("ann")
                        .build(),
                AddUserToGroupResponse.class);
        account.call(
                AddUserToGroupRequest.builder()
                        .groupName("team")
                        .userName("bob")
                        .build(),
                AddUserToGroupResponse.class);
        assertThat(account.call(GetGroupRequest.builder().groupName("team").build(), GetGroupResponse.class)
                        .users())
                .extracting(each -> each.userName())
                .containsExactly("ann", "bob");
        assertThat(account.call(
                                ListGroupsForUserRequest.builder()
                                        .userName("ann")
                                        .build(),
                                ListGroupsForUserResponse.class)
                        .groups())
                .extracting(each -> each.groupName())
                .containsExactly("team");
        assertThat(account.call(ListGroupsRequest.builder().build(), ListGroupsResponse.class)
                        .groups())
                .hasSize(1);
    }

    @Test
    void renamedGroupAndUserStayWhoTheyAre() {
        account.user("ann");
        account.group("team");
        account.call(
                AddUserToGroupRequest.builder()
                        .groupName("team")
                        .userName("ann")
                        .build(),
                AddUserToGroupResponse.class);
        account.call(
                PutGroupPolicyRequest.builder()
                        .groupName("team")
                        .policyName("all")
                        .policyDocument(Fixture.EVERYTHING)
                        .build(),
                PutGroupPolicyResponse.class);
        Caller before = account.caller("ann");
        account.call(
                UpdateGroupRequest.builder()
                        .groupName("team")
                        .newGroupName("crew")
                        .newPath("/x/")
                        .build(),
                UpdateGroupResponse.class);
        account.call(
                UpdateUserRequest.builder().userName("ann").newUserName("anna").build(), UpdateUserResponse.class);
        Caller after = account.iam.find(before.accessKeyId()).orElseThrow().caller();
        assertThat(after.arn()).isEqualTo(Fixture.arn("user", "anna"));
        assertThat(after.userId()).isEqualTo(before.userId());
        assertThat(account.as(after, GetGroupRequest.builder().groupName("crew").build(), GetGroupResponse.class)
                        .group()
                        .arn())
                .isEqualTo(Fixture.arn("group", "x/crew"));
        assertThat(account.as(after, GetUserRequest.builder().build(), GetUserResponse.class)
                        .user()
                        .userName())
                .isEqualTo("anna");
        account.user("ann");
        assertFault(
                () -> account.call(
                        UpdateUserRequest.builder()
                                .userName("ann")
                                .newUserName("ANNA")
                                .build(),
                        UpdateUserResponse.class),
                "EntityAlreadyExists",
                409,
                "ANNA");
    }

    @Test
    void neitherGroupNorMemberIsDeletedWhileOneHoldsTheOther() {
        account.user("ann");
        account.group("team");
        account.call(
                AddUserToGroupRequest.builder()
                        .groupName("team")
                        .userName("ann")
                        .build(),
                AddUserToGroupResponse.class);
        assertFault(
                () -> account.call(
                        DeleteGroupRequest.builder().groupName("team").build(), DeleteGroupResponse.class),
                "DeleteConflict",
                409,
                "must remove users from group first");
        assertFault(
                () -> account.call(DeleteUserRequest.builder().userName("ann").build(), DeleteUserResponse.class),
                "DeleteConflict",
                409,
                "must remove users from group first");
        account.call(
                RemoveUserFromGroupRequest.builder()
                        .groupName("team")
                        .userName("ann")
                        .build(),
                RemoveUserFromGroupResponse.class);
        account.call(
                PutGroupPolicyRequest.builder()
                        .groupName("team")
                        .policyName("p")
                        .policyDocument(Fixture.EVERYTHING)
                        .build(),
                PutGroupPolicyResponse.class);
        assertFault(
                () -> account.call(
                        DeleteGroupRequest.builder().groupName("team").build(), DeleteGroupResponse.class),
                "DeleteConflict",
                409,
                "must delete policies first");
        account.call(
                DeleteGroupPolicyRequest.builder()
                        .groupName("team")
                        .policyName("p")
                        .build(),
                DeleteGroupPolicyResponse.class);
        account.call(DeleteGroupRequest.builder().groupName("team").build(), DeleteGroupResponse.class);
        account.call(DeleteUserRequest.builder().userName("ann").build(), DeleteUserResponse.class);
        assertFault(
                () -> account.call(GetGroupRequest.builder().groupName("team").build(), GetGroupResponse.class),
                "NoSuchEntity",
                404,
                "The group with name team cannot be found.");
    }

    @Test
    void userIsInTenGroupsAtMost() {
        account.user("ann");
        for (int i = 0; i < 11; i++) {
            account.group("g" + i);
        }
        for (int i = 0; i < 10; i++) {
            account.call(
                    AddUserToGroupRequest.builder()
                            .groupName("g" + i)
                            .userName("ann")
                            .build(),
                    AddUserToGroupResponse.class);
        }
        assertFault(
                () -> account.call(
                        AddUserToGroupRequest.builder()
                                .groupName("g10")
                                .userName("ann")
                                .build(),
                        AddUserToGroupResponse.class),
                "LimitExceeded",
                409,
                "Cannot exceed quota for GroupsPerUser: 10");
    }
}
