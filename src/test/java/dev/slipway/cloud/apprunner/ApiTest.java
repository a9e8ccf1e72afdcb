package dev.slipway.cloud.apprunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.wire.Authorizer;
import dev.slipway.cloud.wire.AwsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.apprunner.model.AutoScalingConfiguration;
import software.amazon.awssdk.services.apprunner.model.CreateAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.CreateAutoScalingConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.CreateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.CreateServiceResponse;
import software.amazon.awssdk.services.apprunner.model.DeleteAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.DeleteAutoScalingConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.ImageConfiguration;
import software.amazon.awssdk.services.apprunner.model.ListAutoScalingConfigurationsRequest;
import software.amazon.awssdk.services.apprunner.model.ListAutoScalingConfigurationsResponse;
import software.amazon.awssdk.services.apprunner.model.ListServicesRequest;
import software.amazon.awssdk.services.apprunner.model.ListServicesResponse;
import software.amazon.awssdk.services.apprunner.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.apprunner.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.SourceConfiguration;
import software.amazon.awssdk.services.apprunner.model.Tag;
import software.amazon.awssdk.services.apprunner.model.TagResourceRequest;
import software.amazon.awssdk.services.apprunner.model.TagResourceResponse;
import software.amazon.awssdk.services.apprunner.model.UntagResourceRequest;
import software.amazon.awssdk.services.apprunner.model.UntagResourceResponse;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceResponse;

/** What App Runner's API accepts, fills in, remembers and refuses. */
final class ApiTest {
    private static final String OPEN = "public.ecr.aws/slipway/hello:latest";
    private static final String OWN = "111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1";
    private static final String FOREIGN = "444455556666.dkr.ecr.us-east-1.amazonaws.com/app:1";

    @AutoClose
    private final Fixture cloud = new Fixture(OPEN, OWN, FOREIGN);

    @Test
    void isOfferedWhereAwsOffersIt() {
        assertThat(cloud.appRunner.service().regions())
                .contains("us-east-1", "eu-west-3", "ap-south-1")
                .doesNotContain("eu-north-1", "us-west-1")
                .allMatch(region -> region.matches("[a-z]{2}-[a-z]+-[0-9]"));
    }

    @Test
    void fillsInEveryDefault() {
        Service service = create(request -> {});
        assertThat(service.serviceArn()).matches("arn:aws:apprunner:us-east-1:111122223333:service/hello/[0-9a-f]{32}");
        assertThat(service.serviceId()).matches("[0-9a-f]{32}");
        assertThat(service.instanceConfiguration().cpu()).isEqualTo("1024");
        assertThat(service.instanceConfiguration().memory()).isEqualTo("2048");
        assertThat(service.healthCheckConfiguration().protocolAsString()).isEqualTo("TCP");
        assertThat(service.healthCheckConfiguration().interval()).isEqualTo(5);
        assertThat(service.healthCheckConfiguration().unhealthyThreshold()).isEqualTo(5);
        assertThat(service.sourceConfiguration().autoDeploymentsEnabled()).isFalse();
        assertThat(service.sourceConfiguration()
                        .imageRepository()
                        .imageConfiguration()
                        .port())
                .isEqualTo("8080");
        assertThat(service.networkConfiguration().ingressConfiguration().isPubliclyAccessible())
                .isTrue();
        assertThat(service.autoScalingConfigurationSummary().autoScalingConfigurationArn())
                .endsWith(":autoscalingconfiguration/DefaultConfiguration/1/00000000000000000000000000000001");
    }

    @Test
    void readsSizesInBothSpellings() {
        Service service = create(request ->
                request.instanceConfiguration(size -> size.cpu("0.25 vCPU").memory("0.5 GB")));
        assertThat(service.instanceConfiguration().cpu()).isEqualTo("256");
        assertThat(service.instanceConfiguration().memory()).isEqualTo("512");
    }

