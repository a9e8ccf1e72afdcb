package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CheckRequest;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ProviderHost;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.testing.HelloRepository;
import dev.slipway.testing.TestCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apprunner.model.InvalidRequestException;
import software.amazon.awssdk.services.apprunner.model.OperationSummary;
import software.amazon.awssdk.services.apprunner.model.OperationType;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;

/** What is promised of App Runner, each by a service that really runs: its pages are asked, and things really go wrong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TruthsOnCloudIT {
    private static final String PUBLIC = "public.ecr.aws/slipway/hello:latest";
    private static final String PRIVATE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/hello:1";
    private static final String REPOSITORY = "arn:aws:ecr:us-east-1:111122223333:repository/team/hello";
    private static final String EXITS = "exit:3";

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Life> living = new CopyOnWriteArrayList<>();
    private TestCloud cloud;
    private ResourceProvider provider;
    private SdkClients clients;
    private String name;
    private Urn urn;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        cloud = TestCloud.start(directory);
        ProviderHost host = (severity, about, message, ephemeral) -> told.add((ephemeral ? "~ " : "") + message);
        provider = OnCloud.provider(cloud, FakeAws.ACCOUNT, host);
        clients = OnCloud.clients(cloud, FakeAws.ACCOUNT);
        var repository = new HelloRepository(cloud.endpoint(), directory);
        repository.push(repository.image("1"), "1");
    }

    @AfterAll
    void stop() {
        clients.close();
        provider.close();
        cloud.close();
    }

    @BeforeEach
    void nameTheService(TestInfo test) {
        // Lower case, because a name is an App Runner name here and a part of a role's name too.
        name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        name = name.substring(0, Math.min(name.length(), 36));
        urn = FakeAws.urn("Service", name);
        told.clear();
    }

    @AfterEach
    void everythingIsWellAgain() {
        trouble("DELETE", "");
        living.forEach(Life::delete);
        living.clear();
    }

    @Test
    void anUpdateThatWasRolledBackFailsAndThePreviousVersionServes() {
        Life life = made(hello("GREETING", "first"));
        var failure = catchThrowableOfType(
                InitializationFailed.class, () -> life.update(hello("GREETING", "second", "HELLO_FAIL", EXITS)));
        assertThat(failure.inputs()).isEqualTo(life.inputs);
        assertThat(failure.outputs().get("environment")).isEqualTo(life.outputs.get("environment"));
        assertThat(failure.reasons().get(0))
                .contains("ROLLBACK_SUCCEEDED", "previous version still serves", "exit code: 3");
        assertThat(page(life)).contains("first").doesNotContain("second");
    }

    @Test
    void aFailedCreationTellsItsCauseAndIsRepairedInPlace() {
        var life = new Life(provider, urn);
        var failure = catchThrowableOfType(InitializationFailed.class, () -> life.create(hello("HELLO_FAIL", EXITS)));
        assertThat(failure.reasons().get(0)).contains("CREATE_FAILED", "exit code: 3");
        assertThat(String.join("\n", failure.reasons()))
                .as("the last line of the application")
                .contains("hello", "ends with code 3, as HELLO_FAIL asks");
        life.isThere(failure);
        living.add(life);

        life.update(hello("GREETING", "repaired"));
        assertThat(life.outputs.text("arn")).hasValue(failure.id());
        assertThat(page(life)).contains("repaired");
    }

    @Test
    void aDeletionThatFailedIsTriedAgainAndThenTold() {
        Life life = made(hello());
        living.clear();
        trouble("POST", "{\"kind\": \"delete-failed\", \"resource\": \"" + name + "\", \"calls\": 2}");
        assertThatThrownBy(life::delete)
                .isInstanceOf(ProviderException.class)
                .hasMessageContainingAll("could not delete", life.id, "Service deletion failed", "Run again");
        assertThat(status(life)).isEqualTo("DELETE_FAILED");

        trouble("POST", "{\"kind\": \"delete-failed\", \"resource\": \"" + name + "\", \"calls\": 1}");
        life.delete();
    }

    @Test
    void anothersOperationIsWaitedFor() {
        Life life = made(hello("HELLO_DELAY", "1000"));
        String theirs = clients.appRunner()
                .startDeployment(in -> in.serviceArn(life.id))
                .operationId();
        life.update(hello("GREETING", "after"));
        assertThat(told).anyMatch(line -> line.startsWith("~ ") && line.contains("another operation"));
        assertThat(operations(life))
                .extracting(OperationSummary::type)
                .containsExactly(
                        OperationType.UPDATE_SERVICE, OperationType.START_DEPLOYMENT, OperationType.CREATE_SERVICE);
        OperationSummary waited = operations(life).get(1);
        assertThat(waited.id()).isEqualTo(theirs);
        assertThat(operations(life).get(0).startedAt()).isAfterOrEqualTo(waited.endedAt());
    }

    @Test
    void aRoleThatThisRunMadeIsWaitedFor() {
        trouble("POST", "{\"kind\": \"iam-propagation\", \"time\": \"2s\"}");
        var role = new Life(provider, FakeAws.urn("AccessRole", name));
        role.create(PropertyMap.of("repositories", PropertyValue.of(List.of(PropertyValue.of(REPOSITORY)))));
        String arn = role.outputs.text("arn").orElseThrow();
        assertThatThrownBy(() -> clients.appRunner().createService(in -> in.serviceName("impatient")
                        .sourceConfiguration(
                                source -> source.authenticationConfiguration(with -> with.accessRoleArn(arn))
                                        .imageRepository(image ->
                                                image.imageIdentifier(PRIVATE).imageRepositoryType("ECR")))))
                .as("whoever does not wait")
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Error in assuming access role");

        Life life = made(privately(arn));
        assertThat(page(life)).isNotEmpty();
        life.delete();
        living.clear();
        role.delete();
    }

    @Test
    void aRoleOfBeforeIsToldAtOnceAndTheStatementThatIsSaidMendsIt() {
        String arn = role("tasks.apprunner.amazonaws.com", "ecr:*");
        ProviderException refused = catchThrowableOfType(ProviderException.class, () -> made(privately(arn)));
        assertThat(refused).hasMessageContainingAll("build.apprunner.amazonaws.com", "Nothing was changed");
        assertThat(services()).doesNotContain(name);

        String statement = json(String.valueOf(refused.getMessage()));
        clients.iam().updateAssumeRolePolicy(in -> in.roleName(name)
                .policyDocument("{\"Version\": \"2012-10-17\", \"Statement\": [" + statement + "]}"));
        assertThat(page(made(privately(arn)))).isNotEmpty();
    }

    @Test
    void theStatementThatARoleLacksIsSaidAndMendsIt() {
        String arn = role("build.apprunner.amazonaws.com", "ecr:GetAuthorizationToken");
        assertThat(checked(privately(arn))).isEmpty();
        assertThat(told)
                .as("at preview")
                .anyMatch(line -> line.contains("would fail") && line.contains("ecr:BatchGetImage"));
        ProviderException refused = catchThrowableOfType(ProviderException.class, () -> made(privately(arn)));
        assertThat(services()).doesNotContain(name);

        String statement = json(String.valueOf(refused.getMessage()));
        clients.iam().putRolePolicy(in -> in.roleName(name)
                .policyName("more")
                .policyDocument("{\"Version\": \"2012-10-17\", \"Statement\": [" + statement + "]}"));
        assertThat(page(made(privately(arn)))).isNotEmpty();
    }

    @Test
    void allMistakesAreRefusedTogetherAndNothingIsTouched() {
        List<String> paths = checked(PropertyMap.of("image", PropertyValue.of("ghcr.io/team/app:1"))
                .with("serviceName", PropertyValue.of("no spaces, please"))
                .with("port", PropertyValue.of(70000))
                .with("cpu", PropertyValue.of("0.25 vCPU"))
                .with("memory", PropertyValue.of("12 GB"))
                .with(
                        "environment",
                        PropertyMap.of("PORT", PropertyValue.of("80")).with("AWSAPPRUNNER_X", PropertyValue.of("y")))
                .with("environmentSecrets", PropertyMap.of("PASSWORD", PropertyValue.of("arn:of:nothing"))));
        assertThat(paths)
                .contains(
                        "image",
                        "serviceName",
                        "port",
                        "environment.PORT",
                        "environment.AWSAPPRUNNER_X",
                        "environmentSecrets.PASSWORD")
                .anyMatch(path -> path.equals("cpu") || path.equals("memory"));
        assertThat(services()).isEmpty();
    }

    @Test
    void theLastVariableReallyGoesAndTagsStartNothing() {
        Life life = made(hello("GREETING", "still here"));
        life.update(plain());
        assertThat(page(life)).doesNotContain("still here");
        life.update(plain().with("tags", PropertyMap.of("team", PropertyValue.of("blue"))));
        life.isAsRecorded();
        assertThat(operations(life))
                .extracting(OperationSummary::type)
                .containsExactly(OperationType.UPDATE_SERVICE, OperationType.CREATE_SERVICE);
    }

    @Test
    void eventsAreToldWhileTheServiceComesUp() {
        Life life = made(hello());
        List<String> progress =
                told.stream().filter(line -> line.startsWith("~ ")).toList();
        assertThat(progress)
                .doesNotHaveDuplicates()
                .anyMatch(line -> line.contains("Service creation started"))
                .anyMatch(line -> line.contains("Performing health check on protocol `TCP`"))
                .last()
                .asString()
                .contains("RUNNING");
        assertThat(life.outputs.text("status")).hasValue("RUNNING");
    }

    @Test
    void anEventIsToldOnceWhenAChangeTakesSeveralOperations() {
        PropertyMap paused = hello().with("paused", PropertyValue.of(true));
        Life life = made(paused);
        told.clear();
        life.update(paused.with("environment", PropertyMap.of("GREETING", PropertyValue.of("again"))));
        assertThat(told)
                .filteredOn(line -> line.contains("Service resume started") || line.contains("Service update started"))
                .hasSize(2);
    }

    @Test
    void anUpdateThatAKilledRunHasBegunIsFollowed() {
        Life life = made(hello("HELLO_DELAY", "1000"));
        PropertyMap news = hello("HELLO_DELAY", "1000", "GREETING", "begun");
        UpdateServiceRequest begun = UpdateServiceRequest.builder()
                .serviceArn(life.id)
                .sourceConfiguration(source -> source.imageRepository(image -> image.imageIdentifier(PUBLIC)
                                .imageRepositoryType("ECR_PUBLIC")
                                .imageConfiguration(in -> in.port("8080")
                                        .runtimeEnvironmentVariables(
                                                Map.of("HELLO_DELAY", "1000", "GREETING", "begun"))))
                        .autoDeploymentsEnabled(false))
                .build();
        clients.appRunner().updateService(begun);
        life.update(news);
        assertThat(page(life)).contains("begun");
        assertThat(operations(life))
                .extracting(OperationSummary::type)
                .as("only that of the killed run")
                .containsExactly(OperationType.UPDATE_SERVICE, OperationType.CREATE_SERVICE);
    }

    @Test
    void aCreationWhoseAnswerWasLostIsFoundAndAStrangersIsNot() {
        trouble("POST", "{\"kind\": \"lost\", \"operation\": \"CreateService\", \"calls\": 1}");
        Life life = made(hello("GREETING", "once"));
        assertThat(page(life)).contains("once");
        assertThat(services()).containsExactly(name);

        var stranger = new Life(provider, FakeAws.urn("Service", "stranger"));
        assertThatThrownBy(
                        () -> stranger.create(hello("GREETING", "twice").with("serviceName", PropertyValue.of(name))))
                .isInstanceOf(ProviderException.class)
                .hasMessageContainingAll("exists already", "not made by this stack");
        assertThat(page(life)).contains("once");
    }

    @Test
    void anAccountThatAppRunnerNoLongerTakesIsToldSo() {
        trouble("POST", "{\"kind\": \"closed-account\", \"service\": \"apprunner\"}");
        assertThatThrownBy(() -> made(hello()))
                .isInstanceOf(ProviderException.class)
                .hasMessageContainingAll("closed it to new customers", "30 April 2026");
        trouble("DELETE", "");
        assertThat(services()).isEmpty();
    }

    private PropertyMap plain() {
        return PropertyMap.of("serviceName", PropertyValue.of(name)).with("image", PropertyValue.of(PUBLIC));
    }

    private PropertyMap hello(String... variables) {
        PropertyMap environment = PropertyMap.EMPTY;
        for (int i = 0; i < variables.length; i += 2) {
            environment = environment.with(variables[i], PropertyValue.of(variables[i + 1]));
        }
        return variables.length == 0 ? plain() : plain().with("environment", environment);
    }

    private PropertyMap privately(String role) {
        return PropertyMap.of("serviceName", PropertyValue.of(name))
                .with("image", PropertyValue.of(PRIVATE))
                .with("accessRoleArn", PropertyValue.of(role));
    }

    private Life made(PropertyMap inputs) {
        var life = new Life(provider, urn);
        life.create(inputs);
        living.add(life);
        return life;
    }

    /** The paths of what is refused. */
    private List<String> checked(PropertyMap inputs) {
        return provider.check(new CheckRequest(urn, Optional.empty(), inputs, "5eed".repeat(16))).failures().stream()
                .map(failure -> failure.path().toString())
                .toList();
    }

    private String role(String trusted, String action) {
        String arn = clients.iam()
                .createRole(in -> in.roleName(name).assumeRolePolicyDocument(PullPolicy.trust(trusted)))
                .role()
                .arn();
        clients.iam().putRolePolicy(in -> in.roleName(name)
                .policyName("some")
                .policyDocument(StatementsJson.write(
                        List.of(new PolicyStatement(null, null, List.of(action), List.of("*"), null)))));
        return arn;
    }

    /** The statement in a message. */
    private static String json(String message) {
        return message.substring(message.indexOf('{'), message.lastIndexOf('}') + 1);
    }

    private List<OperationSummary> operations(Life life) {
        return clients.appRunner().listOperations(in -> in.serviceArn(life.id)).operationSummaryList();
    }

    private String status(Life life) {
        return clients.appRunner()
                .describeService(in -> in.serviceArn(life.id))
                .service()
                .statusAsString();
    }

    private List<String> services() {
        return clients.appRunner().listServices(in -> {}).serviceSummaryList().stream()
                .filter(service -> !service.statusAsString().equals("DELETED"))
                .map(service -> service.serviceName())
                .toList();
    }

    private static String page(Life life) {
        return send(HttpRequest.newBuilder(URI.create(life.outputs.text("url").orElseThrow()))
                .build());
    }

    private void trouble(String method, String body) {
        send(HttpRequest.newBuilder(cloud.endpoint().resolve("/_slipway/trouble"))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static String send(HttpRequest request) {
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
