package dev.slipway.cloud.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.apprunner.model.CreateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.CreateServiceResponse;
import software.amazon.awssdk.services.apprunner.model.InvalidStateException;
import software.amazon.awssdk.services.apprunner.model.ListServicesRequest;
import software.amazon.awssdk.services.apprunner.model.ListServicesResponse;
import software.amazon.awssdk.services.apprunner.model.PauseServiceRequest;
import software.amazon.awssdk.services.apprunner.model.PauseServiceResponse;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

final class AwsFrontTest {
    private static final String AWKWARD = "<a href=\"x\">&amp; ' \r\n\t grüße 日本 🚢 %2B+ ";

    private FrontFixture fixture;

    @BeforeEach
    void start() throws IOException {
        AwsService sts = AwsService.query("sts", "2011-06-15", "software.amazon.awssdk.services.sts.model")
                .on(
                        "GetCallerIdentity",
                        GetCallerIdentityRequest.class,
                        GetCallerIdentityResponse.class,
                        (call, request) -> List.of(),
                        (call, request) -> GetCallerIdentityResponse.builder()
                                .account(call.account())
                                .arn(call.caller().arn())
                                .userId(call.region())
                                .build())
                .build();
        AwsService iam = AwsService.query("iam", "2010-05-08", "software.amazon.awssdk.services.iam.model")
                .on(
                        "GetRole",
                        GetRoleRequest.class,
                        GetRoleResponse.class,
                        (call, request) -> List.of(),
                        (call, request) -> {
                            if (request.roleName().equals("modelled")) {
                                throw new AwsException("NoSuchEntityException", 500, "named as in the model");
                            }
                            if (!request.roleName().equals("there")) {
                                throw new AwsException(
                                        "NoSuchEntity",
                                        404,
                                        "The role with name <" + request.roleName() + "> cannot be found.");
                            }
                            return GetRoleResponse.builder()
                                    .role(Role.builder()
                                            .roleName("there")
                                            .description(AWKWARD)
                                            .createDate(Instant.parse("2026-01-02T03:04:05.678Z"))
                                            .tags(Tag.builder()
                                                    .key("k")
                                                    .value("")
                                                    .build())
                                            .build())
                                    .build();
                        })
                .on(
                        "ListRoles",
                        ListRolesRequest.class,
                        ListRolesResponse.class,
                        (call, request) -> List.of(Authorizer.Question.of(call.caller(), "iam:Forbidden", "*")),
                        (call, request) -> ListRolesResponse.builder().build())
                .build();
        AwsService apprunner = AwsService.json(
                        Protocol.JSON_1_0, "apprunner", "AppRunner", "software.amazon.awssdk.services.apprunner.model")
                .on(
                        "CreateService",
                        CreateServiceRequest.class,
                        CreateServiceResponse.class,
                        (call, request) -> List.of(Authorizer.Question.of(
                                call.caller(),
                                "apprunner:CreateService",
                                request.tags().get(0).value())),
                        (call, request) -> CreateServiceResponse.builder()
                                .service(Service.builder()
                                        .serviceName(request.tags().get(0).value())
                                        .createdAt(Instant.parse("2026-01-02T03:04:05.678Z"))
                                        .build())
                                .build())
                .on(
                        "ListServices",
                        ListServicesRequest.class,
                        ListServicesResponse.class,
                        (call, request) -> List.of(Authorizer.Question.of(call.caller(), "apprunner:Forbidden", "*")),
                        (call, request) -> ListServicesResponse.builder().build())
                .on(
                        "PauseService",
                        PauseServiceRequest.class,
                        PauseServiceResponse.class,
                        (call, request) -> List.of(),
                        (call, request) -> {
                            if (request.serviceArn().contains("/bug/")) {
                                throw new IllegalStateException("secret detail");
                            }
                            throw new AwsException("InvalidStateException", 400, "cannot be paused " + AWKWARD);
                        })
                .build();
        fixture = new FrontFixture(sts, iam, apprunner);
    }

    @AfterEach
    void stop() {
        // The SDK corrects the clock of the whole process when a server says that it is wrong.
        SdkGlobalTime.setGlobalTimeOffset(0);
        fixture.close();
    }

    private StsClient sts(AwsCredentials credentials) {
        return fixture.client(StsClient.builder(), credentials);
    }

