package dev.slipway.cloud.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cloud.iam.Driver;
import dev.slipway.cloud.iam.Iam;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.wire.Authorizer;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.cloud.wire.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.PutUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoRequest;
import software.amazon.awssdk.services.sts.model.GetAccessKeyInfoResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;
import software.amazon.awssdk.services.sts.model.Tag;

final class StsTest {
    private static final String ACCOUNT = "111122223333";
    private static final String OTHER = "444455556666";
    private static final String APP = "arn:aws:iam::" + ACCOUNT + ":role/app";
    private static final String REPOSITORY = "arn:aws:ecr:eu-west-1:" + ACCOUNT + ":repository/team/app";
    private static final String ANN = "arn:aws:iam::" + ACCOUNT + ":user/ann";
    private static final String ALL = "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}";
    private static final String BUILD = "build.apprunner.amazonaws.com";

    private final Store store = Store.inMemory();
    private Instant now = Driver.NOW;
    private final InstantSource clock = () -> now;
    private final Iam iam = new Iam(store, clock, new Random(1));
    private final Sts sts = new Sts(iam, store, clock, new Random(2));
    private Caller ann = Driver.root(ACCOUNT);
    private Caller bob = Driver.root(OTHER);

    @BeforeEach
    void makeUsers() {
        ann = user(ACCOUNT, "ann");
        bob = user(OTHER, "bob");
    }

    @Test
    void callerIdentityIsAlwaysTold() {
        GetCallerIdentityResponse who =
                as(ann).call(GetCallerIdentityRequest.builder().build(), GetCallerIdentityResponse.class);
        assertThat(who.arn()).isEqualTo(ANN);
        assertThat(who.account()).isEqualTo(ACCOUNT);
        assertThat(who.userId()).startsWith("AIDA");
    }

    @Test
    void trustedUserOfTheAccountBecomesTheRole() {
        String id = role("app", aws(ANN));
        AssumeRoleResponse answer = assume(ann, UnaryOperator.identity());
        assertThat(answer.assumedRoleUser().arn()).isEqualTo("arn:aws:sts::111122223333:assumed-role/app/work");
        assertThat(answer.assumedRoleUser().assumedRoleId()).isEqualTo(id + ":work");
        assertThat(answer.credentials().expiration()).isEqualTo(now.plus(Duration.ofHours(1)));

        Credentials found =
                sts.lookup().find(answer.credentials().accessKeyId()).orElseThrow();
        assertThat(found.secret()).contains(answer.credentials().secretAccessKey());
        assertThat(found.sessionToken()).contains(answer.credentials().sessionToken());
        assertThat(found.caller().expires()).contains(answer.credentials().expiration());
        assertThat(found.caller().userId()).isEqualTo(id + ":work");
    }

    @Test
    void trustIsNeededAndAcrossAccountsAnIdentityPolicyToo() {
        role("app", aws("arn:aws:iam::" + OTHER + ":root"));
        assertDenied(
                () -> assume(ann, UnaryOperator.identity()),
                "User: " + ANN + " is not authorized to perform: sts:AssumeRole on resource: " + APP
                        + " because no role trust policy allows the sts:AssumeRole action");
        assertDenied(
                () -> assume(bob, UnaryOperator.identity()),
                "because no identity-based policy allows the sts:AssumeRole action");
        putUserPolicy(
                OTHER, "bob", "{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Resource\":\"" + APP + "\"}");
        assertThat(assume(bob, UnaryOperator.identity()).credentials().accessKeyId())
                .startsWith("ASIA");
    }

    @Test
    void externalIdMustBeTheOneThatTheTrustPolicyAsks() {
        role("app", aws(ANN), ",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"4242\"}}");
        assertDenied(() -> assume(ann, UnaryOperator.identity()), "no role trust policy");
        assertDenied(() -> assume(ann, in -> in.toBuilder().externalId("4243").build()), "no role trust policy");
        assume(ann, in -> in.toBuilder().externalId("4242").build());
    }

    @Test
    void roleThatIsNotThereLooksLikeOneThatIsForbidden() {
        assertDenied(
                () -> assume(ann, UnaryOperator.identity()),
                "User: " + ANN + " is not authorized to perform: sts:AssumeRole on resource: " + APP);
    }

