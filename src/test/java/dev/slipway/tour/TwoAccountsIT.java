package dev.slipway.tour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.remote.RegistryAuth;
import dev.slipway.oci.remote.RegistryClient;
import dev.slipway.oci.remote.RemoteFailure;
import dev.slipway.testing.TestCloud;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.ServiceStatus;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * A service of one account with an image of another: App Runner pulls it only when the access role's account and the image's account both
 * say so, and otherwise tells which of them does not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TwoAccountsIT {
    private static final String SERVICE_ACCOUNT = "111122223333";
    private static final String IMAGE_ACCOUNT = "444455556666";
    private static final String IMAGE = IMAGE_ACCOUNT + ".dkr.ecr.us-east-1.amazonaws.com/team/hello:1";
    private static final String PULL =
            "[\"ecr:GetAuthorizationToken\",\"ecr:BatchGetImage\",\"ecr:GetDownloadUrlForLayer\"]";

    private TestCloud cloud;
    private IamClient iam;
    private EcrClient ecr;
    private AppRunnerClient apprunner;
    private CloudWatchLogsClient logs;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException, RemoteFailure {
        cloud = TestCloud.start(directory);
        iam = as(SERVICE_ACCOUNT, IamClient.builder()).build();
        apprunner = as(SERVICE_ACCOUNT, AppRunnerClient.builder()).build();
        logs = as(SERVICE_ACCOUNT, CloudWatchLogsClient.builder()).build();
        ecr = as(IMAGE_ACCOUNT, EcrClient.builder()).build();
        ecr.createRepository(repository -> repository.repositoryName("team/hello"));
        String login = new String(
                Base64.getDecoder()
                        .decode(ecr.getAuthorizationToken()
                                .authorizationData()
                                .get(0)
                                .authorizationToken()),
                StandardCharsets.UTF_8);
        URI registry = cloud.endpoint();
        RegistryClient.of(registry, RegistryAuth.anonymous())
                .copy(
                        "public.ecr.aws/slipway/hello",
                        "1",
                        RegistryClient.of(registry, RegistryAuth.basic("AWS", login.substring(login.indexOf(':') + 1))),
                        IMAGE_ACCOUNT + "/us-east-1/team/hello",
                        "1");
    }

    @AfterAll
    void stop() {
        for (AutoCloseable client : new AutoCloseable[] {iam, ecr, apprunner, logs, cloud}) {
            try {
                client.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private <B extends AwsClientBuilder<B, ?>> B as(String account, B builder) {
        return builder.endpointOverride(cloud.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "any")));
    }

    @Test
    void withBothSidesTheServiceRuns() {
        String role = role("both");
        identity("both", "Allow", PULL);
        repository("Allow", role, "[\"ecr:BatchGetImage\",\"ecr:GetDownloadUrlForLayer\"]");

        Service service = deploy("both", role);

        assertThat(service.status()).as(told(service)).isEqualTo(ServiceStatus.RUNNING);
        apprunner.deleteService(delete -> delete.serviceArn(service.serviceArn()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nothing          |       |       | no identity-based policy allows the ecr:GetAuthorizationToken action
            repository-alone |       | Allow | no identity-based policy allows the ecr:GetAuthorizationToken action
            identity-alone   | Allow |       | no resource-based policy allows the ecr:BatchGetImage action
            identity-denies  | Deny  | Allow | with an explicit deny in an identity-based policy
            repository-denies| Allow | Deny  | with an explicit deny in a resource-based policy
            """)
    void whatIsMissingIsNamed(String name, String identity, String repository, String told) {
        String role = role(name);
        if (identity != null) {
            identity(name, "Allow", PULL);
        }
        if ("Deny".equals(identity)) {
            identity(name, "Deny", "[\"ecr:BatchGetImage\"]");
        }
        repository(repository, role, "[\"ecr:BatchGetImage\",\"ecr:GetDownloadUrlForLayer\"]");

        Service service = deploy(name, role);

        assertThat(service.status()).isEqualTo(ServiceStatus.CREATE_FAILED);
        assertThat(told(service)).contains("assumed-role/" + name, told);
    }

    private String role(String name) {
        return iam.createRole(role -> role.roleName(name).assumeRolePolicyDocument("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                         "Principal": {"Service": "build.apprunner.amazonaws.com"}}]}
                        """))
                .role()
                .arn();
    }

    private void identity(String role, String effect, String actions) {
        iam.putRolePolicy(
                policy -> policy.roleName(role).policyName(effect).policyDocument("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "%s", "Action": %s, "Resource": "*"}]}
                """.formatted(effect, actions)));
    }

    private void repository(String effect, String role, String actions) {
        if (effect == null) {
            if (!ecr.describeRepositories().repositories().isEmpty()) {
                ecr.setRepositoryPolicy(
                        policy -> policy.repositoryName("team/hello").policyText("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ecr:ListImages",
                         "Principal": {"AWS": "%s"}}]}
                        """.formatted(SERVICE_ACCOUNT)));
            }
            return;
        }
        ecr.setRepositoryPolicy(
                policy -> policy.repositoryName("team/hello").policyText("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "%s", "Action": %s, "Principal": {"AWS": "%s"}}]}
                """.formatted(effect, actions, role)));
    }

    private Service deploy(String name, String role) {
        String arn = apprunner
                .createService(create -> create.serviceName(name)
                        .sourceConfiguration(source -> source.autoDeploymentsEnabled(false)
                                .authenticationConfiguration(access -> access.accessRoleArn(role))
                                .imageRepository(image -> image.imageIdentifier(IMAGE)
                                        .imageRepositoryType("ECR")
                                        .imageConfiguration(configuration -> configuration.port("8080")))))
                .service()
                .serviceArn();
        return Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> apprunner
                                .describeService(describe -> describe.serviceArn(arn))
                                .service(),
                        service -> service.status() != ServiceStatus.OPERATION_IN_PROGRESS);
    }

    /** What the service's own log says. */
    private String told(Service service) {
        String group = "/aws/apprunner/" + service.serviceName() + "/" + service.serviceId() + "/service";
        return logs.filterLogEvents(filter -> filter.logGroupName(group)).events().stream()
                .map(event -> event.message())
                .collect(Collectors.joining("\n"));
    }
}
