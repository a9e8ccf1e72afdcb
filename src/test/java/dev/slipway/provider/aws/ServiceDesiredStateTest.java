package dev.slipway.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyValue;
import dev.slipway.property.Urn;
import dev.slipway.protocol.CreateRequest;
import dev.slipway.protocol.CreateResponse;
import dev.slipway.protocol.DiffRequest;
import dev.slipway.protocol.DiffResponse;
import dev.slipway.protocol.InitializationFailed;
import dev.slipway.protocol.PropertyDiff;
import dev.slipway.protocol.ProviderException;
import dev.slipway.protocol.ReadRequest;
import dev.slipway.protocol.ResourceProvider;
import dev.slipway.protocol.UpdateRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apprunner.model.OperationStatus;
import software.amazon.awssdk.services.apprunner.model.ServiceStatus;

/** What a service shall be beyond one request: paused, deployed again, scaled by somebody else's configuration. */
final class ServiceDesiredStateTest {
    private static final Urn SERVICE = FakeAws.urn("Service", "hello");
    private static final String IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/team/app:1";
    private static final String OLD = "sha256:" + "a".repeat(64);
    private static final String NEW = "sha256:" + "b".repeat(64);
    private static final String ARN = "arn:aws:apprunner:us-east-1:111122223333:";
    private static final PropertyMap INPUTS = PropertyMap.of("serviceName", text("hello"))
            .with("image", text(IMAGE))
            .with("accessRoleArn", text("arn:aws:iam::111122223333:role/puller"))
            .with("instanceRoleArn", text("arn:aws:iam::111122223333:role/runner"))
            .with("port", PropertyValue.of(8080))
            .with("autoDeploy", PropertyValue.of(false));

    private final FakeAws aws = new FakeAws().withRoles();
    private final ResourceProvider provider = aws.provider();

    @Test
    void pausesAServiceThatIsMadePaused() {
        CreateResponse made = create(INPUTS.with("paused", PropertyValue.of(true)));
        assertThat(aws.appRunner.calls).containsSubsequence("CreateService", "PauseService");
        assertThat(made.outputs().text("status")).hasValue("PAUSED");
        assertThat(made.outputs().get("paused")).hasValue(PropertyValue.of(true));
    }

    @Test
    void pausesAndResumesInPlace() {
        PropertyMap running = INPUTS.with("paused", PropertyValue.of(false));
        PropertyMap paused = INPUTS.with("paused", PropertyValue.of(true));
        CreateResponse made = create(running);
        aws.appRunner.tellsOperations = false;
        PropertyMap outputs = update(made.id(), running, made.outputs(), paused);
        assertThat(outputs.text("status")).hasValue("PAUSED");
        outputs = update(made.id(), paused, outputs, running);
        assertThat(outputs.text("status")).hasValue("RUNNING");
        assertThat(aws.appRunner.calls).endsWith("PauseService", "ResumeService");
        assertThat(aws.appRunner.updates).isEmpty();
    }

    @Test
    void leavesAServiceThatSomeoneElsePausedWhenTheProgramDoesNotSay() {
        CreateResponse made = create(INPUTS);
        pause();
        var read = provider.read(new ReadRequest(made.id(), SERVICE, INPUTS, made.outputs(), Optional.empty()));
        assertThat(diff(made.id(), read.inputs(), read.outputs(), INPUTS).changes())
                .isFalse();
        update(made.id(), INPUTS, read.outputs(), INPUTS.with("tags", PropertyMap.of("team", text("blue"))));
        assertThat(aws.appRunner.only().tags).containsEntry("team", "blue");
        assertThat(aws.appRunner.only().service.status()).isEqualTo(ServiceStatus.PAUSED);
        assertThatThrownBy(() -> update(made.id(), INPUTS, read.outputs(), INPUTS.with("port", PropertyValue.of(9000))))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("Set paused to false");
    }

    @Test
    void showsThatSomeoneElsePausedAServiceThatShallRun() {
        PropertyMap running = INPUTS.with("paused", PropertyValue.of(false));
        CreateResponse made = create(running);
        pause();
        var read = provider.read(new ReadRequest(made.id(), SERVICE, running, made.outputs(), Optional.empty()));
        assertThat(diff(made.id(), read.inputs(), read.outputs(), running).diffs())
                .extracting(PropertyDiff::path)
                .hasToString("[paused]");
    }

