package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.DeleteRequest;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apprunner.model.OperationStatus;
import software.amazon.awssdk.services.apprunner.model.OperationType;
import software.amazon.awssdk.services.apprunner.model.ServiceStatus;

final class ServiceHandlerTest {
    private static final Urn SERVICE = FakeAws.urn("Service", "hello");
    private static final String ROLE = "arn:aws:iam::111122223333:role/puller";
    private static final String RUNNER = "arn:aws:iam::111122223333:role/runner";
    private static final String PULL_NOT_ALLOWED =
            "Failed to pull your application image. Be sure you configure your service with a valid access role to your ECR repository.";
    private static final PropertyMap INPUTS = PropertyMap.of("serviceName", PropertyValue.of("hello"))
            .with("image", PropertyValue.of("111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:1"))
            .with("accessRoleArn", PropertyValue.of(ROLE))
            .with("port", PropertyValue.of(8080))
            .with("autoDeploy", PropertyValue.of(true))
            .with("environment", PropertyMap.of("GREETING", PropertyValue.of("hello")));

    private final FakeAws aws = new FakeAws().withRoles();
    private final ResourceProvider provider = aws.provider();

    @Test
    void answersTheUrlWithTheSchemeOfTheEndpoint() {
        assertThat(create(INPUTS).outputs().text("url")).hasValue("http://127.0.0.9:1001");
    }

    @Test
    void tellsAFailedCreationWithEventsAndTheLastLinesOfTheApplication() {
        aws.appRunner.endings.add(OperationStatus.FAILED);
        whileWaiting(() -> {
            writeEvent("Service creation started.");
            writeEvent(
                    "Your application stopped or failed to start. See logs for more information.  Container exit code: 1");
            writeEvent("Deployment with ID : 1 failed. Failure reason : Health check failed.");
            writeApplication("no such table: users");
        });
        var failure = catchThrowableOfType(InitializationFailed.class, () -> create(INPUTS));
        String arn = aws.appRunner.only().service.serviceArn();
        assertThat(failure.id()).isEqualTo(arn);
        assertThat(failure.inputs()).isEqualTo(INPUTS);
        assertThat(failure.outputs().text("status")).hasValue("CREATE_FAILED");
        assertThat(failure.reasons().get(0)).contains("hello", "CREATE_FAILED", "Container exit code: 1");
        assertThat(String.join("\n", failure.reasons()))
                .contains("Service creation started.", "no such table: users", "run again");
    }

    @Test
    void showsNoSecretOfTheEnvironmentThatTheApplicationLogged() {
        aws.appRunner.endings.add(OperationStatus.FAILED);
        whileWaiting(() -> writeApplication("can't log in with hunter22"));
        PropertyMap environment = PropertyMap.of("PASSWORD", new PropertyValue.Secret(PropertyValue.of("hunter22")));
        var failure =
                catchThrowableOfType(InitializationFailed.class, () -> create(INPUTS.with("environment", environment)));
        assertThat(String.join("\n", failure.reasons()))
                .contains("can't log in with [secret]")
                .doesNotContain("hunter22");
        assertThat(failure.outputs().toString()).doesNotContain("hunter22");
    }

    @Test
    void repairsAFailedCreationInPlace() {
        aws.appRunner.endings.add(OperationStatus.FAILED);
        var failure = catchThrowableOfType(InitializationFailed.class, () -> create(INPUTS));
        var again = new DiffRequest(failure.id(), SERVICE, INPUTS, failure.outputs(), INPUTS, List.of());
        assertThat(provider.diff(again).diffs())
                .as("after a refresh nothing else says so")
                .isNotEmpty();
        PropertyMap outputs = update(failure.id(), INPUTS, failure.outputs(), INPUTS);
        assertThat(outputs.text("status")).hasValue("RUNNING");
        assertThat(outputs.text("arn")).hasValue(failure.id());
        assertThat(aws.appRunner.services).hasSize(1);
        assertThat(aws.appRunner.updates).singleElement().satisfies(request -> assertThat(request.sourceConfiguration())
                .isNotNull());
    }

