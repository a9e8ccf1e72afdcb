package dev.slipway.cloud.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.cloud.wire.Credentials;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutUserPermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.PutUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleResponse;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyResponse;

final class IamTest {
    private static final String ACCOUNT = "111122223333";
    private static final String ECR_ACCESS =
            "arn:aws:iam::aws:policy/service-role/AWSAppRunnerServicePolicyForECRAccess";
    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
             "Principal": {"Service": "build.apprunner.amazonaws.com"}, "Action": "sts:AssumeRole"}]}""";
    private static final String PULL = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:BatchGetImage", "Resource": "*"}]}""";

    private final Iam iam = new Iam(Store.inMemory(), InstantSource.fixed(Driver.NOW), new Random(1));
    private final Driver root = new Driver(iam.service(), iam, Driver.root(ACCOUNT), Driver.NOW);

    @Test
    void roleIsMadeShownAndListed() {
        Role made = createRole("app", TRUST);
        assertThat(made.roleId()).startsWith("AROA").hasSize(21);
        assertThat(made.arn()).isEqualTo("arn:aws:iam::111122223333:role/app");
        assertThat(made.createDate()).isEqualTo(Driver.NOW);
        assertThat(made.maxSessionDuration()).isNull();

        Role shown = getRole("app");
        assertThat(shown.maxSessionDuration()).isEqualTo(3600);
        assertThat(shown.assumeRolePolicyDocument()).startsWith("%7B%22Version%22%3A%20%22");
        assertThat(decoded(shown.assumeRolePolicyDocument())).isEqualTo(TRUST);
        ListRolesResponse listed = root.call(ListRolesRequest.builder().build(), ListRolesResponse.class);
        assertThat(listed.roles()).extracting(Role::roleName).containsExactly("app");
        assertThat(listed.isTruncated()).isFalse();
    }

    @Test
    void anotherAccountSeesNothingOfIt() {
        createRole("app", TRUST);
        Driver other = root.as(Driver.root("444455556666"));
        assertFault(
                () -> other.call(GetRoleRequest.builder().roleName("app").build(), GetRoleResponse.class),
                "NoSuchEntity",
                404,
                "The role with name app cannot be found.");
    }

    @Test
    void listsComeInPages() {
        for (int i = 0; i < 5; i++) {
            createRole("role-" + i, TRUST);
        }
        ListRolesResponse first =
                root.call(ListRolesRequest.builder().maxItems(2).build(), ListRolesResponse.class);
        assertThat(first.roles()).extracting(Role::roleName).containsExactly("role-0", "role-1");
        assertThat(first.isTruncated()).isTrue();
        ListRolesResponse rest =
                root.call(ListRolesRequest.builder().marker(first.marker()).build(), ListRolesResponse.class);
        assertThat(rest.roles()).extracting(Role::roleName).containsExactly("role-2", "role-3", "role-4");
        assertThat(rest.isTruncated()).isFalse();
        assertFault(
                () -> root.call(ListRolesRequest.builder().marker("%").build(), ListRolesResponse.class),
                "ValidationError",
                400,
                "Marker");
    }

    @Test
    void nameIsTakenWhateverItsCase() {
        createRole("app", TRUST);
        assertFault(() -> createRole("App", TRUST), "EntityAlreadyExists", 409, "App");
        createUser("ann");
        assertFault(() -> createUser("ann"), "EntityAlreadyExists", 409, "User with name ann already exists.");
    }

    @Test
    void trustPolicyThatIsNoneIsRefused() {
        assertFault(
                () -> createRole("a", "{"),
                "MalformedPolicyDocument",
                400,
                "This policy contains invalid Json (the policy is no valid JSON");
        assertFault(() -> createRole("a", PULL), "MalformedPolicyDocument", 400, "Principal");
        assertFault(
                () -> createRole("a", trusting("{\"Service\": \"apprunner\"}")),
                "MalformedPolicyDocument",
                400,
                "Invalid principal in policy: \"SERVICE\":\"apprunner\"");
        assertFault(
                () -> createRole("a", trusting("{\"AWS\": \"arn:aws:iam::111122223333:role/none\"}")),
                "MalformedPolicyDocument",
                400,
                "Invalid principal in policy: \"AWS\":\"arn:aws:iam::111122223333:role/none\"");
        assertFault(
                () -> createRole("a", TRUST + " ".repeat(10) + "x"), "MalformedPolicyDocument", 400, "no valid JSON");
    }

    @Test
    void roleMadeAnewIsNotTheOneThatATrustPolicyNamed() {
        createRole("first", TRUST);
        String arn = "arn:aws:iam::111122223333:role/first";
        String id = iam.uniqueIdOf(arn).orElseThrow();
        createRole("second", trusting("{\"AWS\": \"" + arn + "\"}"));
        assertThat(decoded(getRole("second").assumeRolePolicyDocument())).contains(arn);

        root.call(DeleteRoleRequest.builder().roleName("first").build(), DeleteRoleResponse.class);
        assertThat(decoded(getRole("second").assumeRolePolicyDocument()))
                .contains(id)
                .doesNotContain(arn);
        createRole("first", TRUST);
        assertThat(iam.uniqueIdOf(arn)).isPresent().isNotEqualTo(Optional.of(id));
        assertThat(decoded(getRole("second").assumeRolePolicyDocument()))
                .contains(id)
                .doesNotContain(arn);
    }

    @Test
    void knowsWhichPrincipalsExist() {
        createRole("app", TRUST);
        createUser("ann");
        assertThat(List.of(
                        "111122223333",
                        "arn:aws:iam::999999999999:root",
                        "arn:aws:iam::111122223333:role/app",
                        "arn:aws:iam::111122223333:user/ann",
                        "arn:aws:sts::111122223333:assumed-role/app/any"))
                .allMatch(iam::principalExists);
        assertThat(List.of(
                        "*",
                        "1111",
                        "arn:aws:iam::111122223333:role/App",
                        "arn:aws:iam::111122223333:role/x/app",
                        "arn:aws:iam::111122223333:role/*",
                        "arn:aws:iam::111122223333:user/app",
                        "arn:aws:iam::444455556666:role/app",
                        "arn:aws:sts::111122223333:assumed-role/none/any",
                        "AROANOBODY"))
                .noneMatch(iam::principalExists);
    }

    @Test
    void roleIsNotDeletedWhilePoliciesAreOnIt() {
        createRole("app", TRUST);
        putRolePolicy("app", "pull", PULL);
        assertFault(this::deleteApp, "DeleteConflict", 409, "must delete policies first");
        root.call(
                DeleteRolePolicyRequest.builder()
                        .roleName("app")
                        .policyName("pull")
                        .build(),
                DeleteRolePolicyResponse.class);
        root.call(
                AttachRolePolicyRequest.builder()
                        .roleName("app")
                        .policyArn(ECR_ACCESS)
                        .build(),
                AttachRolePolicyResponse.class);
        assertFault(this::deleteApp, "DeleteConflict", 409, "must detach all policies first");
        root.call(
                DetachRolePolicyRequest.builder()
                        .roleName("app")
                        .policyArn(ECR_ACCESS)
                        .build(),
                DetachRolePolicyResponse.class);
        deleteApp();
        assertFault(this::deleteApp, "NoSuchEntity", 404, "app");
    }

    @Test
    void inlinePolicyIsPutShownListedAndMeasured() {
        createRole("app", TRUST);
        putRolePolicy("app", "pull", PULL);
        GetRolePolicyResponse shown = root.call(
                GetRolePolicyRequest.builder()
                        .roleName("app")
                        .policyName("pull")
                        .build(),
                GetRolePolicyResponse.class);
        assertThat(decoded(shown.policyDocument())).isEqualTo(PULL);
        assertThat(root.call(ListRolePoliciesRequest.builder().roleName("app").build(), ListRolePoliciesResponse.class)
                        .policyNames())
                .containsExactly("pull");
        assertFault(
                () -> putRolePolicy("app", "big", PULL.replace("BatchGetImage", "x".repeat(10_240))),
                "LimitExceeded",
                409,
                "10240");
        assertFault(() -> putRolePolicy("app", "trust", TRUST), "MalformedPolicyDocument", 400, "principal");
        assertFault(() -> putRolePolicy("none", "pull", PULL), "NoSuchEntity", 404, "none");
    }

    @Test
    void managedPoliciesOfAwsAreThere() {
        GetPolicyResponse policy =
                root.call(GetPolicyRequest.builder().policyArn(ECR_ACCESS).build(), GetPolicyResponse.class);
        assertThat(policy.policy().policyName()).isEqualTo("AWSAppRunnerServicePolicyForECRAccess");
        GetPolicyVersionResponse version = root.call(
                GetPolicyVersionRequest.builder()
                        .policyArn(ECR_ACCESS)
                        .versionId("v1")
                        .build(),
                GetPolicyVersionResponse.class);
        assertThat(decoded(version.policyVersion().document())).contains("ecr:BatchGetImage");
        assertThat(AwsManaged.all()).hasSize(18).allSatisfy(each -> assertThat(
                        Documents.identity(each.document()).statements())
                .isNotEmpty());
        createRole("app", TRUST);
        assertFault(
                () -> root.call(
                        AttachRolePolicyRequest.builder()
                                .roleName("app")
                                .policyArn("arn:aws:iam::aws:policy/None")
                                .build(),
                        AttachRolePolicyResponse.class),
                "NoSuchEntity",
                404,
                "arn:aws:iam::aws:policy/None does not exist or is not attachable.");
    }

    @Test
    void customerPolicyLivesUntilNobodyUsesIt() {
        String arn = root.call(
                        CreatePolicyRequest.builder()
                                .policyName("own")
                                .policyDocument(PULL)
                                .build(),
                        CreatePolicyResponse.class)
                .policy()
                .arn();
        createRole("app", TRUST);
        root.call(
                AttachRolePolicyRequest.builder().roleName("app").policyArn(arn).build(),
                AttachRolePolicyResponse.class);
        assertThat(root.call(
                                ListPoliciesRequest.builder()
                                        .scope(PolicyScopeType.LOCAL)
                                        .build(),
                                ListPoliciesResponse.class)
                        .policies())
                .extracting(Policy::arn, Policy::attachmentCount)
                .containsExactly(tuple(arn, 1));
        DeletePolicyRequest delete =
                DeletePolicyRequest.builder().policyArn(arn).build();
        assertFault(() -> root.call(delete, DeletePolicyResponse.class), "DeleteConflict", 409, "attached");
        root.call(
                DetachRolePolicyRequest.builder().roleName("app").policyArn(arn).build(),
                DetachRolePolicyResponse.class);
        root.call(delete, DeletePolicyResponse.class);
        assertFault(() -> root.call(delete, DeletePolicyResponse.class), "NoSuchEntity", 404, arn);
    }

    @Test
    void keyOfAUserOpensAndCloses() {
        createUser("ann");
        AccessKey key = createKey("ann");
        assertThat(key.accessKeyId()).startsWith("AKIA").hasSize(20);
        Credentials credentials = iam.find(key.accessKeyId()).orElseThrow();
        assertThat(credentials.secret()).contains(key.secretAccessKey());
        assertThat(credentials.sessionToken()).isEmpty();
        assertThat(credentials.caller().arn()).isEqualTo("arn:aws:iam::111122223333:user/ann");
        assertThat(credentials.toString()).doesNotContain(key.secretAccessKey());

        root.call(
                UpdateAccessKeyRequest.builder()
                        .userName("ann")
                        .accessKeyId(key.accessKeyId())
                        .status(StatusType.INACTIVE)
                        .build(),
                UpdateAccessKeyResponse.class);
        assertThat(iam.find(key.accessKeyId())).isEmpty();
        createKey("ann");
        assertFault(() -> createKey("ann"), "LimitExceeded", 409, "AccessKeysPerUser: 2");
        assertFault(
                () -> root.call(DeleteUserRequest.builder().userName("ann").build(), DeleteUserResponse.class),
                "DeleteConflict",
                409,
                "access keys");
    }

    @Test
    void twelveDigitsAreTheRootOfThatAccountWithAnySecret() {
        Credentials credentials = iam.find("444455556666").orElseThrow();
        assertThat(credentials.secret()).isEmpty();
        assertThat(credentials.caller()).isEqualTo(Driver.root("444455556666"));
        assertThat(iam.find("44445555666")).isEmpty();
        assertThat(iam.find("AKIANOBODYNOBODYNOBO")).isEmpty();
    }

    @Test
    void userMayDoWhatHisPoliciesSay() {
        createUser("ann");
        Driver ann = root.as(caller("ann"));
        GetRoleRequest request = GetRoleRequest.builder().roleName("app").build();
        createRole("app", TRUST);
        assertFault(
                () -> ann.call(request, GetRoleResponse.class),
                "AccessDeniedException",
                400,
                "User: arn:aws:iam::111122223333:user/ann is not authorized to perform: iam:GetRole on resource: "
                        + "role app because no identity-based policy allows the iam:GetRole action");
        putUserPolicy("ann", "{\"Effect\":\"Allow\",\"Action\":\"iam:Get*\",\"Resource\":\"arn:aws:iam::*:role/app\"}");
        assertThat(ann.call(request, GetRoleResponse.class).role().roleName()).isEqualTo("app");
        putUserPolicy("ann", "{\"Effect\":\"Deny\",\"Action\":\"iam:*\",\"Resource\":\"*\"}");
        assertFault(
                () -> ann.call(request, GetRoleResponse.class),
                "AccessDeniedException",
                400,
                "with an explicit deny in an identity-based policy");
    }

    @Test
    void boundaryCapsAUser() {
        createUser("ann");
        putUserPolicy("ann", "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}");
        root.call(
                PutUserPermissionsBoundaryRequest.builder()
                        .userName("ann")
                        .permissionsBoundary("arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryFullAccess")
                        .build(),
                PutUserPermissionsBoundaryResponse.class);
        assertFault(
                () -> root.as(caller("ann")).call(ListRolesRequest.builder().build(), ListRolesResponse.class),
                "AccessDeniedException",
                400,
                "because no permissions boundary allows the iam:ListRoles action");
    }

    @Test
    void userMadeAnewHasNothingOfHisNamesake() {
        createUser("ann");
        Caller old = caller("ann");
        root.call(DeleteUserRequest.builder().userName("ann").build(), DeleteUserResponse.class);
        createUser("ann");
        putUserPolicy("ann", "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}");
        assertThat(iam.isCurrent(old)).isFalse();
        assertFault(
                () -> root.as(old).call(ListRolesRequest.builder().build(), ListRolesResponse.class),
                "AccessDeniedException",
                400,
                "no identity-based policy");
    }

    @Test
    void tagsAreMergedWithoutRegardToCase() {
        createRole("app", TRUST);
        tagRole("Team", "a");
        tagRole("team", "b");
        assertThat(getRole("app").tags()).containsExactly(tag("team", "b"));
        root.call(UntagRoleRequest.builder().roleName("app").tagKeys("TEAM").build(), UntagRoleResponse.class);
        assertThat(getRole("app").hasTags()).isFalse();
        assertFault(() -> tagRole("aws:x", "b"), "InvalidInput", 400, "reserved");
    }

    @Test
    void serviceLinkedRoleIsTheServicesOwn() {
        CreateServiceLinkedRoleRequest request = CreateServiceLinkedRoleRequest.builder()
                .awsServiceName("apprunner.amazonaws.com")
                .build();
        Role role = root.call(request, CreateServiceLinkedRoleResponse.class).role();
        assertThat(role.arn())
                .isEqualTo("arn:aws:iam::111122223333:role/aws-service-role/apprunner.amazonaws.com/"
                        + "AWSServiceRoleForAppRunner");
        assertFault(
                () -> root.call(request, CreateServiceLinkedRoleResponse.class), "InvalidInput", 400, "has been taken");
        assertFault(
                () -> putRolePolicy("AWSServiceRoleForAppRunner", "x", PULL),
                "UnmodifiableEntity",
                400,
                "protected role");
    }

    @Test
    void getUserWithoutANameMeansTheCaller() {
        createUser("ann");
        putUserPolicy("ann", "{\"Effect\":\"Allow\",\"Action\":\"iam:GetUser\",\"Resource\":\"*\"}");
        GetUserRequest request = GetUserRequest.builder().build();
        assertThat(root.as(caller("ann"))
                        .call(request, GetUserResponse.class)
                        .user()
                        .userName())
                .isEqualTo("ann");
        assertThat(root.call(request, GetUserResponse.class).user().arn()).isEqualTo("arn:aws:iam::111122223333:root");
    }

    @Test
    void renamingThatWasCutInTwoLeavesOneUser() {
        Store store = Store.inMemory();
        var users = store.table("iam.users", UserRecord.class);
        UserRecord ann = new UserRecord(ACCOUNT, "ann", "/", "AIDAX", 1, Map.of(), PolicySet.NONE, List.of());
        users.put("111122223333/ann", ann);
        users.put("111122223333/zoe", ann.named("zoe", "/"));
        new Iam(store, InstantSource.fixed(Driver.NOW), new Random(1));
        assertThat(users.values()).hasSize(1);
    }

    @Test
    void recordsSurviveTheJsonOfTheStore() throws Exception {
        ObjectMapper json = new ObjectMapper();
        RoleRecord role = new RoleRecord(
                ACCOUNT,
                "app",
                "/",
                "AROAX",
                1,
                null,
                3600,
                new RoleRecord.Trust(TRUST, Map.of("arn", "AROAY")),
                Map.of("k", "v"),
                PolicySet.NONE.withInline("pull", PULL).withAttached(ECR_ACCESS));
        assertThat(json.readValue(json.writeValueAsBytes(role), RoleRecord.class))
                .isEqualTo(role);
        UserRecord user = new UserRecord(ACCOUNT, "ann", "/", "AIDAX", 1, Map.of(), PolicySet.NONE, List.of("AGPAX"));
        assertThat(json.readValue(json.writeValueAsBytes(user), UserRecord.class))
                .isEqualTo(user);
        KeyRecord key = new KeyRecord("AKIAX", ACCOUNT, "ann", "AIDAX", "secret", true, 1);
        assertThat(json.readValue(json.writeValueAsBytes(key), KeyRecord.class)).isEqualTo(key);
        assertThat(key.toString()).doesNotContain("secret");
        ManagedPolicy policy = ManagedPolicy.first(ACCOUNT, "own", "/", "ANPAX", 1, null, PULL);
        assertThat(json.readValue(json.writeValueAsBytes(policy), ManagedPolicy.class))
                .isEqualTo(policy);
    }

    private static void assertFault(ThrowingCallable call, String code, int status, String message) {
        Consumer<Throwable> fault = thrown -> {
            AwsException aws = (AwsException) thrown;
            assertThat(aws.code()).isEqualTo(code);
            assertThat(aws.status()).isEqualTo(status);
            assertThat(aws).hasMessageContaining(message);
        };
        assertThatThrownBy(call).isInstanceOf(AwsException.class).satisfies(fault);
    }

    private void deleteApp() {
        root.call(DeleteRoleRequest.builder().roleName("app").build(), DeleteRoleResponse.class);
    }

    private Role createRole(String name, String trust) {
        return root.call(
                        CreateRoleRequest.builder()
                                .roleName(name)
                                .assumeRolePolicyDocument(trust)
                                .build(),
                        CreateRoleResponse.class)
                .role();
    }

    private Role getRole(String name) {
        return root.call(GetRoleRequest.builder().roleName(name).build(), GetRoleResponse.class)
                .role();
    }

    private void putRolePolicy(String role, String name, String document) {
        root.call(
                PutRolePolicyRequest.builder()
                        .roleName(role)
                        .policyName(name)
                        .policyDocument(document)
                        .build(),
                PutRolePolicyResponse.class);
    }

    private void putUserPolicy(String user, String statement) {
        root.call(
                PutUserPolicyRequest.builder()
                        .userName(user)
                        .policyName("only")
                        .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[" + statement + "]}")
                        .build(),
                PutUserPolicyResponse.class);
    }

    private void createUser(String name) {
        root.call(CreateUserRequest.builder().userName(name).build(), CreateUserResponse.class);
    }

    private AccessKey createKey(String user) {
        return root.call(CreateAccessKeyRequest.builder().userName(user).build(), CreateAccessKeyResponse.class)
                .accessKey();
    }

    private Caller caller(String user) {
        String id = createKey(user).accessKeyId();
        Caller caller = iam.find(id).orElseThrow().caller();
        root.call(
                DeleteAccessKeyRequest.builder().userName(user).accessKeyId(id).build(), DeleteAccessKeyResponse.class);
        return caller;
    }

    private void tagRole(String key, String value) {
        root.call(TagRoleRequest.builder().roleName("app").tags(tag(key, value)).build(), TagRoleResponse.class);
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static String trusting(String principal) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":" + principal
                + ",\"Action\":\"sts:AssumeRole\"}]}";
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