    @Test
    void changesAServiceThatStaysPaused() {
        PropertyMap paused = INPUTS.with("paused", PropertyValue.of(true));
        CreateResponse made = create(paused);
        aws.appRunner.calls.clear();
        PropertyMap outputs = update(made.id(), paused, made.outputs(), paused.with("port", PropertyValue.of(9000)));
        assertThat(aws.appRunner.calls).containsExactly("ResumeService", "UpdateService", "PauseService");
        assertThat(outputs.text("status")).hasValue("PAUSED");
        assertThat(outputs.get("port")).hasValue(PropertyValue.of(9000));
    }

    @Test
    void deploysAgainWhenATriggerChanges() {
        PropertyMap first = INPUTS.with("redeployOn", PropertyMap.of("secret", text("v1")));
        CreateResponse made = create(first);
        PropertyMap second = INPUTS.with("redeployOn", PropertyMap.of("secret", text("v2")));
        assertThat(diff(made.id(), first, made.outputs(), second).changes()).isTrue();
        PropertyMap outputs = update(made.id(), first, made.outputs(), second);
        assertThat(aws.appRunner.calls).containsOnlyOnce("StartDeployment");
        assertThat(diff(made.id(), second, outputs, second).changes()).isFalse();
        update(made.id(), second, outputs, INPUTS);
        assertThat(aws.appRunner.calls).as("a trigger that is taken away").containsOnlyOnce("StartDeployment");
    }

    @Test
    void deploysOnceWhenTheImageChangesTogetherWithATrigger() {
        PropertyMap first = INPUTS.with("redeployOn", PropertyMap.of("secret", text("v1")));
        CreateResponse made = create(first);
        update(
                made.id(),
                first,
                made.outputs(),
                INPUTS.with("redeployOn", PropertyMap.of("secret", text("v2")))
                        .with("image", text(IMAGE.replace(":1", ":2"))));
        assertThat(aws.appRunner.calls).contains("UpdateService").doesNotContain("StartDeployment");
    }

    @Test
    void triesADeploymentAgainThatFailed() {
        PropertyMap first = INPUTS.with("redeployOn", PropertyMap.of("secret", text("v1")));
        PropertyMap second = INPUTS.with("redeployOn", PropertyMap.of("secret", text("v2")));
        CreateResponse made = create(first);
        aws.appRunner.endings.add(OperationStatus.ROLLBACK_SUCCEEDED);
        var failure = catchThrowableOfType(
                InitializationFailed.class, () -> update(made.id(), first, made.outputs(), second));
        assertThat(failure.reasons().get(0)).contains("could not deploy", "previous version still serves");
        assertThat(failure.inputs()).isEqualTo(first);
        assertThat(diff(made.id(), failure.inputs(), failure.outputs(), second).changes())
                .isTrue();
    }

    @Test
    void recordsTheDigestThatWasDeployed() {
        tagNames(OLD);
        assertThat(create(INPUTS).outputs().text("deployedDigest")).hasValue(OLD);
        PropertyMap pinned = INPUTS.with("serviceName", text("pinned")).with("image", text(IMAGE + "@" + NEW));
        assertThat(create(pinned).outputs().text("deployedDigest")).hasValue(NEW);
    }

    /** App Runner tells no digest: what may be another one by now is not called the deployed one. */
    @Test
    void aRefreshForgetsTheDigestThatAutomaticDeploymentMayHaveReplaced() {
        tagNames(OLD);
        PropertyMap inputs = INPUTS.with("autoDeploy", PropertyValue.of(true));
        CreateResponse made = create(inputs);
        assertThat(deployedDigest(made, inputs)).hasValue(OLD);
        tagNames(NEW);
        assertThat(deployedDigest(made, inputs)).isEmpty();
        CreateResponse still = create(INPUTS.with("serviceName", text("still")));
        tagNames(OLD);
        assertThat(deployedDigest(still, INPUTS)).hasValue(NEW);
    }

