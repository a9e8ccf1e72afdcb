package dev.slipway.cloud.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.cloud.wire.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.CreateGroupRequest;
import software.amazon.awssdk.services.iam.model.CreateGroupResponse;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.PutUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutUserPolicyResponse;

/** An account with its root, for tests of IAM's operations. */
final class Fixture {
    static final String ACCOUNT = "111122223333";
    static final String TRUST = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
             "Principal": {"Service": "build.apprunner.amazonaws.com"}, "Action": "sts:AssumeRole"}]}""";
    static final String EVERYTHING = allow("*", "*");

    Instant now = Driver.NOW;
    Duration propagation = Duration.ZERO;
    final Iam iam;
    private final Driver root;

    Fixture() {
        this(Mode.ENFORCE);
    }

    Fixture(Mode mode) {
        InstantSource clock = () -> now;
        iam = new Iam(Store.inMemory(), clock, new Random(1), new Iam.Settings(mode, account -> propagation));
        root = new Driver(iam.service(), iam, Driver.root(ACCOUNT), Driver.NOW);
    }

    static String allow(String action, String resource) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"" + action
                + "\",\"Resource\":\"" + resource + "\"}]}";
    }

    static String arn(String kind, String name) {
        return "arn:aws:iam::" + ACCOUNT + ":" + kind + "/" + name;
    }

    <O extends SdkPojo> O call(SdkPojo in, Class<O> out) {
        return root.call(in, out);
    }

    <O extends SdkPojo> O as(Caller caller, SdkPojo in, Class<O> out) {
        return root.as(caller).call(in, out);
    }

    void user(String name) {
        call(CreateUserRequest.builder().userName(name).build(), CreateUserResponse.class);
    }

    void group(String name) {
        call(CreateGroupRequest.builder().groupName(name).build(), CreateGroupResponse.class);
    }

    void role(String name) {
        call(
                CreateRoleRequest.builder()
                        .roleName(name)
                        .assumeRolePolicyDocument(TRUST)
                        .build(),
                CreateRoleResponse.class);
    }

    String policy(String name, String document) {
        return call(
                        CreatePolicyRequest.builder()
                                .policyName(name)
                                .policyDocument(document)
                                .build(),
                        CreatePolicyResponse.class)
                .policy()
                .arn();
    }

    void userPolicy(String user, String document) {
        call(
                PutUserPolicyRequest.builder()
                        .userName(user)
                        .policyName("only")
                        .policyDocument(document)
                        .build(),
                PutUserPolicyResponse.class);
    }

    /** A caller with a new key of the user. */
    Caller caller(String user) {
        String id = call(CreateAccessKeyRequest.builder().userName(user).build(), CreateAccessKeyResponse.class)
                .accessKey()
                .accessKeyId();
        return iam.find(id).orElseThrow().caller();
    }

    boolean trusts(String roleArn, String service) {
        return iam.assumableRole(roleArn)
                .filter(role -> iam.distrust(role, service, Map.of()).isEmpty())
                .isPresent();
    }

    static void assertFault(ThrowingCallable call, String code, int status, String message) {
        Consumer<Throwable> fault = thrown -> {
            AwsException aws = (AwsException) thrown;
            assertThat(aws.code()).isEqualTo(code);
            assertThat(aws.status()).isEqualTo(status);
            assertThat(aws).hasMessageContaining(message);
        };
        assertThatThrownBy(call).isInstanceOf(AwsException.class).satisfies(fault);
    }
}
