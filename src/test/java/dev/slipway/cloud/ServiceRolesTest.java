package dev.slipway.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.iam.Driver;
import dev.slipway.cloud.iam.Iam;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.sts.Sts;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.cloud.wire.Credentials;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;

/** App Runner and roles: what a trust policy may ask of it, and the role that it makes for itself. */
final class ServiceRolesTest {
    private static final String ACCOUNT = "111122223333";
    private static final String BUILD = "build.apprunner.amazonaws.com";
    private static final String WEB = "arn:aws:apprunner:eu-west-1:" + ACCOUNT + ":service/web/0123456789abcdef";

    private final Store store = Store.inMemory();
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    private final InstantSource clock = () -> Driver.NOW;
    private final Iam iam = new Iam(store, clock, random);
    private final Sts sts = new Sts(iam, store, clock, random);
    private final ServiceRoles roles = new ServiceRoles(iam, sts, caller -> "password");
    private final Driver root = new Driver(iam.service(), iam, Driver.root(ACCOUNT), Driver.NOW);

    /** A role that trusts {@link #BUILD} under conditions. */
    private String role(String conditions) {
        return root.call(
                        CreateRoleRequest.builder()
                                .roleName("pull")
                                .assumeRolePolicyDocument("""
                                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"%s"},
                                         "Action":"sts:AssumeRole","Condition":%s}]}""".formatted(BUILD, conditions))
                                .build(),
                        CreateRoleResponse.class)
                .role()
                .arn();
    }

    private void assertRefused(String role, String service, String because) {
        assertThatThrownBy(() -> roles.assume(BUILD, role, service))
                .isInstanceOfSatisfying(
                        AwsException.class, error -> assertThat(error.code()).isEqualTo("AccessDenied"))
                .hasMessageContaining(because);
    }

    @Test
    void theRoleMayInsistOnTheServiceThatPulls() {
        String role = role("""
                {"ArnLike":{"aws:SourceArn":"arn:aws:apprunner:eu-west-1:111122223333:service/web/*"}}""");
        assertThat(roles.assume(BUILD, role, WEB).arn()).endsWith("assumed-role/pull/build.apprunner");
        String other = WEB.replace("web", "other");
        assertRefused(role, other, "its condition ArnLike aws:SourceArn does not hold: the request says " + other);
    }

    @Test
    void theRoleMayInsistOnTheAccountOfTheService() {
        String role = role("{\"StringEquals\":{\"aws:SourceAccount\":\"111122223333\"}}");
        assertThat(roles.assume(BUILD, role, WEB).account()).isEqualTo(ACCOUNT);
        assertRefused(
                role,
                WEB.replace(ACCOUNT, "444455556666"),
                "its condition StringEquals aws:SourceAccount does not hold: the request says 444455556666");
    }

    @Test
    void theRoleMayInsistOnARegionAndTls() {
        String role = role(
                "{\"StringEquals\":{\"aws:RequestedRegion\":\"eu-west-1\"},\"Bool\":{\"aws:SecureTransport\":\"true\"}}");
        assertThat(roles.assume(BUILD, role, WEB).account()).isEqualTo(ACCOUNT);
        assertRefused(
                role,
                WEB.replace("eu-west-1", "us-east-1"),
                "its condition StringEquals aws:RequestedRegion does not hold: the request says us-east-1");
    }

    @Test
    void theRoleIsToldThatAServiceAsks() {
        String role = role("""
                {"Bool":{"aws:PrincipalIsAWSService":"true"},
                 "StringEquals":{"aws:PrincipalServiceName":"build.apprunner.amazonaws.com"},
                 "ForAnyValue:StringEquals":{"aws:PrincipalServiceNamesList":"build.apprunner.amazonaws.com"},
                 "Null":{"aws:PrincipalArn":"true"}}""");
        assertThat(roles.assume(BUILD, role, WEB).account()).isEqualTo(ACCOUNT);
    }

    @Test
    void aRoleThatIsBoundToRegionsAndTlsLogsInInItsRegionOnly() {
        String role = role("{}");
        root.call(
                PutRolePolicyRequest.builder()
                        .roleName("pull")
                        .policyName("login")
                        .policyDocument("""
                                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:GetAuthorizationToken",
                                 "Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}},
                                 {"Effect":"Deny","Action":"*","Resource":"*",
                                 "Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}}}]}""")
                        .build(),
                PutRolePolicyResponse.class);
        Caller session = roles.assume(BUILD, role, WEB);
        assertThat(roles.registryPassword(session, "eu-west-1")).isEqualTo("password");
        assertThatThrownBy(() -> roles.registryPassword(session, "us-east-1")).hasMessageContaining("explicit deny");
    }

    @Test
    void anInstanceGetsKeysOfItsRoleThatEndWithTheRole() {
        String role = role("{}");
        assertThatThrownBy(() -> roles.keys(role, WEB, "instance", Duration.ofHours(6)))
                .as("it trusts another part of App Runner")
                .hasMessageContaining("tasks.apprunner.amazonaws.com");
        root.call(
                UpdateAssumeRolePolicyRequest.builder()
                        .roleName("pull")
                        .policyDocument("""
                                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
                                 "Principal":{"Service":"tasks.apprunner.amazonaws.com"},
                                 "Condition":{"StringEquals":{"aws:SourceArn":"%s"}}}]}""".formatted(WEB))
                        .build(),
                UpdateAssumeRolePolicyResponse.class);

        Credentials keys = roles.keys(role, WEB, "instance", Duration.ofHours(6));

        assertThat(keys.caller().arn()).isEqualTo("arn:aws:sts::" + ACCOUNT + ":assumed-role/pull/instance");
        assertThat(keys.caller().expires()).contains(Driver.NOW.plus(Duration.ofHours(6)));
        assertThat(sts.lookup().find(keys.caller().accessKeyId())).contains(keys);
        assertThat(roles.isCurrent(keys)).isTrue();
        root.call(DeleteRoleRequest.builder().roleName("pull").build(), DeleteRoleResponse.class);
        assertThat(roles.isCurrent(keys)).isFalse();
        assertThat(sts.lookup().find(keys.caller().accessKeyId())).isEmpty();
    }

    @Test
    void itsOwnRoleIsMadeOnce() {
        String service = "apprunner.amazonaws.com";
        String arn =
                "arn:aws:iam::111122223333:role/aws-service-role/apprunner.amazonaws.com/AWSServiceRoleForAppRunner";
        assertThat(roles.missingLinkedRole(ACCOUNT, service)).contains(arn);
        roles.makeLinkedRole(ACCOUNT, service);
        roles.makeLinkedRole(ACCOUNT, service);
        assertThat(roles.missingLinkedRole(ACCOUNT, service)).isEmpty();
        assertThat(roles.missingLinkedRole("444455556666", service)).isPresent();
        assertThat(root.call(
                                GetRoleRequest.builder()
                                        .roleName("AWSServiceRoleForAppRunner")
                                        .build(),
                                GetRoleResponse.class)
                        .role()
                        .arn())
                .isEqualTo(arn);
    }
}