    @Test
    void anImportKnowsTheDigestThatTheImageNames() {
        CreateResponse byDigest = create(INPUTS.with("image", text(IMAGE + "@" + NEW)));
        assertThat(imported(byDigest).text("deployedDigest")).hasValue(NEW);
        tagNames(OLD);
        assertThat(imported(create(INPUTS.with("serviceName", text("tagged")))).text("deployedDigest"))
                .isEmpty();
    }

    private PropertyMap imported(CreateResponse made) {
        return provider.read(
                        new ReadRequest(made.id(), SERVICE, PropertyMap.EMPTY, PropertyMap.EMPTY, Optional.empty()))
                .outputs();
    }

    private Optional<String> deployedDigest(CreateResponse made, PropertyMap inputs) {
        return provider.read(new ReadRequest(made.id(), SERVICE, inputs, made.outputs(), Optional.empty()))
                .outputs()
                .text("deployedDigest");
    }

    @Test
    void tellsATagThatNamesAnotherImageNowAndLeavesTheService() {
        tagNames(OLD);
        CreateResponse made = create(INPUTS);
        tagNames(NEW);
        assertThat(diff(made.id(), INPUTS, made.outputs(), INPUTS).changes()).isFalse();
        assertThat(aws.told)
                .singleElement()
                .asString()
                .startsWith("INFO ")
                .contains(IMAGE, OLD, NEW, "redeployMovedTag");
    }

    @Test
    void deploysAMovedTagWhenAsked() {
        tagNames(OLD);
        PropertyMap inputs = INPUTS.with("redeployMovedTag", PropertyValue.of(true));
        CreateResponse made = create(inputs);
        tagNames(NEW);
        assertThat(diff(made.id(), inputs, made.outputs(), inputs).diffs())
                .extracting(PropertyDiff::path)
                .hasToString("[deployedDigest]");
        PropertyMap outputs = update(made.id(), inputs, made.outputs(), inputs);
        assertThat(aws.appRunner.calls).containsOnlyOnce("StartDeployment");
        assertThat(outputs.text("deployedDigest")).hasValue(NEW);
        assertThat(diff(made.id(), inputs, outputs, inputs).changes()).isFalse();
    }

    @Test
    void clearsTheSecretsWithAnEmptyMap() {
        PropertyMap inputs = INPUTS.with("environmentSecrets", PropertyMap.of("TOKEN", text("/team/token")));
        CreateResponse made = create(inputs);
        PropertyMap outputs = update(made.id(), inputs, made.outputs(), INPUTS);
        assertThat(outputs.get("environmentSecrets")).isEmpty();
        var image = aws.appRunner
                .updates
                .get(0)
                .sourceConfiguration()
                .imageRepository()
                .imageConfiguration();
        assertThat(image.hasRuntimeEnvironmentSecrets()).isTrue();
        assertThat(image.runtimeEnvironmentSecrets()).isEmpty();
    }

    @Test
    void sendsOnlyTheNetworkWhenOnlyTheNetworkChanged() {
        CreateResponse made = create(INPUTS);
        String connector = ARN + "vpcconnector/inside/1/" + "0".repeat(32);
        PropertyMap inside = INPUTS.with("network", PropertyMap.of("vpcConnectorArn", text(connector)));
        PropertyMap outputs = update(made.id(), INPUTS, made.outputs(), inside);
        assertThat(aws.appRunner.updates).singleElement().satisfies(request -> {
            assertThat(request.sourceConfiguration()).isNull();
            assertThat(request.networkConfiguration().egressConfiguration().egressTypeAsString())
                    .isEqualTo("VPC");
            assertThat(request.networkConfiguration().ingressConfiguration().isPubliclyAccessible())
                    .isTrue();
        });
        assertThat(diff(made.id(), inside, outputs, inside).changes()).isFalse();
        update(made.id(), inside, outputs, INPUTS.with("network", PropertyMap.of("egressType", text("DEFAULT"))));
        assertThat(aws.appRunner
                        .only()
                        .service
                        .networkConfiguration()
                        .egressConfiguration()
                        .vpcConnectorArn())
                .isNull();
    }

