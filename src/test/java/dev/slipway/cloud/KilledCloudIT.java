package dev.slipway.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.apprunner.model.OperationStatus;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.ServiceStatus;
import software.amazon.awssdk.services.apprunner.model.ServiceSummary;
import software.amazon.awssdk.services.apprunner.model.SourceConfiguration;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** What a cloud that was killed leaves, and what the next one on the same data makes of it. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KilledCloudIT {
    private static final String ACCOUNT = "111122223333";
    private static final String IMAGE = "public.ecr.aws/slipway/hello:latest";

    private Path temporary = Path.of("none");
    private Path data = temporary;
    private @Nullable Process child;
    private URI endpoint = URI.create("http://127.0.0.1:1");
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        assumeTrue(Epoll.isAvailable(), "needs Linux with Netty's epoll");
        temporary = directory;
        data = temporary.resolve("data");
        launch();
    }

    @AfterAll
    void nothingIsLeft() throws Exception {
        if (child == null) {
            return;
        }
        child.getOutputStream().close();
        boolean ended = child.waitFor(60, TimeUnit.SECONDS);
        child.destroyForcibly().waitFor();
        assertThat(ended).isTrue();
        assertThat(data.resolve("containers/run")).isEmptyDirectory();
        assertThat(Files.readAllLines(Path.of("/proc/self/mounts"))).noneMatch(line -> line.contains(data.toString()));
        // What was killed is gone when the system has taken it away, which may be a moment later.
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        ProcessHandle.allProcesses().filter(this::namesTheData))
                .map(process -> process.info().commandLine())
                .isEmpty());
    }

    private boolean namesTheData(ProcessHandle process) {
        return process.pid() != ProcessHandle.current().pid()
                && process.info().commandLine().orElse("").contains(data.toString());
    }

    private void launch() throws IOException {
        Process started = process();
        endpoint = URI.create("http://127.0.0.1:" + ChildLocalCloud.port(started));
        child = started;
    }

    private Process process() throws IOException {
        return ChildLocalCloud.process(data, 0, temporary.resolve("errors"));
    }

    private void kill() throws InterruptedException {
        Objects.requireNonNull(child).destroyForcibly().waitFor();
    }

    private void killAndLaunch() throws Exception {
        kill();
        launch();
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCOUNT, "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private AppRunnerClient appRunner() {
        return client(AppRunnerClient.builder());
    }

    private Service create(String name) {
        return appRunner()
                .createService(in -> in.serviceName(name)
                        .sourceConfiguration(source("one"))
                        .instanceConfiguration(size -> size.cpu("256").memory("512")))
                .service();
    }

    private static SourceConfiguration source(String greeting) {
        return SourceConfiguration.builder()
                .imageRepository(image -> image.imageIdentifier(IMAGE)
                        .imageRepositoryType("ECR_PUBLIC")
                        .imageConfiguration(run -> run.runtimeEnvironmentVariables(Map.of("GREETING", greeting))
                                .port("8080")))
                .build();
    }

    private Service describe(String arn) {
        return appRunner().describeService(in -> in.serviceArn(arn)).service();
    }

    private Service settled(String arn) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> describe(arn).status() != ServiceStatus.OPERATION_IN_PROGRESS);
        assertThat(appRunner().listOperations(in -> in.serviceArn(arn)).operationSummaryList())
                .allSatisfy(operation -> {
                    assertThat(operation.status()).isNotIn(OperationStatus.IN_PROGRESS, OperationStatus.PENDING);
                    assertThat(operation.endedAt()).isNotNull();
                });
        return describe(arn);
    }

    private void answers(String arn, String greeting) {
        URI url = URI.create("http://" + describe(arn).serviceUrl() + "/");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
                                        .body()
                                        .lines())
                        .contains(greeting));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Service creation started.", "Successfully copied the image", "Provisioning instances"})
    void aCreationGoesOnWhereverItWasInterrupted(String moment) throws Exception {
        Service service = create("hello");
        await(service, moment);
        killAndLaunch();
        assertThat(settled(service.serviceArn()).status()).isEqualTo(ServiceStatus.RUNNING);
        answers(service.serviceArn(), "one");
        delete(service.serviceArn());
    }

    private void delete(String arn) {
        appRunner().deleteService(in -> in.serviceArn(arn));
        settled(arn);
    }

    /** Until the service's events have this one; not later than the next look. */
    private void await(Service service, String event) {
        String group = "/aws/apprunner/" + service.serviceName() + "/" + service.serviceId() + "/service";
        CloudWatchLogsClient logs = client(CloudWatchLogsClient.builder());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> logs.filterLogEvents(in -> in.logGroupName(group)).events().stream()
                        .anyMatch(each -> each.message().contains(event)));
    }

    @Test
    void whatRanRunsAgainWhatWasPausedStaysPausedAndNothingIsLeft() throws Exception {
        String runs = create("runs").serviceArn();
        String pauses = create("pauses").serviceArn();
        settled(runs);
        settled(pauses);
        killAndLaunch();
        answers(runs, "one");
        appRunner().updateService(in -> in.serviceArn(runs).sourceConfiguration(source("two")));
        appRunner().pauseService(in -> in.serviceArn(pauses));
        killAndLaunch();
        assertThat(settled(runs).status()).isEqualTo(ServiceStatus.RUNNING);
        answers(runs, "two");
        assertThat(settled(pauses).status()).isEqualTo(ServiceStatus.PAUSED);
        killAndLaunch();
        answers(runs, "two");
        assertThat(describe(pauses).status()).isEqualTo(ServiceStatus.PAUSED);
        appRunner().resumeService(in -> in.serviceArn(pauses));
        appRunner().deleteService(in -> in.serviceArn(runs));
        killAndLaunch();
        assertThat(settled(pauses).status()).isEqualTo(ServiceStatus.RUNNING);
        answers(pauses, "one");
        assertThat(settled(runs).status()).isEqualTo(ServiceStatus.DELETED);
        assertThat(appRunner().listServices(in -> {}).serviceSummaryList())
                .extracting(ServiceSummary::serviceArn)
                .containsExactly(pauses);
        delete(pauses);
    }

    @Test
    void everyAnsweredWriteIsThereAfterwards() throws Exception {
        List<Runnable> checks = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            String name = "thing-" + round;
            write(name, checks);
            killAndLaunch();
            checks.forEach(Runnable::run);
        }
    }

    private void write(String name, List<Runnable> checks) {
        String secret = client(SecretsManagerClient.builder())
                .createSecret(in -> in.name(name).secretString("hush " + name))
                .arn();
        client(SsmClient.builder())
                .putParameter(in -> in.name("/" + name).value("value " + name).type("SecureString"));
        client(IamClient.builder()).createUser(in -> in.userName(name));
        String repository = client(EcrClient.builder())
                .createRepository(in -> in.repositoryName(name))
                .repository()
                .repositoryArn();
        String connector = appRunner()
                .createVpcConnector(in -> in.vpcConnectorName(name).subnets("subnet-1"))
                .vpcConnector()
                .vpcConnectorArn();
        checks.add(() -> {
            assertThat(client(SecretsManagerClient.builder())
                            .getSecretValue(in -> in.secretId(secret))
                            .secretString())
                    .isEqualTo("hush " + name);
            assertThat(client(SsmClient.builder())
                            .getParameter(in -> in.name("/" + name).withDecryption(true))
                            .parameter()
                            .value())
                    .isEqualTo("value " + name);
            assertThat(client(IamClient.builder())
                            .getUser(in -> in.userName(name))
                            .user()
                            .userName())
                    .isEqualTo(name);
            assertThat(client(EcrClient.builder())
                            .describeRepositories(in -> in.repositoryNames(name))
                            .repositories()
                            .get(0)
                            .repositoryArn())
                    .isEqualTo(repository);
            assertThat(appRunner()
                            .describeVpcConnector(in -> in.vpcConnectorArn(connector))
                            .vpcConnector()
                            .statusAsString())
                    .isEqualTo("ACTIVE");
        });
    }

    @Test
    void aSecondProcessOnTheSameDataIsRefusedAndToldOfTheFirst() throws Exception {
        Process second = process();
        String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said)
                .startsWith("failed ")
                .contains(
                        "in use by the process " + Objects.requireNonNull(child).pid());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }
}
