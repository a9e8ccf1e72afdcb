package dev.slipway.cloud.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.apprunner.model.CreateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.ListServicesRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutLogEventsRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/** Requests that break AWS's constraints, and what AWS says to them. The sentences were seen in people's reports of AWS's answers. */
final class ConstraintsTest {
    private static final List<String> SERVICES =
            List.of("apprunner", "cloudwatchlogs", "ecr", "ecrpublic", "iam", "secretsmanager", "ssm", "sts");

    private static ServiceModel model(String module) {
        return ServiceModel.of("software.amazon.awssdk.services." + module + ".model");
    }

    private static String said(String signingName, String module, String operation, SdkPojo request) {
        List<Constraints.Violation> wrong = Constraints.check(model(module), operation, request);
        return wrong.isEmpty() ? "" : Wording.of(signingName).message(wrong);
    }

    private static String logs(String operation, SdkPojo request) {
        return said("logs", "cloudwatchlogs", operation, request);
    }

    @Test
    void whatIsRightIsSaidNothingOf() {
        assertThat(said(
                        "ecr",
                        "ecr",
                        "CreateRepository",
                        CreateRepositoryRequest.builder()
                                .repositoryName("team/app")
                                .tags(List.of(software.amazon.awssdk.services.ecr.model.Tag.builder()
                                        .key("k")
                                        .value("")
                                        .build()))
                                .imageTagMutability("IMMUTABLE")
                                .build()))
                .isEmpty();
    }

    @Test
    void patternAndLengthAreBothNamed() {
        assertThat(logs(
                        "DescribeLogGroups",
                        DescribeLogGroupsRequest.builder()
                                .logGroupNamePrefix("")
                                .build()))
                .isEqualTo(
                        "2 validation errors detected: Value '' at 'logGroupNamePrefix' failed to satisfy constraint:"
                                + " Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+; Value '' at"
                                + " 'logGroupNamePrefix' failed to satisfy constraint: Member must have length greater than or"
                                + " equal to 1");
    }

    @Test
    void whatIsMissingInsideAListHasItsNumber() {
        assertThat(logs(
                        "PutLogEvents",
                        PutLogEventsRequest.builder()
                                .logGroupName("g")
                                .logStreamName("s")
                                .logEvents(
                                        InputLogEvent.builder()
                                                .timestamp(1L)
                                                .message("m")
                                                .build(),
                                        InputLogEvent.builder().message("m").build())
                                .build()))
                .isEqualTo("1 validation error detected: Value null at 'logEvents.2.member.timestamp' failed to satisfy"
                        + " constraint: Member must not be null");
        assertThat(logs(
                        "PutLogEvents",
                        PutLogEventsRequest.builder()
                                .logGroupName("g")
                                .logStreamName("s")
                                .logEvents(List.of())
                                .build()))
                .isEqualTo("1 validation error detected: Value '[]' at 'logEvents' failed to satisfy constraint: Member"
                        + " must have length greater than or equal to 1");
    }

    @Test
    void numbersHaveARange() {
        assertThat(said(
                        "iam",
                        "iam",
                        "ListUsers",
                        ListUsersRequest.builder().maxItems(0).build()))
                .isEqualTo("1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must"
                        + " have value greater than or equal to 1");
        assertThat(said(
                        "apprunner",
                        "apprunner",
                        "ListServices",
                        ListServicesRequest.builder().maxResults(21).build()))
                .contains("Member must have value less than or equal to 20");
    }

    @Test
    void choicesAreListed() {
        assertThat(said(
                        "apprunner",
                        "apprunner",
                        "CreateService",
                        CreateServiceRequest.builder()
                                .serviceName("web!")
                                .sourceConfiguration(source -> source.imageRepository(
                                        image -> image.imageIdentifier("public.ecr.aws/slipway/hello:latest")
                                                .imageRepositoryType("DOCKER")))
                                .build()))
                .isEqualTo("2 validation errors detected: Value 'web!' at 'serviceName' failed to satisfy constraint:"
                        + " Member must satisfy regular expression pattern: [A-Za-z0-9][A-Za-z0-9-_]{3,39}; Value"
                        + " 'DOCKER' at 'sourceConfiguration.imageRepository.imageRepositoryType' failed to satisfy"
                        + " constraint: Member must satisfy enum value set: [ECR, ECR_PUBLIC]");
    }

    @Test
    void secretsAreNotRepeated() {
        String said = said(
                "apprunner",
                "apprunner",
                "CreateService",
                CreateServiceRequest.builder()
                        .serviceName("web1")
                        .sourceConfiguration(source -> source.imageRepository(
                                image -> image.imageIdentifier("public.ecr.aws/slipway/hello:latest")
                                        .imageRepositoryType("ECR_PUBLIC")
                                        .imageConfiguration(configuration -> configuration
                                                .startCommand("run --password hunter2\n")
                                                .runtimeEnvironmentVariables(Map.of("", "hunter3")))))
                        .build());

        assertThat(said).doesNotContain("hunter");
        assertThat(said)
                .contains(
                        "Value at 'sourceConfiguration.imageRepository.imageConfiguration.startCommand' failed to satisfy",
                        "runtimeEnvironmentVariables' failed to satisfy constraint: Map keys must satisfy constraint:"
                                + " [Member must have length less than or equal to 51200, Member must have length greater"
                                + " than or equal to 1]");
    }

    @SuppressWarnings("deprecation") // old clients still send it
    private static SdkPojo registries(String id) {
        return GetAuthorizationTokenRequest.builder().registryIds(id).build();
    }