    @Test
    void switchesTracingOnAndOff() {
        CreateResponse made = create(INPUTS);
        String traced = ARN + "observabilityconfiguration/traced";
        PropertyMap on = INPUTS.with("observability", PropertyMap.of("configurationArn", text(traced)));
        PropertyMap outputs = update(made.id(), INPUTS, made.outputs(), on);
        assertThat(aws.appRunner.only().service.observabilityConfiguration().observabilityEnabled())
                .isTrue();
        update(
                made.id(),
                on,
                outputs,
                INPUTS.with("observability", PropertyMap.of("enabled", PropertyValue.of(false))));
        assertThat(aws.appRunner.updates.get(1).observabilityConfiguration().observabilityConfigurationArn())
                .isNull();
    }

    @Test
    void takesTheScalingConfigurationThatSomeoneElseMade() {
        CreateResponse made = create(INPUTS);
        String given = theirScaling();
        String shortened = given.substring(0, given.lastIndexOf('/'));
        PropertyMap theirs = INPUTS.with("autoScalingConfigurationArn", text(shortened));
        PropertyMap outputs = update(made.id(), INPUTS, made.outputs(), theirs);
        assertThat(outputs.text("autoScalingConfigurationArn")).hasValue(shortened);
        assertThat(diff(made.id(), theirs, outputs, theirs).changes()).isFalse();
        assertThat(aws.appRunner.scalings).containsKey(given);
    }

    @Test
    void neverDeletesAScalingConfigurationThatItDidNotMake() {
        String theirs = theirScaling();
        PropertyMap inputs = INPUTS.with("scaling", PropertyMap.of("maxSize", PropertyValue.of(2)));
        CreateResponse made = create(inputs);
        update(
                made.id(),
                inputs,
                made.outputs(),
                inputs.with("scaling", PropertyMap.of("maxSize", PropertyValue.of(3))));
        assertThat(aws.appRunner.scalings).containsKey(theirs);
    }

    @Test
    void replacesForAnotherKey() {
        String key = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-00000000000";
        PropertyMap one = INPUTS.with("kmsKey", text(key + "1"));
        CreateResponse made = create(one);
        assertThat(aws.appRunner.only().service.encryptionConfiguration().kmsKey())
                .isEqualTo(key + "1");
        assertThat(diff(made.id(), one, made.outputs(), INPUTS.with("kmsKey", text(key + "2")))
                        .replaces())
                .isTrue();
    }

    @Test
    void findsWhereAPrivateServiceAnswers() {
        aws.appRunner.dnsTarget = "inside.example";
        CreateResponse made = create(INPUTS);
        FakeAppRunner.Stored stored = aws.appRunner.only();
        stored.service = stored.service.toBuilder().serviceUrl("").build();
        assertThat(provider.read(new ReadRequest(made.id(), SERVICE, INPUTS, made.outputs(), Optional.empty()))
                        .outputs()
                        .text("url"))
                .hasValue("http://inside.example");
    }

    /** A revision in use by nobody, of the name that Slipway would take. */
    private String theirScaling() {
        String arn = aws.appRunner
                .createAutoScalingConfiguration(scaling -> scaling.autoScalingConfigurationName("hello")
                        .minSize(1)
                        .maxSize(9)
                        .maxConcurrency(9))
                .autoScalingConfiguration()
                .autoScalingConfigurationArn();
        aws.appRunner.scalings.computeIfPresent(arn, (key, one) -> one.toBuilder()
                .autoScalingConfigurationRevision(0)
                .build());
        return arn;
    }

    private void pause() {
        FakeAppRunner.Stored stored = aws.appRunner.only();
        stored.service = stored.service.toBuilder().status(ServiceStatus.PAUSED).build();
    }

    private void tagNames(String digest) {
        aws.images.answers.put(IMAGE, new ImageRegistry.Found(digest, 1, List.of()));
    }

    private static PropertyValue text(String value) {
        return PropertyValue.of(value);
    }

    private CreateResponse create(PropertyMap inputs) {
        return provider.create(new CreateRequest(SERVICE, inputs, Optional.empty(), false));
    }

    private PropertyMap update(String id, PropertyMap olds, PropertyMap outputs, PropertyMap news) {
        return provider.update(new UpdateRequest(id, SERVICE, olds, outputs, news, List.of(), Optional.empty(), false))
                .outputs();
    }

    private DiffResponse diff(String id, PropertyMap olds, PropertyMap outputs, PropertyMap news) {
        return provider.diff(new DiffRequest(id, SERVICE, olds, outputs, news, List.of()));
    }
}