    @Test
    void rootBecomesNoRole() {
        role("app", aws(ACCOUNT));
        assertDenied(
                () -> assume(Driver.root(ACCOUNT), UnaryOperator.identity()),
                "Roles may not be assumed by root accounts.");
    }

    @Test
    void sessionLastsNoLongerThanTheRoleAndTheChainAllow() {
        role("app", aws(ANN, APP));
        assertFault(
                () -> assume(ann, in -> in.toBuilder().durationSeconds(7200).build()),
                "ValidationError",
                400,
                "MaxSessionDuration");
        Caller session = session(assume(ann, UnaryOperator.identity()));
        assertFault(
                () -> assume(session, in -> in.toBuilder().durationSeconds(3601).build()),
                "ValidationError",
                400,
                "role chaining");
        assume(session, in -> in.toBuilder().durationSeconds(3600).build());
    }

    @Test
    void sessionMayDoWhatItsRoleMay() {
        role("app", aws(ANN));
        Caller session = session(assume(ann, UnaryOperator.identity()));
        assertRefused(
                session,
                "User: arn:aws:sts::111122223333:assumed-role/app/work is not authorized to perform: ecr:BatchGetImage"
                        + " on resource: " + REPOSITORY
                        + " because no identity-based policy allows the ecr:BatchGetImage action");
        putRolePolicy("app", ALL);
        iam.authorize(pull(session));
    }

    @Test
    void sessionPolicyCapsTheSession() {
        role("app", aws(ANN));
        putRolePolicy("app", ALL);
        String policy =
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"iam:*\",\"Resource\":\"*\"}]}";
        Caller capped = session(assume(ann, in -> in.toBuilder().policy(policy).build()));
        assertRefused(capped, "because no session policy allows the ecr:BatchGetImage action");
        Caller widened = session(assume(ann, in -> in.toBuilder()
                .policy(policy)
                .policyArns(PolicyDescriptorType.builder()
                        .arn("arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly")
                        .build())
                .build()));
        iam.authorize(pull(widened));
        assertFault(
                () -> assume(ann, in -> in.toBuilder().policy("{}").build()),
                "MalformedPolicyDocument",
                400,
                "Statement");
    }

    @Test
    void sessionTagsNeedLeaveAndTheTransitiveOnesGoDownTheChain() {
        role("plain", aws(ANN));
        Tag team = Tag.builder().key("team").value("a").build();
        assertDenied(
                () -> assume(ann, in -> in.toBuilder()
                        .roleArn(APP.replace("app", "plain"))
                        .tags(team)
                        .build()),
                "sts:TagSession");

        String actions = "\"Action\":[\"sts:AssumeRole\",\"sts:TagSession\"]";
        role("app", aws(ANN, "arn:aws:iam::" + ACCOUNT + ":role/plain"), "", actions);
        Caller first = session(assume(ann, in -> in.toBuilder()
                .tags(team, Tag.builder().key("only").value("here").build())
                .transitiveTagKeys("team")
                .build()));
        assertThat(first.tags()).isEqualTo(Map.of("team", "a", "only", "here"));

        role("next", aws(APP), "", actions);
        AssumeRoleRequest chain = AssumeRoleRequest.builder()
                .roleArn("arn:aws:iam::" + ACCOUNT + ":role/next")
                .roleSessionName("chain")
                .build();
        Caller second = session(as(first).call(chain, AssumeRoleResponse.class));
        assertThat(second.tags()).isEqualTo(Map.of("team", "a"));
        assertFault(
                () -> as(first)
                        .call(
                                chain.toBuilder()
                                        .tags(Tag.builder()
                                                .key("team")
                                                .value("b")
                                                .build())
                                        .build(),
                                AssumeRoleResponse.class),
                "InvalidParameterValue",
                400,
                "conflicts with a transitive tag key from the calling session");
        putRolePolicy(
                "next",
                "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"aws:PrincipalTag/team\":\"a\"}}}");
        iam.authorize(pull(second));
    }

    @Test
    void sessionOutlivesTheProcessButNotItsRole() {
        role("app", aws(ANN));
        String key = assume(ann, UnaryOperator.identity()).credentials().accessKeyId();
        Iam againIam = new Iam(store, clock, new Random(3));
        assertThat(new Sts(againIam, store, clock, new Random(4)).lookup().find(key))
                .isPresent();

        as(Driver.root(ACCOUNT), iam.service())
                .call(DeleteRoleRequest.builder().roleName("app").build(), DeleteRoleResponse.class);
        assertThat(sts.lookup().find(key)).isEmpty();
        role("app", aws(ANN));
        assertThat(sts.lookup().find(key)).isEmpty();
    }