    private AppRunnerClient apprunner(AwsCredentials credentials) {
        return fixture.client(AppRunnerClient.builder(), credentials);
    }

    private IamClient iam(AwsCredentials credentials) {
        return fixture.client(IamClient.builder(), credentials);
    }

    private static String arn(String name) {
        return "arn:aws:apprunner:eu-west-1:111122223333:service/" + name + "/8fe1e10304f84fd2b0df550fe98a71fa";
    }

    private static AwsServiceException refused(Runnable call) {
        return catchThrowableOfType(AwsServiceException.class, call::run);
    }

    @Test
    void aSignedCallIsAnsweredInTheNameOfItsCaller() {
        GetCallerIdentityResponse alice = sts(FrontFixture.ALICE).getCallerIdentity();

        assertThat(alice.arn()).isEqualTo("arn:aws:iam::111122223333:user/alice");
        assertThat(alice.userId()).as("the region of the signature").isEqualTo("eu-west-1");
        assertThat(alice.responseMetadata().requestId()).matches("[0-9a-f-]{36}");
    }

    @Test
    void anAccountIdIsAKeyWithAnySecret() {
        assertThat(sts(FrontFixture.ROOT).getCallerIdentity().account()).isEqualTo("111122223333");
    }

    @Test
    void aServiceIsRefusedWhereAwsDoesNotOfferIt() throws Exception {
        AwsService elsewhere = AwsService.json(
                        Protocol.JSON_1_0, "apprunner", "AppRunner", "software.amazon.awssdk.services.apprunner.model")
                .onlyIn(() -> Set.of("us-east-1", "ap-south-1"))
                .build();
        try (FrontFixture other = new FrontFixture(elsewhere)) {
            AwsServiceException refused = refused(() ->
                    other.client(AppRunnerClient.builder(), FrontFixture.ALICE).listServices(request -> {}));

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("UnknownEndpoint");
            assertThat(refused.awsErrorDetails().errorMessage())
                    .isEqualTo("AWS does not offer apprunner in the region eu-west-1; there is no host"
                            + " apprunner.eu-west-1.amazonaws.com. It is in ap-south-1, us-east-1.");
        }
    }

    @Test
    void aSessionNeedsItsToken() {
        assertThat(sts(FrontFixture.SESSION).getCallerIdentity().arn()).contains("assumed-role");

        AwsServiceException wrong =
                refused(() -> sts(AwsSessionCredentials.create("ASIASESSION", "session-secret", "another"))
                        .getCallerIdentity());
        AwsServiceException none = refused(() ->
                sts(AwsBasicCredentials.create("ASIASESSION", "session-secret")).getCallerIdentity());

        assertThat(wrong.awsErrorDetails().errorCode()).isEqualTo("InvalidClientTokenId");
        assertThat(none.awsErrorDetails().errorCode()).isEqualTo("InvalidClientTokenId");
        assertThat(none.statusCode()).isEqualTo(403);
    }