    @Test
    void tellsARolledBackUpdateWithTheInputsThatAreReallyInForce() {
        CreateResponse made = create(INPUTS);
        PropertyMap broken =
                INPUTS.with("image", PropertyValue.of("111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:2"));
        aws.appRunner.endings.add(OperationStatus.ROLLBACK_SUCCEEDED);
        whileWaiting(() ->
                writeEvent("Health check failed on protocol `TCP` [Port: '8080']. The application listens on 9000"));
        var failure = catchThrowableOfType(
                InitializationFailed.class, () -> update(made.id(), INPUTS, made.outputs(), broken));
        assertThat(failure.inputs()).isEqualTo(INPUTS);
        assertThat(failure.outputs().text("image")).isEqualTo(INPUTS.text("image"));
        assertThat(failure.outputs().text("status")).hasValue("RUNNING");
        assertThat(failure.reasons().get(0)).contains("previous version still serves", "listens on 9000");
    }

    @Test
    void showsOfARolledBackUpdateNoLinesOfTheVersionBefore() {
        CreateResponse made = create(INPUTS);
        String group = ServiceArn.parse(made.id()).applicationLogGroup();
        aws.logs.write(group, "instance/before", aws.now.minusSeconds(60).toEpochMilli(), "GET / 200");
        aws.appRunner.endings.add(OperationStatus.ROLLBACK_SUCCEEDED);
        whileWaiting(() -> {
            aws.logs.write(group, "instance/after", aws.now.toEpochMilli(), "no such table: users");
            aws.logs.write(group, "instance/before", aws.now.toEpochMilli(), "GET /later 200");
        });
        var failure = catchThrowableOfType(
                InitializationFailed.class,
                () -> update(made.id(), INPUTS, made.outputs(), INPUTS.with("port", PropertyValue.of(9000))));
        assertThat(String.join("\n", failure.reasons()))
                .contains("no such table: users")
                .doesNotContain("GET /");
    }

    @Test
    void doesNotSayThatThePreviousVersionServesWhenTheWayBackFailedToo() {
        CreateResponse made = create(INPUTS);
        aws.appRunner.endings.add(OperationStatus.ROLLBACK_FAILED);
        var failure = catchThrowableOfType(
                InitializationFailed.class,
                () -> update(made.id(), INPUTS, made.outputs(), INPUTS.with("port", PropertyValue.of(9000))));
        assertThat(failure.reasons().get(0))
                .contains("ROLLBACK_FAILED", "nor could it go back")
                .doesNotContain("still serves");
    }