    @Test
    void endedSessionIsRememberedForAWhileAndThenForgotten() {
        role("app", aws(ANN));
        String key = assume(ann, UnaryOperator.identity()).credentials().accessKeyId();
        now = now.plus(Duration.ofHours(2));
        assume(ann, UnaryOperator.identity());
        assertThat(sts.lookup().find(key).flatMap(found -> found.caller().expires()))
                .hasValueSatisfying(end -> assertThat(end).isBefore(now));
        now = now.plus(Duration.ofHours(24));
        assume(ann, UnaryOperator.identity());
        assertThat(sts.lookup().find(key)).isEmpty();
    }

    @Test
    void appRunnerBecomesTheAccessRoleThatTrustsIt() {
        String id = role("app", "{\"Service\":\"" + BUILD + "\"}");
        Caller session = sts.assumeAsService(BUILD, APP, Map.of("aws:SourceAccount", List.of(ACCOUNT)));
        assertThat(session.arn()).isEqualTo("arn:aws:sts::111122223333:assumed-role/app/build.apprunner");
        assertThat(session.userId()).isEqualTo(id + ":build.apprunner");
        assertThat(session.expires()).contains(now.plus(Duration.ofHours(1)));
        assertThat(sts.lookup().find(session.accessKeyId())).isEmpty();

        assertRefused(session, "no identity-based policy allows the ecr:BatchGetImage action");
        putRolePolicy("app", "{\"Effect\":\"Allow\",\"Action\":\"ecr:*\",\"Resource\":\"" + REPOSITORY + "\"}");
        iam.authorize(pull(session));
        as(Driver.root(ACCOUNT), iam.service())
                .call(
                        DeleteRolePolicyRequest.builder()
                                .roleName("app")
                                .policyName("only")
                                .build(),
                        DeleteRolePolicyResponse.class);
        assertRefused(session, "no identity-based policy");
    }

    @Test
    void pullAcrossAccountsNeedsTheRepositoryPolicyToo() {
        role("app", "{\"Service\":\"" + BUILD + "\"}");
        putRolePolicy("app", ALL);
        Caller session = sts.assumeAsService(BUILD, APP, Map.of());
        String repository = REPOSITORY.replace(ACCOUNT, OTHER);
        Authorizer.Question question = Authorizer.Question.of(session, "ecr:BatchGetImage", repository);
        assertFault(
                () -> iam.authorize(question),
                "AccessDeniedException",
                400,
                "assumed-role/app/build.apprunner is not authorized to perform: ecr:BatchGetImage on resource: "
                        + repository + " because no resource-based policy allows the ecr:BatchGetImage action");
        iam.authorize(question.withResourcePolicy(Optional.of(repositoryPolicy("Allow", APP))));
        iam.authorize(question.withResourcePolicy(
                Optional.of(repositoryPolicy("Allow", iam.uniqueIdOf(APP).orElseThrow()))));
        assertFault(
                () -> iam.authorize(question.withResourcePolicy(Optional.of(repositoryPolicy("Deny", APP)))),
                "AccessDeniedException",
                400,
                "with an explicit deny in a resource-based policy");
    }

    @Test
    void serviceIsToldWhatIsWrongWithTheRole() {
        assertDenied(
                () -> sts.assumeAsService(BUILD, APP, Map.of()),
                APP + " cannot be assumed by " + BUILD + " because it does not exist");
        role("app", aws(ANN));
        assertDenied(
                () -> sts.assumeAsService(BUILD, APP, Map.of()),
                "because its trust policy does not allow it (statement 1: names another principal: " + ANN + ")");
        role(
                "guarded",
                "{\"Service\":\"" + BUILD + "\"}",
                ",\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":\"" + ACCOUNT + "\"}}");
        String guarded = APP.replace("app", "guarded");
        assertDenied(
                () -> sts.assumeAsService(BUILD, guarded, Map.of("aws:SourceAccount", List.of(OTHER))),
                "statement 1: its condition StringEquals aws:SourceAccount does not hold: the request says " + OTHER);
        sts.assumeAsService(BUILD, guarded, Map.of("aws:SourceAccount", List.of(ACCOUNT)));
    }

