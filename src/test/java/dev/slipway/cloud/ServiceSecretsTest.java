package dev.slipway.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.iam.Driver;
import dev.slipway.cloud.iam.Iam;
import dev.slipway.cloud.secrets.Secrets;
import dev.slipway.cloud.secrets.Vault;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.sts.Sts;
import dev.slipway.cloud.wire.AwsException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/** How App Runner reads a secret: as the instance role, which must trust it and be allowed to. */
final class ServiceSecretsTest {
    private static final String ACCOUNT = "111122223333";
    private static final String REGION = "eu-west-1";
    private static final String SERVICE = "arn:aws:apprunner:" + REGION + ":" + ACCOUNT + ":service/web/1";
    private static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/instance";

    private final Store store = Store.inMemory();
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(3);
    private final InstantSource clock = () -> Driver.NOW;
    private final Iam iam = new Iam(store, clock, random);
    private final Sts sts = new Sts(iam, store, clock, random);
    private final Driver roles = new Driver(iam.service(), iam, Driver.root(ACCOUNT), Driver.NOW);
    private String secret = "";
    private ServiceSecrets reader;

    @BeforeEach
    void aSecretAndAParameter(@TempDir Path directory) throws IOException {
        Vault vault = Vault.open(directory.resolve("key"), store, random);
        var secrets = new Secrets(store, vault, clock, random);
        var serviceRoles = new ServiceRoles(iam, sts, caller -> "password");
        reader = new ServiceSecrets(serviceRoles, iam, secrets, vault, clock);
        secret = new Driver(secrets.secretsManager(), iam, Driver.root(ACCOUNT), Driver.NOW)
                .call(
                        CreateSecretRequest.builder()
                                .name("db")
                                .secretString("{\"password\":\"hush\"}")
                                .build(),
                        CreateSecretResponse.class)
                .arn();
        new Driver(secrets.parameterStore(), iam, Driver.root(ACCOUNT), Driver.NOW)
                .call(
                        PutParameterRequest.builder()
                                .name("/team/key")
                                .value("quiet")
                                .type("SecureString")
                                .build(),
                        PutParameterResponse.class);
    }

    private void role(String principal) {
        roles.call(
                CreateRoleRequest.builder()
                        .roleName("instance")
                        .assumeRolePolicyDocument("""
                                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                                 "Principal":{"Service":"%s"},"Action":"sts:AssumeRole"}]}
                                """.formatted(principal))
                        .build(),
                CreateRoleResponse.class);
    }

    private void allow(String action, String resource) {
        roles.call(
                PutRolePolicyRequest.builder()
                        .roleName("instance")
                        .policyName("read")
                        .policyDocument("""
                                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"%s","Resource":"%s"}]}
                                """.formatted(action, resource))
                        .build(),
                PutRolePolicyResponse.class);
    }

    private String read(String reference) {
        return reader.read(SERVICE, REGION, ROLE, reference);
    }

    @Test
    void theRoleMustTrustTheTasksOfAppRunner() {
        role("build.apprunner.amazonaws.com");
        assertThatThrownBy(() -> read(secret))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining(ROLE)
                .hasMessageContaining("tasks.apprunner.amazonaws.com");
    }

    @Test
    void theRoleMustBeAllowedToReadTheSecret() {
        role("tasks.apprunner.amazonaws.com");
        assertThatThrownBy(() -> read(secret))
                .isInstanceOfSatisfying(
                        AwsException.class, error -> assertThat(error.code()).startsWith("AccessDenied"))
                .hasMessageContaining("secretsmanager:GetSecretValue")
                .hasMessageNotContaining("hush");
        allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-*");
        assertThat(read(secret + ":password::")).isEqualTo("hush");
        assertThatThrownBy(() -> read("/team/key")).hasMessageContaining("ssm:GetParameters");
    }

    @Test
    void theRoleMustBeAllowedToReadTheParameter() {
        role("tasks.apprunner.amazonaws.com");
        allow("ssm:GetParameters", "arn:aws:ssm:eu-west-1:111122223333:parameter/team/*");
        assertThat(read("/team/key")).isEqualTo("quiet");
        assertThat(read("arn:aws:ssm:eu-west-1:111122223333:parameter/team/key"))
                .isEqualTo("quiet");
    }
}