    @Test
    void adoptsWhatItMadeItselfWhenTheAnswerWasLostAndWaitsForIt() {
        CreateResponse first = create(INPUTS);
        FakeAppRunner.Stored stored = aws.appRunner.only();
        aws.appRunner.begin(stored, OperationType.CREATE_SERVICE);
        CreateResponse again = create(INPUTS.with("environment", PropertyMap.of("GREETING", PropertyValue.of("new"))));
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.outputs().get("environment")).hasValue(PropertyMap.of("GREETING", PropertyValue.of("new")));
        assertThat(aws.appRunner.updates).hasSize(1);
    }

    @Test
    void neverTakesOverAStrangersService() {
        create(INPUTS);
        aws.appRunner.only().tags.clear();
        assertThatThrownBy(() -> create(INPUTS))
                .isInstanceOf(ProviderException.class)
                .hasMessageContainingAll("hello", "exists already", "not made by this stack");
        assertThat(aws.appRunner.updates).isEmpty();
    }

    @Test
    void waitsForARoleThatThisRunMade() {
        String role = makeRole();
        for (int i = 0; i < 4; i++) {
            aws.appRunner.refusals.add(FakeAppRunner.invalid("Error in assuming access role " + role));
        }
        CreateResponse made = create(INPUTS.with("accessRoleArn", PropertyValue.of(role)));
        assertThat(made.outputs().text("status")).hasValue("RUNNING");
    }

    @Test
    void deploysAgainWhenTheTrustOfARoleThatThisRunMadeWasSeenBeforeItsPermissions() {
        String role = makeRole();
        aws.appRunner.endings.add(OperationStatus.FAILED);
        whileWaiting(() -> writeEvent(PULL_NOT_ALLOWED));
        CreateResponse made = create(INPUTS.with("accessRoleArn", PropertyValue.of(role)));
        assertThat(made.outputs().text("status")).hasValue("RUNNING");
        assertThat(aws.appRunner.services).hasSize(1);
    }

    @Test
    void doesNotDeployAgainWithARoleThatWasThereBefore() {
        aws.appRunner.endings.add(OperationStatus.FAILED);
        whileWaiting(() -> writeEvent(PULL_NOT_ALLOWED));
        assertThatThrownBy(() -> create(INPUTS)).isInstanceOf(InitializationFailed.class);
        assertThat(aws.appRunner.updates).isEmpty();
    }

    @Test
    void doesNotWaitForARoleThatWasThereBefore() {
        aws.appRunner.refusals.add(FakeAppRunner.invalid("Error in assuming access role " + ROLE));
        Instant before = aws.now;
        assertThatThrownBy(() -> create(INPUTS))
                .isInstanceOf(ProviderException.class)
                .hasMessageContainingAll(ROLE, "build.apprunner.amazonaws.com");
        assertThat(aws.now).isEqualTo(before);
    }

    @Test
    void givesUpOnARoleAfterTwoMinutes() {
        String role = makeRole();
        for (int i = 0; i < 1000; i++) {
            aws.appRunner.refusals.add(FakeAppRunner.invalid("Error in assuming access role " + role));
        }
        Instant before = aws.now;
        assertThatThrownBy(() -> create(INPUTS.with("accessRoleArn", PropertyValue.of(role))))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining(role);
        assertThat(Duration.between(before, aws.now)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void saysWhatIsWrongInTheTrustPolicyOfARoleThatWasRefused() {
        PropertyMap inputs = INPUTS.with("instanceRoleArn", PropertyValue.of(RUNNER));
        CreateResponse made = create(inputs);
        aws.iam.roles.get("runner").trust = PullPolicy.trust("tasks.apprunner.aws.com");
        aws.appRunner.refusals.add(FakeAppRunner.invalid("Error in assuming instance role " + RUNNER));
        assertThatThrownBy(() -> update(made.id(), inputs, made.outputs(), inputs.with("port", PropertyValue.of(9000))))
                .isInstanceOf(ProviderException.class)
                .hasMessageContainingAll(
                        "does not allow it to tasks.apprunner.amazonaws.com", "but to tasks.apprunner.aws.com", """
                        {"Effect":"Allow","Principal":{"Service":"tasks.apprunner.amazonaws.com"},"Action":"sts:AssumeRole"}""");
        assertThat(aws.appRunner.updates).isEmpty();
    }

    @Test
    void tellsEveryEventOfAnOperationOnceWhileItRuns() {
        var events = new ArrayList<String>();
        aws.onWait.add(() -> {
            events.add("Step " + events.size());
            writeEvent(events.get(events.size() - 1));
        });
        create(INPUTS);
        assertThat(events).isNotEmpty();
        assertThat(aws.told.stream()
                        .filter(line -> line.startsWith("INFO~ ") && line.contains(": Step "))
                        .map(line -> line.substring(line.lastIndexOf(": ") + 2)))
                .containsExactlyElementsOf(events);
    }

    @Test
    void followsAnotherOperationByItsIdAndTellsItsEvents() {
        CreateResponse made = create(INPUTS);
        aws.told.clear();
        aws.appRunner.begin(aws.appRunner.only(), OperationType.START_DEPLOYMENT);
        writeEvent("Deployment of someone else.");
        var toldInTime = new AtomicBoolean();
        aws.onWait.add(() -> toldInTime.compareAndSet(
                false,
                aws.appRunner.updates.isEmpty()
                        && aws.told.stream().anyMatch(line -> line.contains("Deployment of someone else."))));
        update(made.id(), INPUTS, made.outputs(), INPUTS.with("cpu", PropertyValue.of("2048")));
        assertThat(toldInTime).as("told while we waited for it").isTrue();
    }

    @Test
    void continuesAnUpdateThatAKilledRunHasBegun() {
        CreateResponse made = create(INPUTS);
        PropertyMap news = INPUTS.with("cpu", PropertyValue.of("2048")).with("memory", PropertyValue.of("4096"));
        aws.appRunner.updateService(begun -> begun.serviceArn(made.id())
                .instanceConfiguration(instance -> instance.cpu("2048").memory("4096")));
        PropertyMap outputs = update(made.id(), INPUTS, made.outputs(), news);
        assertThat(outputs.text("cpu")).hasValue("2048");
        assertThat(outputs.text("status")).hasValue("RUNNING");
        assertThat(aws.appRunner.updates).as("only that of the killed run").hasSize(1);
    }

    @Test
    void aRefusedUpdateLeavesEverythingAsItWas() {
        CreateResponse made = create(INPUTS);
        aws.appRunner.refusals.add(FakeAppRunner.invalid("Cpu is bad"));
        assertThatThrownBy(
                        () -> update(made.id(), INPUTS, made.outputs(), INPUTS.with("cpu", PropertyValue.of("2048"))))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("Cpu is bad");
    }

    @Test
    void doesNotRetryAnotherMistake() {
        aws.appRunner.refusals.add(FakeAppRunner.invalid("Cpu is bad"));
        assertThatThrownBy(() -> create(INPUTS.with("accessRoleArn", PropertyValue.of(makeRole()))))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("create Service hello")
                .hasMessageContaining("Cpu is bad");
    }

    @Test
    void waitsForAnotherOperationBeforeItsUpdate() {
        CreateResponse made = create(INPUTS);
        aws.appRunner.begin(aws.appRunner.only(), OperationType.START_DEPLOYMENT);
        update(made.id(), INPUTS, made.outputs(), INPUTS.with("cpu", PropertyValue.of("2048")));
        assertThat(aws.appRunner.updates).hasSize(1);
        assertThat(aws.told).anyMatch(line -> line.startsWith("INFO~") && line.contains("another operation"));
    }

    @Test
    void sendsOnlyWhatChanged() {
        CreateResponse made = create(INPUTS);
        update(
                made.id(),
                INPUTS,
                made.outputs(),
                INPUTS.with("cpu", PropertyValue.of("2048")).with("memory", PropertyValue.of("4096")));
        assertThat(aws.appRunner.updates).singleElement().satisfies(request -> {
            assertThat(request.sourceConfiguration()).isNull();
            assertThat(request.healthCheckConfiguration()).isNull();
            assertThat(request.instanceConfiguration().cpu()).isEqualTo("2048");
        });
    }

    @Test
    void neverSendsAnEmptyUpdate() {
        CreateResponse made = create(INPUTS);
        update(made.id(), INPUTS, made.outputs(), INPUTS);
        assertThat(aws.appRunner.updates).isEmpty();
    }

    @Test
    void clearsTheEnvironmentWithAnEmptyMap() {
        CreateResponse made = create(INPUTS);
        PropertyMap without = INPUTS.without("environment");
        assertThat(provider.diff(new DiffRequest(made.id(), SERVICE, INPUTS, made.outputs(), without, List.of()))
                        .diffs())
                .singleElement()
                .satisfies(diff -> assertThat(diff.path()).hasToString("environment.GREETING"));
        PropertyMap outputs = update(made.id(), INPUTS, made.outputs(), without);
        assertThat(outputs.get("environment")).isEmpty();
        assertThat(aws.appRunner
                        .updates
                        .get(0)
                        .sourceConfiguration()
                        .imageRepository()
                        .imageConfiguration()
                        .hasRuntimeEnvironmentVariables())
                .isTrue();
    }

    @Test
    void changesTagsWithoutADeploymentAndLeavesStrangersTags() {
        PropertyMap blue = INPUTS.with(
                "tags", PropertyMap.of("team", PropertyValue.of("blue")).with("old", PropertyValue.of("x")));
        CreateResponse made = create(blue);
        aws.appRunner.only().tags.put("cost", "42");
        update(made.id(), blue, made.outputs(), INPUTS.with("tags", PropertyMap.of("team", PropertyValue.of("red"))));
        assertThat(aws.appRunner.updates).isEmpty();
        assertThat(aws.appRunner.only().tags)
                .containsEntry("team", "red")
                .containsEntry("cost", "42")
                .containsKey(OwnershipTag.KEY)
                .doesNotContainKey("old");
    }

    @Test
    void makesAScalingRevisionPerChangeAndDeletesTheUnusedOnes() {
        PropertyMap olds = INPUTS.with("scaling", PropertyMap.of("maxSize", PropertyValue.of(1)));
        CreateResponse made = create(olds);
        PropertyMap outputs = made.outputs();
        for (int size = 2; size < 10; size++) {
            PropertyMap news = INPUTS.with("scaling", PropertyMap.of("maxSize", PropertyValue.of(size)));
            outputs = update(made.id(), olds, outputs, news);
            olds = news;
        }
        assertThat(aws.appRunner.scalings.values())
                .filteredOn(one -> one.autoScalingConfigurationName().equals("hello"))
                .singleElement()
                .satisfies(one -> assertThat(one.maxSize()).isEqualTo(9));
        delete(made);
        assertThat(aws.appRunner.scalings.keySet()).noneMatch(arn -> arn.contains("/hello/"));
    }

    @Test
    void deletesAgainWhenTheFirstDeletionFailed() {
        CreateResponse made = create(INPUTS);
        aws.appRunner.endings.add(OperationStatus.FAILED);
        delete(made);
        assertThat(aws.appRunner.only().service.status()).isEqualTo(ServiceStatus.DELETED);
    }

    @Test
    void saysSoWhenADeletionFailsTwice() {
        CreateResponse made = create(INPUTS);
        aws.appRunner.endings.addAll(List.of(OperationStatus.FAILED, OperationStatus.FAILED));
        assertThatThrownBy(() -> delete(made))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("could not delete");
    }

    @Test
    void tellsTheEventsOfADeletionThatFailedThoughTheirStreamIsAsOldAsTheService() {
        CreateResponse made = create(INPUTS);
        String group = ServiceArn.parse(made.id()).serviceLogGroup();
        aws.logs.write(
                group, "events", aws.now.minusSeconds(3600).toEpochMilli(), "[AppRunner] Service creation started.");
        aws.appRunner.endings.addAll(List.of(OperationStatus.FAILED, OperationStatus.FAILED));
        whileWaiting(
                () -> aws.logs.write(group, "events", aws.now.toEpochMilli(), "[AppRunner] Service deletion failed."));
        assertThatThrownBy(() -> delete(made))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("Service deletion failed.");
    }

    @Test
    void recordsAServiceWhoseCreationIsStillUnderWayWhenTimeIsUp() {
        aws.appRunner.endings.add(OperationStatus.IN_PROGRESS);
        var failure = catchThrowableOfType(
                InitializationFailed.class,
                () -> provider.create(new CreateRequest(SERVICE, INPUTS, Optional.of(Duration.ofSeconds(30)), false)));
        assertThat(failure.id()).isEqualTo(aws.appRunner.only().service.serviceArn());
        assertThat(failure.reasons().get(0)).contains("30 s", "Run again");
    }

    @Test
    void stopsWaitingWhenCancelledAndRecordsTheService() {
        whileWaiting(provider::cancel);
        var failure = catchThrowableOfType(InitializationFailed.class, () -> create(INPUTS));
        assertThat(failure.reasons().get(0)).contains("cancelled");
    }

    @Test
    void refusesToUpdateAPausedService() {
        CreateResponse made = create(INPUTS);
        FakeAppRunner.Stored stored = aws.appRunner.only();
        stored.service = stored.service.toBuilder().status(ServiceStatus.PAUSED).build();
        assertThatThrownBy(
                        () -> update(made.id(), INPUTS, made.outputs(), INPUTS.with("cpu", PropertyValue.of("2048"))))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("paused");
    }

    @Test
    void showsADriftOfTheCloudAsADifference() {
        CreateResponse made = create(INPUTS);
        FakeAppRunner.Stored stored = aws.appRunner.only();
        var source = stored.service.sourceConfiguration();
        stored.service = stored.service.toBuilder()
                .sourceConfiguration(source.toBuilder()
                        .imageRepository(source.imageRepository().toBuilder()
                                .imageConfiguration(source.imageRepository().imageConfiguration().toBuilder()
                                        .runtimeEnvironmentVariables(Map.of("GREETING", "changed", "MORE", "1"))
                                        .build())
                                .build())
                        .build())
                .build();
        var read = provider.read(new ReadRequest(made.id(), SERVICE, INPUTS, made.outputs(), Optional.empty()));
        var diff = provider.diff(new DiffRequest(made.id(), SERVICE, read.inputs(), read.outputs(), INPUTS, List.of()));
        assertThat(diff.diffs())
                .extracting(one -> one.path() + " " + one.kind())
                .containsExactlyInAnyOrder("environment.GREETING UPDATE", "environment.MORE DELETE");
    }

    @Test
    void importsByName() {
        CreateResponse made = create(INPUTS);
        var read = provider.read(
                new ReadRequest("hello", SERVICE, PropertyMap.EMPTY, PropertyMap.EMPTY, Optional.empty()));
        assertThat(read.id()).isEqualTo(made.id());
    }

    private String makeRole() {
        PropertyMap inputs = PropertyMap.of("roleName", PropertyValue.of("fresh"))
                .with(
                        "repositories",
                        PropertyValue.of(
                                List.of(PropertyValue.of("arn:aws:ecr:us-east-1:111122223333:repository/team/app"))));
        return provider.create(new CreateRequest(FakeAws.urn("AccessRole", "fresh"), inputs, Optional.empty(), false))
                .outputs()
                .text("arn")
                .orElseThrow();
    }

    private void whileWaiting(Runnable once) {
        aws.onWait.add(() -> {
            aws.onWait.clear();
            once.run();
        });
    }

    private void writeEvent(String line) {
        ServiceArn arn = ServiceArn.parse(aws.appRunner.only().service.serviceArn());
        aws.logs.write(arn.serviceLogGroup(), aws.now.toEpochMilli(), "[AppRunner] " + line);
    }

    private void writeApplication(String line) {
        ServiceArn arn = ServiceArn.parse(aws.appRunner.only().service.serviceArn());
        aws.logs.write(arn.applicationLogGroup(), aws.now.toEpochMilli(), line);
    }

    private CreateResponse create(PropertyMap inputs) {
        return provider.create(new CreateRequest(SERVICE, inputs, Optional.empty(), false));
    }

    private PropertyMap update(String id, PropertyMap olds, PropertyMap outputs, PropertyMap news) {
        return provider.update(new UpdateRequest(id, SERVICE, olds, outputs, news, List.of(), Optional.empty(), false))
                .outputs();
    }

    private void delete(CreateResponse made) {
        provider.delete(new DeleteRequest(made.id(), SERVICE, INPUTS, made.outputs(), Optional.empty()));
    }
}