    @TestFactory
    Stream<DynamicTest> refuses() {
        return Stream.of(
                refusal("aShortName", "serviceName", request -> request.serviceName("abc")),
                refusal(
                        "aPairThatIsNone",
                        "do not go with",
                        request -> request.instanceConfiguration(
                                size -> size.cpu("256").memory("4096"))),
                refusal("anUnknownCpu", "Cpu", request -> request.instanceConfiguration(size -> size.cpu("300"))),
                refusal(
                        "anIntervalOfZero",
                        "interval",
                        request -> request.healthCheckConfiguration(check -> check.interval(0))),
                refusal(
                        "aThresholdAboveTwenty",
                        "unhealthyThreshold",
                        request -> request.healthCheckConfiguration(check -> check.unhealthyThreshold(21))),
                refusal("port70000", "port between 1 and 65535", image(OPEN, image -> image.port("70000"))),
                refusal(
                        "theVariablePort",
                        "PORT is a reserved name",
                        image(OPEN, image -> image.runtimeEnvironmentVariables(Map.of("PORT", "1")))),
                refusal(
                        "reservedVariables",
                        "AWSAPPRUNNER",
                        image(OPEN, image -> image.runtimeEnvironmentVariables(Map.of("AWSAPPRUNNER_X", "1")))),
                refusal(
                        "secretsWithoutAnInstanceRole",
                        "Instance Role have to be provided if passing in RuntimeEnvironmentSecrets.",
                        image(OPEN, image -> image.runtimeEnvironmentSecrets(Map.of("A", "arn:aws:ssm:x")))),
                refusal(
                        "aSecretInThePlaceOfItsName",
                        "the value of A must be the ARN of a secret",
                        image(OPEN, image -> image.runtimeEnvironmentSecrets(Map.of("A", "my pass word")))),
                refusal(
                        "aNameThatIsBoth",
                        "A is in RuntimeEnvironmentVariables too",
                        image(OPEN, image -> image.runtimeEnvironmentSecrets(Map.of("A", "p"))
                                .runtimeEnvironmentVariables(Map.of("A", "1")))),
                refusal("anOpenQuote", "quote is not closed", image(OPEN, image -> image.startCommand("sh -c 'x"))),
                refusal(
                        "aDockerHubName",
                        "ImageIdentifier",
                        request -> request.sourceConfiguration(
                                ServiceLifecycleTest.source("public.ecr.aws/nginx", Map.of()))),
                refusal(
                        "ecrWithoutARole",
                        "AccessRoleArn is required",
                        request -> request.sourceConfiguration(SourceConfiguration.builder()
                                .imageRepository(repository ->
                                        repository.imageIdentifier(OWN).imageRepositoryType("ECR"))
                                .build())),
                refusal(
                        "theWrongType",
                        "ImageRepositoryType is ECR",
                        request -> request.sourceConfiguration(SourceConfiguration.builder()
                                .imageRepository(repository ->
                                        repository.imageIdentifier(OPEN).imageRepositoryType("ECR"))
                                .build())),
                refusal(
                        "automaticDeploymentsFromTheGallery",
                        "App Runner doesn't support automatic deployments for an image in an ECR Public repository.",
                        request -> request.sourceConfiguration(automatic(OPEN))),
                refusal(
                        "automaticDeploymentsFromAnotherAccount",
                        "in a different AWS account than the one that the service is in.",
                        request -> request.sourceConfiguration(automatic(FOREIGN))),
                refusal(
                        "anUnknownScaling",
                        "The auto scaling configuration ARN you specified isn't valid.",
                        request -> request.autoScalingConfigurationArn(
                                "arn:aws:apprunner:us-east-1:111122223333:autoscalingconfiguration/x")),
                refusal(
                        "aVpc",
                        "The VPC connector ARN you specified isn't valid.",
                        request -> request.networkConfiguration(
                                network -> network.egressConfiguration(egress -> egress.egressType("VPC")))),
                refusal(
                        "ReservedTags",
                        "aws:",
                        request -> request.tags(
                                Tag.builder().key("aws:x").value("y").build())));
    }

    @Test
    void tellsAllThatIsWrongAtOnceAndNoValueOfAVariable() {
        assertThatThrownBy(() -> create(
                        image(OPEN, image -> image.port("0").runtimeEnvironmentVariables(Map.of("PORT", "s3cret")))
                                .andThen(request -> request.serviceName("x"))))
                .isInstanceOfSatisfying(AwsException.class, e -> {
                    assertThat(e.code()).isEqualTo("InvalidRequestException");
                    assertThat(e.getMessage())
                            .startsWith("3 validation errors detected: ")
                            .doesNotContain("s3cret");
                });
    }

    @Test
    void refusesRolesThatCannotBeAssumed() {
        cloud.untrusted.add("build.apprunner.amazonaws.com " + Fixture.ROLE);
        assertInvalid(
                () -> create(request -> request.sourceConfiguration(ServiceLifecycleTest.source(OWN, Map.of()))),
                "Error in assuming access role " + Fixture.ROLE + ": its trust policy");
        cloud.untrusted.add("tasks.apprunner.amazonaws.com " + Fixture.ROLE);
        assertInvalid(
                () -> create(request -> request.instanceConfiguration(size -> size.instanceRoleArn(Fixture.ROLE))),
                "Error in assuming instance role");
        assertInvalid(
                () -> create(request -> request.instanceConfiguration(
                        size -> size.instanceRoleArn("arn:aws:iam::444455556666:role/theirs"))),
                "Cross-account pass role is not allowed");
    }

