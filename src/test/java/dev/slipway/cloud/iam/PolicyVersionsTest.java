package dev.slipway.cloud.iam;

import static dev.slipway.cloud.iam.Fixture.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.wire.Caller;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfileTagsRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfileTagsResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.ListUserTagsRequest;
import software.amazon.awssdk.services.iam.model.ListUserTagsResponse;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.TagPolicyResponse;
import software.amazon.awssdk.services.iam.model.TagUserRequest;
import software.amazon.awssdk.services.iam.model.TagUserResponse;
import software.amazon.awssdk.services.iam.model.UntagPolicyRequest;
import software.amazon.awssdk.services.iam.model.UntagPolicyResponse;

/** Versions and tags of managed policies. */
final class PolicyVersionsTest {
    private final Fixture account = new Fixture();

    @Test
    void versionThatIsDefaultCounts() {
        account.user("ann");
        Caller ann = account.caller("ann");
        String arn = account.policy("own", Fixture.allow("ecr:*", "*"));
        account.call(
                AttachUserPolicyRequest.builder().userName("ann").policyArn(arn).build(),
                AttachUserPolicyResponse.class);
        assertFault(
                () -> account.as(ann, ListRolesRequest.builder().build(), ListRolesResponse.class),
                "AccessDeniedException",
                400,
                "no identity-based policy");
        assertThat(account.call(
                                CreatePolicyVersionRequest.builder()
                                        .policyArn(arn)
                                        .policyDocument(Fixture.allow("iam:*", "*"))
                                        .build(),
                                CreatePolicyVersionResponse.class)
                        .policyVersion()
                        .versionId())
                .isEqualTo("v2");
        assertFault(
                () -> account.as(ann, ListRolesRequest.builder().build(), ListRolesResponse.class),
                "AccessDeniedException",
                400,
                "no identity-based policy");
        account.call(
                SetDefaultPolicyVersionRequest.builder()
                        .policyArn(arn)
                        .versionId("v2")
                        .build(),
                SetDefaultPolicyVersionResponse.class);
        assertThat(account.as(ann, ListRolesRequest.builder().build(), ListRolesResponse.class)
                        .roles())
                .isEmpty();
        assertThat(account.call(GetPolicyRequest.builder().policyArn(arn).build(), GetPolicyResponse.class)
                        .policy()
                        .defaultVersionId())
                .isEqualTo("v2");
    }

    @Test
    void fiveVersionsAreKeptAndNumbersAreNotUsedAgain() {
        String arn = account.policy("own", Fixture.EVERYTHING);
        for (int i = 0; i < 4; i++) {
            account.call(
                    CreatePolicyVersionRequest.builder()
                            .policyArn(arn)
                            .policyDocument(Fixture.EVERYTHING)
                            .setAsDefault(i == 3)
                            .build(),
                    CreatePolicyVersionResponse.class);
        }
        assertFault(
                () -> account.call(
                        CreatePolicyVersionRequest.builder()
                                .policyArn(arn)
                                .policyDocument(Fixture.EVERYTHING)
                                .build(),
                        CreatePolicyVersionResponse.class),
                "LimitExceeded",
                409,
                "A managed policy can have up to 5 versions.");
        account.call(
                DeletePolicyVersionRequest.builder()
                        .policyArn(arn)
                        .versionId("v4")
                        .build(),
                DeletePolicyVersionResponse.class);
        assertThat(account.call(
                                CreatePolicyVersionRequest.builder()
                                        .policyArn(arn)
                                        .policyDocument(Fixture.EVERYTHING)
                                        .build(),
                                CreatePolicyVersionResponse.class)
                        .policyVersion()
                        .versionId())
                .isEqualTo("v6");
        assertThat(account.call(
                                ListPolicyVersionsRequest.builder()
                                        .policyArn(arn)
                                        .build(),
                                ListPolicyVersionsResponse.class)
                        .versions())
                .extracting(each -> each.versionId())
                .containsExactly("v6", "v5", "v3", "v2", "v1");
        assertFault(
                () -> account.call(
                        DeletePolicyVersionRequest.builder()
                                .policyArn(arn)
                                .versionId("v5")
                                .build(),
                        DeletePolicyVersionResponse.class),
                "DeleteConflict",
                409,
                "Cannot delete the default version of a policy.");
        assertFault(
                () -> account.call(
                        DeletePolicyVersionRequest.builder()
                                .policyArn(arn)
                                .versionId("v4")
                                .build(),
                        DeletePolicyVersionResponse.class),
                "NoSuchEntity",
                404,
                "version v4 does not exist or is not attachable.");
        assertFault(
                () -> account.call(DeletePolicyRequest.builder().policyArn(arn).build(), DeletePolicyResponse.class),
                "DeleteConflict",
                409,
                "This policy has more than one version.");
    }

    @Test
    void policiesOfAwsAreAwsOwn() {
        String admin = "arn:aws:iam::aws:policy/AdministratorAccess";
        assertFault(
                () -> account.call(
                        CreatePolicyVersionRequest.builder()
                                .policyArn(admin)
                                .policyDocument(Fixture.EVERYTHING)
                                .build(),
                        CreatePolicyVersionResponse.class),
                "AccessDenied",
                403,
                "Policy is outside your own account.");
        assertFault(
                () -> account.call(
                        DeletePolicyRequest.builder().policyArn(admin).build(), DeletePolicyResponse.class),
                "AccessDenied",
                403,
                "Policy is outside your own account.");
        assertFault(
                () -> account.call(
                        TagPolicyRequest.builder()
                                .policyArn(admin)
                                .tags(Tag.builder().key("k").value("v").build())
                                .build(),
                        TagPolicyResponse.class),
                "AccessDenied",
                403,
                "Policy is outside your own account.");
    }

    @Test
    void tagsAreOnPoliciesProfilesAndUsers() {
        Tag tag = Tag.builder().key("team").value("a").build();
        String arn = account.policy("own", Fixture.EVERYTHING);
        account.call(TagPolicyRequest.builder().policyArn(arn).tags(tag).build(), TagPolicyResponse.class);
        assertThat(account.call(ListPolicyTagsRequest.builder().policyArn(arn).build(), ListPolicyTagsResponse.class)
                        .tags())
                .containsExactly(tag);
        account.call(UntagPolicyRequest.builder().policyArn(arn).tagKeys("Team").build(), UntagPolicyResponse.class);
        assertThat(account.call(ListPolicyTagsRequest.builder().policyArn(arn).build(), ListPolicyTagsResponse.class)
                        .tags())
                .as("the case of a policy's tags matters")
                .containsExactly(tag);
        account.call(UntagPolicyRequest.builder().policyArn(arn).tagKeys("team").build(), UntagPolicyResponse.class);
        assertThat(account.call(ListPolicyTagsRequest.builder().policyArn(arn).build(), ListPolicyTagsResponse.class)
                        .tags())
                .isEmpty();
        account.user("ann");
        account.call(TagUserRequest.builder().userName("ann").tags(tag).build(), TagUserResponse.class);
        assertThat(account.call(ListUserTagsRequest.builder().userName("ann").build(), ListUserTagsResponse.class)
                        .tags())
                .containsExactly(tag);
        account.call(
                CreateInstanceProfileRequest.builder()
                        .instanceProfileName("box")
                        .tags(tag)
                        .build(),
                CreateInstanceProfileResponse.class);
        assertThat(account.call(
                                ListInstanceProfileTagsRequest.builder()
                                        .instanceProfileName("box")
                                        .build(),
                                ListInstanceProfileTagsResponse.class)
                        .tags())
                .containsExactly(tag);
    }
}