    @Test
    void aSessionEnds() {
        fixture.now = fixture.now.plusSeconds(601);

        assertThat(refused(() -> sts(FrontFixture.SESSION).getCallerIdentity())
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("ExpiredToken");
        assertThat(refused(() -> apprunner(FrontFixture.SESSION).listServices(request -> {}))
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("ExpiredTokenException");
    }

    @Test
    void aWrongSecretIsRefused() {
        AwsCredentials wrong = AwsBasicCredentials.create(FrontFixture.ALICE.accessKeyId(), "guess");

        AwsServiceException query = refused(() -> sts(wrong).getCallerIdentity());
        AwsServiceException json = refused(() -> apprunner(wrong).listServices(request -> {}));

        assertThat(query.statusCode()).isEqualTo(403);
        assertThat(query.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch");
        assertThat(json.statusCode()).isEqualTo(400);
        assertThat(json.awsErrorDetails().errorCode()).isEqualTo("InvalidSignatureException");
    }

    @Test
    void anUnknownKeyIsRefused() {
        AwsCredentials unknown = AwsBasicCredentials.create("AKIANOBODY", "x");

        assertThat(refused(() -> sts(unknown).getCallerIdentity())
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("InvalidClientTokenId");
        assertThat(refused(() -> apprunner(unknown).listServices(request -> {}))
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("UnrecognizedClientException");
    }

    @Test
    void aClockThatIsWrongByMoreThanAQuarterOfAnHourIsRefused() {
        Instant right = fixture.now;
        for (Duration skew : List.of(Duration.ofMinutes(16), Duration.ofMinutes(-16))) {
            fixture.now = right.plus(skew);
            AwsServiceException refused = refused(() -> sts(FrontFixture.ALICE).getCallerIdentity());
            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.getMessage()).contains("15 min.");
            try (StsClient correcting = fixture.correcting(StsClient.builder(), FrontFixture.ALICE)) {
                assertThat(correcting.getCallerIdentity().account())
                        .as("the SDK sets its clock by the answer's Date and tries again")
                        .isEqualTo("111122223333");
            }
            SdkGlobalTime.setGlobalTimeOffset(0);
        }
        for (Duration skew : List.of(Duration.ofMinutes(14), Duration.ofMinutes(-14))) {
            fixture.now = right.plus(skew);
            assertThat(sts(FrontFixture.ALICE).getCallerIdentity().account()).isEqualTo("111122223333");
        }
    }

    @Test
    void errorsOfAServiceArriveTyped() {
        assertThatThrownBy(() -> apprunner(FrontFixture.ALICE).pauseService(request -> request.serviceArn(arn("web"))))
                .isInstanceOf(InvalidStateException.class)
                .hasMessageContaining("cannot be paused " + AWKWARD);
        assertThatThrownBy(() -> iam(FrontFixture.ALICE).getRole(request -> request.roleName("gone")))
                .isInstanceOf(NoSuchEntityException.class)
                .hasMessageContaining("role with name <gone> cannot")
                .extracting(error -> ((AwsServiceException) error).statusCode())
                .isEqualTo(404);
    }

    @Test
    void anErrorThatIsNamedAsInTheModelHasTheCodeAndTheStatusOfTheWire() {
        AwsServiceException refused =
                refused(() -> iam(FrontFixture.ALICE).getRole(request -> request.roleName("modelled")));

        assertThat(refused).isInstanceOf(NoSuchEntityException.class);
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("NoSuchEntity");
        assertThat(refused.statusCode()).isEqualTo(404);
    }

    @Test
    void textSurvivesWhateverIsInIt() {
        Role role = iam(FrontFixture.ALICE)
                .getRole(request -> request.roleName("there"))
                .role();
        Service service = apprunner(FrontFixture.ALICE)
                .createService(request -> request.serviceName("awkward")
                        .tags(List.of(software.amazon.awssdk.services.apprunner.model.Tag.builder()
                                .key("k")
                                .value(AWKWARD)
                                .build()))
                        .sourceConfiguration(source -> source.autoDeploymentsEnabled(false)))
                .service();

        assertThat(role.description()).isEqualTo(AWKWARD);
        assertThat(role.createDate()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(role.tags()).containsExactly(Tag.builder().key("k").value("").build());
        assertThat(service.serviceName()).isEqualTo(AWKWARD);
        assertThat(service.createdAt()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(fixture.asked).singleElement().satisfies(question -> assertThat(question.resource())
                .isEqualTo(AWKWARD));
    }

    @Test
    void aDenialHasTheCodeOfItsProtocol() {
        AwsServiceException json = refused(() -> apprunner(FrontFixture.ALICE).listServices(request -> {}));
        AwsServiceException query = refused(() -> iam(FrontFixture.ALICE).listRoles());

        assertThat(json.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
        assertThat(json.statusCode()).isEqualTo(400);
        assertThat(query.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        assertThat(query.statusCode()).isEqualTo(403);
        assertThat(query.getMessage()).contains("user/alice is not authorized");
    }

    @Test
    void everythingThatIsMissingIsSaidAtOnceAndNobodyIsAsked() {
        AwsServiceException refused = refused(() -> apprunner(FrontFixture.ALICE)
                .createService(request -> request.sourceConfiguration(
                        source -> source.imageRepository(image -> image.imageIdentifier("public.ecr.aws/a/b:c")))));

        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidRequestException");
        assertThat(refused.getMessage())
                .contains(
                        "2 validation errors detected: Value null at 'serviceName' failed to satisfy constraint: Member must not"
                                + " be null; Value null at 'sourceConfiguration.imageRepository.imageRepositoryType'");
        assertThat(fixture.asked).isEmpty();
        assertThat(refused(() -> iam(FrontFixture.ALICE).getRole(request -> {}))
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("ValidationError");
    }

    @Test
    void anOperationThatIsNotBuiltSaysSo() {
        AwsServiceException json = refused(() -> apprunner(FrontFixture.ALICE).listConnections(request -> {}));
        AwsServiceException query = refused(() -> iam(FrontFixture.ALICE).listSAMLProviders());

        assertThat(json.statusCode()).isEqualTo(501);
        assertThat(json.awsErrorDetails().errorCode()).isEqualTo("UnsupportedOperation");
        assertThat(json.getMessage()).contains("apprunner:ListConnections");
        assertThat(query.awsErrorDetails().errorCode()).isEqualTo("UnsupportedOperation");
    }

    @Test
    void aBugTellsTheClientNothingButTheRequestId() {
        AwsServiceException refused =
                refused(() -> apprunner(FrontFixture.ALICE).pauseService(request -> request.serviceArn(arn("bug"))));

        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InternalFailure");
        assertThat(refused.getMessage()).doesNotContain("secret").contains(refused.requestId());
    }

    private HttpResponse<String> post(String... headersAndBody) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(fixture.uri())
                .POST(HttpRequest.BodyPublishers.ofString(headersAndBody[headersAndBody.length - 1]));
        for (int i = 0; i + 1 < headersAndBody.length; i += 2) {
            request.header(headersAndBody[i], headersAndBody[i + 1]);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void anUnsignedRequestIsRefused() throws Exception {
        HttpResponse<String> json =
                post("X-Amz-Target", "AppRunner.ListServices", "Content-Type", "application/x-amz-json-1.0", "{}");
        HttpResponse<String> query = post(
                "Content-Type", "application/x-www-form-urlencoded", "Action=GetCallerIdentity&Version=2011-06-15");

        assertThat(json.statusCode()).isEqualTo(400);
        assertThat(json.body()).contains("\"__type\":\"MissingAuthenticationTokenException\"");
        assertThat(query.statusCode()).isEqualTo(403);
        assertThat(query.body())
                .startsWith(
                        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>"
                                + "<Code>MissingAuthenticationToken</Code>");
    }

    @Test
    void whatNobodyKnowsIsUnknown() throws Exception {
        HttpResponse<String> service = post("X-Amz-Target", "DynamoDB_20120810.ListTables", "{}");
        HttpResponse<String> nothing = post("Content-Type", "text/plain", "hello");

        assertThat(service.statusCode()).isEqualTo(404);
        assertThat(service.body()).contains("UnknownOperationException").contains("It has: apprunner, iam, sts");
        assertThat(nothing.statusCode()).isEqualTo(400);
        assertThat(nothing.body()).contains("MissingAction", "finds no operation", "It has: apprunner, iam, sts");
    }

    @Test
    void aWebPageIsRefused() throws Exception {
        HttpResponse<String> answer =
                post("Origin", "http://evil.example", "X-Amz-Target", "AppRunner.ListServices", "{}");

        assertThat(answer.body()).contains("does not answer web pages");
    }

    /** GET of GetCallerIdentity with a signature in its URL, as the SDK's own signer makes it. */
    private HttpResponse<String> presigned(AwsCredentials key, Duration validFor) throws Exception {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(fixture.uri().resolve("/?Action=GetCallerIdentity&Version=2011-06-15"))
                .build();
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(key)
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AwsV4HttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, validFor))
                .request();
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(signed.getUri()).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aPresignedUrlIsGoodForItsTime() throws Exception {
        assertThat(presigned(FrontFixture.ALICE, Duration.ofMinutes(5)).body()).contains("user/alice");
        assertThat(presigned(FrontFixture.SESSION, Duration.ofMinutes(5)).body())
                .contains("assumed-role");
        fixture.now = fixture.now.plusSeconds(301);
        assertThat(presigned(FrontFixture.ALICE, Duration.ofMinutes(5)).body())
                .contains("SignatureDoesNotMatch", "Signature expired");
        assertThat(presigned(FrontFixture.ALICE, Duration.ofMinutes(6)).body()).contains("user/alice");
    }

    @Test
    void theAccountIdAsAKeyDoesNotOpenPresignedUrls() throws Exception {
        HttpResponse<String> answer = presigned(FrontFixture.ROOT, Duration.ofMinutes(5));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("SignatureDoesNotMatch");
    }
}