    @Test
    void sessionTokenIsTheSameUserForAWhile() {
        GetSessionTokenRequest request = GetSessionTokenRequest.builder().build();
        GetSessionTokenResponse answer = as(ann).call(request, GetSessionTokenResponse.class);
        Caller session = sts.lookup()
                .find(answer.credentials().accessKeyId())
                .orElseThrow()
                .caller();
        assertThat(session.arn()).isEqualTo(ANN);
        assertThat(session.userId()).isEqualTo(ann.userId());
        assertThat(answer.credentials().expiration()).isEqualTo(now.plus(Duration.ofHours(12)));
        assertDenied(() -> as(session).call(request, GetSessionTokenResponse.class), "session credentials");
        assertThat(as(Driver.root(ACCOUNT))
                        .call(request, GetSessionTokenResponse.class)
                        .credentials()
                        .expiration())
                .isEqualTo(now.plus(Duration.ofHours(1)));
    }

    @Test
    void sourceIdentityNeedsLeaveAndStaysAlongTheChain() {
        role("plain", aws(ANN));
        assertDenied(
                () -> assume(ann, in -> in.toBuilder()
                        .roleArn(APP.replace("app", "plain"))
                        .sourceIdentity("anna")
                        .build()),
                "sts:SetSourceIdentity");

        String actions = "\"Action\":[\"sts:AssumeRole\",\"sts:SetSourceIdentity\"]";
        role("app", aws(ANN), "", actions);
        AssumeRoleResponse begun =
                assume(ann, in -> in.toBuilder().sourceIdentity("anna").build());
        assertThat(begun.sourceIdentity()).isEqualTo("anna");
        Caller first = session(begun);
        assertThat(first.keys()).containsEntry("aws:SourceIdentity", List.of("anna"));

        role("next", aws(APP), "", actions);
        AssumeRoleRequest chain = AssumeRoleRequest.builder()
                .roleArn("arn:aws:iam::" + ACCOUNT + ":role/next")
                .roleSessionName("chain")
                .build();
        assertThat(as(first).call(chain, AssumeRoleResponse.class).sourceIdentity())
                .isEqualTo("anna");
        assertDenied(
                () -> as(first).call(chain.toBuilder().sourceIdentity("bob").build(), AssumeRoleResponse.class),
                "cannot be changed");
    }