    @Test
    void anUpdateKeepsWhatItLeavesOutAndClearsWithAnEmptyMap() {
        String arn = create(image(OPEN, image -> image.port("9090")
                        .startCommand("run it")
                        .runtimeEnvironmentVariables(Map.of("A", "1"))))
                .serviceArn();
        cloud.settle(arn);
        update(
                arn,
                request ->
                        request.instanceConfiguration(size -> size.cpu("2048").memory("4 GB")));
        Service kept = cloud.describe(arn);
        assertThat(kept.instanceConfiguration().memory()).isEqualTo("4096");
        ImageConfiguration image = kept.sourceConfiguration().imageRepository().imageConfiguration();
        assertThat(image.port()).isEqualTo("9090");
        assertThat(image.startCommand()).isEqualTo("run it");
        assertThat(image.runtimeEnvironmentVariables()).containsEntry("A", "1");
        assertThat(cloud.images.pulls).as("a new size needs no new image").hasSize(1);
        update(arn, request -> request.sourceConfiguration(ServiceLifecycleTest.source(OPEN, Map.of())));
        image = cloud.describe(arn).sourceConfiguration().imageRepository().imageConfiguration();
        assertThat(image.hasRuntimeEnvironmentVariables()).isFalse();
        assertThat(image.port()).isEqualTo("9090");
        assertInvalid(() -> update(arn, request -> {}), "No configurations provided in the UpdateService request.");
    }