    @Test
    void ecrSaysTheFirstThingInItsOwnWords() {
        assertThat(said(
                        "ecr",
                        "ecr",
                        "CreateRepository",
                        CreateRepositoryRequest.builder().repositoryName("a").build()))
                .isEqualTo(
                        "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must have length greater"
                                + " than or equal to 2'");
        assertThat(said(
                        "ecr",
                        "ecr",
                        "CreateRepository",
                        CreateRepositoryRequest.builder().repositoryName("Team").build()))
                .startsWith("Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular"
                        + " expression '[a-z0-9]+((")
                .endsWith("''");
        assertThat(said("ecr", "ecr", "GetAuthorizationToken", registries("12346789012")))
                .isEqualTo("Invalid parameter at 'registryIds' failed to satisfy constraint: 'Member must satisfy"
                        + " constraint: [Member must satisfy regular expression pattern: [0-9]{12}]'");
    }

    @Test
    void blobsAreMeasuredAndNotShown() {
        assertThat(said(
                        "ecr",
                        "ecr",
                        "UploadLayerPart",
                        UploadLayerPartRequest.builder()
                                .repositoryName("team/app")
                                .uploadId("4cc4e1b0-3f3c-4b3a-9d8e-1d8a1b2c3d4e")
                                .partFirstByte(0L)
                                .partLastByte(1L)
                                .layerPartBlob(SdkBytes.fromByteArray(new byte[20_971_521]))
                                .build()))
                .isEqualTo("Invalid parameter at 'layerPartBlob' failed to satisfy constraint: 'Member must have length"
                        + " less than or equal to 20971520'");
    }

    @Test
    void iamHasSentencesOfItsOwn() {
        CreateRoleRequest.Builder role = CreateRoleRequest.builder().assumeRolePolicyDocument("{}");

        assertThat(said("iam", "iam", "CreateRole", role.roleName("a b").build()))
                .isEqualTo("The specified value for roleName is invalid. It must contain only alphanumeric characters"
                        + " and/or the following: +=,.@_-");
        assertThat(said(
                        "iam",
                        "iam",
                        "CreateRole",
                        role.roleName("ab").path("team").build()))
                .isEqualTo("The specified value for path is invalid. It must begin and end with / and contain only"
                        + " alphanumeric characters and/or / characters.");
        assertThat(said(
                        "iam",
                        "iam",
                        "CreateRole",
                        role.path("/").description("a — b").build()))
                .isEqualTo(
                        "1 validation error detected: Value at 'description' failed to satisfy constraint: Member must"
                                + " satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*");
        assertThat(said(
                        "iam",
                        "iam",
                        "CreateRole",
                        role.description("").roleName("r".repeat(65)).build()))
                .endsWith(
                        "at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64");
    }

    private static software.amazon.awssdk.services.sts.model.Tag tag(String key) {
        return software.amazon.awssdk.services.sts.model.Tag.builder()
                .key(key)
                .value("v")
                .build();
    }

    @Test
    void tagsNameTheirPlace() {
        assertThat(said(
                        "sts",
                        "sts",
                        "AssumeRole",
                        AssumeRoleRequest.builder()
                                .roleArn("arn:aws:iam::111122223333:role/pull")
                                .roleSessionName("s")
                                .durationSeconds(899)
                                .tags(List.of(tag("k"), tag("")))
                                .build()))
                .startsWith("4 validation errors detected: Value 's' at 'roleSessionName' failed to satisfy constraint:"
                        + " Member must have length greater than or equal to 2; ")
                .contains(
                        "Value '' at 'tags.2.member.key'",
                        "Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater"
                                + " than or equal to 900");
    }

    @Test
    void aMessageIsBoundedHoweverMuchIsWrong() {
        String said = logs(
                "PutLogEvents",
                PutLogEventsRequest.builder()
                        .logGroupName("?".repeat(1_000_000))
                        .logStreamName("s")
                        .logEvents(Stream.generate(() -> InputLogEvent.builder().build())
                                .limit(9_000)
                                .toList())
                        .build());

        assertThat(said).startsWith("18001 validation errors detected: ").hasSizeLessThan(30_000);
    }

    /** Each text alone could keep some pattern busy for longer than the sun shines. */
    @TestFactory
    Stream<DynamicTest> everyTableIsSoundAndNoTextKeepsAPatternBusy() {
        List<String> hostile = List.of(
                "a".repeat(255) + "!",
                "a.".repeat(5_000) + "!",
                "a/a_".repeat(60) + "\n",
                "-a".repeat(500) + "/",
                "0".repeat(20_000));
        return SERVICES.stream()
                .map(service -> DynamicTest.dynamicTest(service, () -> {
                    ServiceModel model = model(service);
                    assertThat(model.shapes()).isNotEmpty();
                    for (Shape shape : model.shapes().values()) {
                        Stream.concat(
                                        Stream.of(shape.key(), shape.element()),
                                        shape.members().values().stream().map(Shape.Member::shape))
                                .filter(name -> !name.equals(Shape.FREE))
                                .forEach(name -> assertThat(model.shapes()).containsKey(name));
                        TextPattern pattern = shape.pattern();
                        if (pattern != null) {
                            assertTimeoutPreemptively(
                                    Duration.ofSeconds(20), () -> hostile.forEach(pattern::matches), pattern::toString);
                        }
                    }
                }));
    }

    @Test
    void aPatternThatTakesForEverGivesUp() {
        TextPattern scanning = new TextPattern("^[a-z0-9*](?:[._\\-/a-z0-9*]?[a-z0-9*]+)*$");

        assertThat(scanning.matches("team/app-*")).isTrue();
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThat(scanning.matches("a".repeat(250) + "!"))
                .isFalse());
    }

    @Test
    void aLongTextThatIsRightMatchesAllTheSame() {
        TextPattern document = new TextPattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");

        assertThat(document.matches("{ \"Version\" }".repeat(10_000))).isTrue();
    }
}