    @Test
    void policiesAndTagsOfASessionFitTheirAllowance() {
        role("app", aws(ANN), "", "\"Action\":[\"sts:AssumeRole\",\"sts:TagSession\"]");
        assertThat(assume(ann, UnaryOperator.identity()).packedPolicySize()).isNull();
        String small =
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecr:*\",\"Resource\":\"*\"}]}";
        assertThat(assume(ann, in -> in.toBuilder().policy(small).build()).packedPolicySize())
                .isBetween(1, 60);
        List<Tag> tags = new java.util.ArrayList<>();
        var random = new Random(7);
        for (int i = 0; i < 20; i++) {
            tags.add(Tag.builder()
                    .key("key" + i)
                    .value(Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()))
                    .build());
        }
        assertFault(
                () -> assume(ann, in -> in.toBuilder().tags(tags).build()),
                "PackedPolicyTooLarge",
                400,
                "Packed policy consumes");
        assertFault(
                () -> assume(ann, in -> in.toBuilder().transitiveTagKeys("none").build()),
                "InvalidParameterValue",
                400,
                "The specified transitive tag key must be included in the requested tags.");
    }

    @Test
    void keysOfGetSessionTokenDoNotOpenIam() {
        Caller plain = new Caller(
                ACCOUNT, ANN, ann.userId(), "ASIAX", Optional.empty(), Optional.of(now.plusSeconds(60)), Map.of());
        Call call = new Call(plain, "us-east-1", now, "r");
        iam.entered(call, "ecr");
        assertFault(() -> iam.entered(call, "iam"), "InvalidClientTokenId", 403, "security token");
    }

    @Test
    void accountBehindAKeyIsTold() {
        GetAccessKeyInfoRequest request =
                GetAccessKeyInfoRequest.builder().accessKeyId(bob.accessKeyId()).build();
        assertThat(as(Driver.root(ACCOUNT))
                        .call(request, GetAccessKeyInfoResponse.class)
                        .account())
                .isEqualTo(OTHER);
        assertFault(
                () -> as(ann).call(request, GetAccessKeyInfoResponse.class),
                "AccessDeniedException",
                400,
                "no identity-based policy allows the sts:GetAccessKeyInfo action");
    }

    @Test
    void sessionSurvivesTheJsonOfTheStore() throws Exception {
        SessionRecord session = new SessionRecord(
                "ASIAX", "secret", "token", ACCOUNT, ANN, "AIDAX", 1, 2, null, Map.of("k", "v"), List.of("k"), "ann");
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readValue(json.writeValueAsBytes(session), SessionRecord.class))
                .isEqualTo(session);
        assertThat(session.toString()).doesNotContain("secret").doesNotContain("token");
    }

    private Driver as(Caller caller) {
        return as(caller, sts.service());
    }

    private Driver as(Caller caller, AwsService service) {
        return new Driver(service, iam, caller, now);
    }

    private AssumeRoleResponse assume(Caller caller, UnaryOperator<AssumeRoleRequest> change) {
        AssumeRoleRequest request =
                AssumeRoleRequest.builder().roleArn(APP).roleSessionName("work").build();
        return as(caller).call(change.apply(request), AssumeRoleResponse.class);
    }

    private Caller session(AssumeRoleResponse answer) {
        return sts.lookup()
                .find(answer.credentials().accessKeyId())
                .orElseThrow()
                .caller();
    }

    private void assertRefused(Caller caller, String message) {
        assertFault(() -> iam.authorize(pull(caller)), "AccessDeniedException", 400, message);
    }

    private static void assertDenied(ThrowingCallable call, String message) {
        assertFault(call, "AccessDenied", 403, message);
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

    private static Authorizer.Question pull(Caller caller) {
        return Authorizer.Question.of(caller, "ecr:BatchGetImage", REPOSITORY);
    }

    private static String repositoryPolicy(String effect, String principal) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"" + effect + "\",\"Principal\":"
                + aws(principal) + ",\"Action\":\"ecr:BatchGetImage\"}]}";
    }

    private static String aws(String... principals) {
        return "{\"AWS\":[\"" + String.join("\",\"", principals) + "\"]}";
    }

    private String role(String name, String principal) {
        return role(name, principal, "");
    }

    private String role(String name, String principal, String condition) {
        return role(name, principal, condition, "\"Action\":\"sts:AssumeRole\"");
    }

    /** Makes a role, or one whose trust names itself, and tells its unique id. */
    private String role(String name, String principal, String condition, String action) {
        Driver root = as(Driver.root(ACCOUNT), iam.service());
        String arn = "arn:aws:iam::" + ACCOUNT + ":role/" + name;
        boolean namesItself = principal.contains(arn);
        String trust = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":%s," + action
                + condition + "}]}";
        String id = root.call(
                        CreateRoleRequest.builder()
                                .roleName(name)
                                .assumeRolePolicyDocument(trust.formatted(namesItself ? aws(ANN) : principal))
                                .build(),
                        CreateRoleResponse.class)
                .role()
                .roleId();
        if (namesItself) {
            root.call(
                    UpdateAssumeRolePolicyRequest.builder()
                            .roleName(name)
                            .policyDocument(trust.formatted(principal))
                            .build(),
                    UpdateAssumeRolePolicyResponse.class);
        }
        return id;
    }

    private void putRolePolicy(String role, String statement) {
        as(Driver.root(ACCOUNT), iam.service())
                .call(
                        PutRolePolicyRequest.builder()
                                .roleName(role)
                                .policyName("only")
                                .policyDocument(document(statement))
                                .build(),
                        PutRolePolicyResponse.class);
    }

    private void putUserPolicy(String account, String user, String statement) {
        as(Driver.root(account), iam.service())
                .call(
                        PutUserPolicyRequest.builder()
                                .userName(user)
                                .policyName("only")
                                .policyDocument(document(statement))
                                .build(),
                        PutUserPolicyResponse.class);
    }

    private static String document(String statement) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statement + "]}";
    }

    private Caller user(String account, String name) {
        Driver root = as(Driver.root(account), iam.service());
        root.call(CreateUserRequest.builder().userName(name).build(), CreateUserResponse.class);
        String key = root.call(CreateAccessKeyRequest.builder().userName(name).build(), CreateAccessKeyResponse.class)
                .accessKey()
                .accessKeyId();
        return iam.find(key).orElseThrow().caller();
    }
}