    @Test
    void namesAreUniqueAndServicesLimited() {
        create(request -> {});
        assertInvalid(() -> create(request -> {}), "Service with the provided name already exists");
        for (int i = 1; i < 30; i++) {
            String name = "service-" + i;
            create(request -> request.serviceName(name));
        }
        assertThatThrownBy(() -> create(request -> request.serviceName("one-too-many")))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code()).isEqualTo("ServiceQuotaExceededException"));
        List<String> names = new ArrayList<>();
        String token = null;
        do {
            ListServicesResponse page = cloud.call(
                    "ListServices",
                    ListServicesRequest.builder().maxResults(7).nextToken(token).build(),
                    ListServicesResponse.class);
            page.serviceSummaryList().forEach(summary -> names.add(summary.serviceName()));
            token = page.nextToken();
        } while (token != null);
        assertThat(names).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void scalingConfigurationsHaveRevisionsWithLimits() {
        AutoScalingConfiguration first = scaling("web1", 10);
        assertThat(first.autoScalingConfigurationArn()).contains(":autoscalingconfiguration/web1/1/");
        for (int i = 2; i <= 5; i++) {
            assertThat(scaling("web1", 10 * i).autoScalingConfigurationRevision())
                    .isEqualTo(i);
        }
        assertThatThrownBy(() -> scaling("web1", 60))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code()).isEqualTo("ServiceQuotaExceededException"));
        String partial = "arn:aws:apprunner:us-east-1:111122223333:autoscalingconfiguration/web1/3";
        Service service = create(request -> request.autoScalingConfigurationArn(partial));
        assertThat(service.autoScalingConfigurationSummary().autoScalingConfigurationRevision())
                .isEqualTo(3);
        assertInvalid(() -> deleteScaling(partial, false), "It's used by one or more services.");
        assertThat(deleteScaling(first.autoScalingConfigurationArn(), false).statusAsString())
                .isEqualTo("inactive");
        assertThat(scaling("web1", 60).autoScalingConfigurationRevision()).isEqualTo(6);
        assertInvalid(() -> deleteScaling(partial, true), "must end with the name");
        var all = cloud.call(
                "ListAutoScalingConfigurations",
                ListAutoScalingConfigurationsRequest.builder().latestOnly(false).build(),
                ListAutoScalingConfigurationsResponse.class);
        assertThat(all.autoScalingConfigurationSummaryList()).hasSize(6);
        assertInvalid(
                () -> deleteScaling(
                        "arn:aws:apprunner:us-east-1:111122223333:autoscalingconfiguration/DefaultConfiguration",
                        false),
                "can't be deleted");
    }

    @Test
    void tagsComeAndGo() {
        String arn = create(request ->
                        request.tags(Tag.builder().key("a").value("1").build()))
                .serviceArn();
        cloud.call(
                "TagResource",
                TagResourceRequest.builder()
                        .resourceArn(arn)
                        .tags(Tag.builder().key("b").value("2").build())
                        .build(),
                TagResourceResponse.class);
        cloud.call(
                "UntagResource",
                UntagResourceRequest.builder().resourceArn(arn).tagKeys("a").build(),
                UntagResourceResponse.class);
        assertThat(cloud.call(
                                "ListTagsForResource",
                                ListTagsForResourceRequest.builder()
                                        .resourceArn(arn)
                                        .build(),
                                ListTagsForResourceResponse.class)
                        .tags())
                .containsExactly(Tag.builder().key("b").value("2").build());
    }

    @Test
    void asksWhetherTheCallerMayPassTheRoles() {
        List<Authorizer.Question> questions = cloud.questions(
                "CreateService",
                CreateServiceRequest.builder()
                        .serviceName("hello")
                        .sourceConfiguration(ServiceLifecycleTest.source(OWN, Map.of()))
                        .build());
        assertThat(questions)
                .extracting(Authorizer.Question::action)
                .containsExactly("apprunner:CreateService", "iam:PassRole", "iam:CreateServiceLinkedRole");
        assertThat(questions.get(1).resource()).isEqualTo(Fixture.ROLE);
        assertThat(questions.get(1).context()).containsEntry("iam:PassedToService", List.of("apprunner.amazonaws.com"));
        assertThat(questions.get(2).context()).containsEntry("iam:AWSServiceName", List.of("apprunner.amazonaws.com"));
    }

    @Test
    void theFirstServiceOfAnAccountMakesAppRunnersOwnRole() {
        String linked = Fixture.ACCOUNT + " apprunner.amazonaws.com";
        assertInvalid(() -> create(in -> in.serviceName("no")), "serviceName");
        assertThat(cloud.linkedRoles).isEmpty();
        create(in -> in.serviceName("hello"));
        assertThat(cloud.linkedRoles).containsExactly(linked);
        assertThat(cloud.questions(
                        "CreateService",
                        CreateServiceRequest.builder()
                                .serviceName("other")
                                .sourceConfiguration(ServiceLifecycleTest.source(OWN, Map.of()))
                                .build()))
                .extracting(Authorizer.Question::action)
                .containsExactly("apprunner:CreateService", "iam:PassRole");
    }

    private DynamicTest refusal(String name, String reason, Consumer<CreateServiceRequest.Builder> change) {
        return DynamicTest.dynamicTest(name, () -> assertInvalid(() -> create(change), reason));
    }

    private static void assertInvalid(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String reason) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsException.class, e -> {
            assertThat(e.code()).isEqualTo("InvalidRequestException");
            assertThat(e.getMessage()).contains(reason);
        });
    }

    private Service create(Consumer<CreateServiceRequest.Builder> change) {
        var request = CreateServiceRequest.builder()
                .serviceName("hello")
                .sourceConfiguration(ServiceLifecycleTest.source(OPEN, Map.of()));
        change.accept(request);
        return cloud.call("CreateService", request.build(), CreateServiceResponse.class)
                .service();
    }

    private void update(String arn, Consumer<UpdateServiceRequest.Builder> change) {
        var request = UpdateServiceRequest.builder().serviceArn(arn);
        change.accept(request);
        cloud.call("UpdateService", request.build(), UpdateServiceResponse.class);
        cloud.settle(arn);
    }

    private AutoScalingConfiguration scaling(String name, int concurrency) {
        return cloud.call(
                        "CreateAutoScalingConfiguration",
                        CreateAutoScalingConfigurationRequest.builder()
                                .autoScalingConfigurationName(name)
                                .maxConcurrency(concurrency)
                                .build(),
                        CreateAutoScalingConfigurationResponse.class)
                .autoScalingConfiguration();
    }

    private AutoScalingConfiguration deleteScaling(String arn, boolean all) {
        return cloud.call(
                        "DeleteAutoScalingConfiguration",
                        DeleteAutoScalingConfigurationRequest.builder()
                                .autoScalingConfigurationArn(arn)
                                .deleteAllRevisions(all)
                                .build(),
                        DeleteAutoScalingConfigurationResponse.class)
                .autoScalingConfiguration();
    }

    private static Consumer<CreateServiceRequest.Builder> image(
            String image, Consumer<ImageConfiguration.Builder> change) {
        var configuration = ImageConfiguration.builder();
        change.accept(configuration);
        return request -> request.sourceConfiguration(source -> source.imageRepository(repository -> repository
                .imageIdentifier(image)
                .imageRepositoryType("ECR_PUBLIC")
                .imageConfiguration(configuration.build())));
    }

    private static SourceConfiguration automatic(String image) {
        return ServiceLifecycleTest.source(image, Map.of()).toBuilder()
                .autoDeploymentsEnabled(true)
                .build();
    }
}
