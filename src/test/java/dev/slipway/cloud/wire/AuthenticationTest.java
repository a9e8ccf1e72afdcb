package dev.slipway.cloud.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.apprunner.model.ListServicesRequest;
import software.amazon.awssdk.services.apprunner.model.ListServicesResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Requests that do not prove who sent them, and what AWS answers to each. Signed by hand, so that no SDK mends them. */
final class AuthenticationTest {
    private static final String WHO = "Action=GetCallerIdentity&Version=2011-06-15";

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
                                .arn(call.caller().arn() + " in " + call.region())
                                .build())
                .build();
        AwsService apprunner = AwsService.json(
                        Protocol.JSON_1_0, "apprunner", "AppRunner", "software.amazon.awssdk.services.apprunner.model")
                .on(
                        "ListServices",
                        ListServicesRequest.class,
                        ListServicesResponse.class,
                        (call, request) -> List.of(),
                        (call, request) -> ListServicesResponse.builder()
                                .nextToken(String.valueOf(request.nextToken()))
                                .build())
                .build();
        fixture = new FrontFixture(sts, apprunner);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private RawCall who() {
        return RawCall.query(fixture, "sts", WHO);
    }

    private RawCall list() {
        return RawCall.json(fixture, "apprunner", "AppRunner.ListServices", "{}");
    }

    private static void assertRefused(RawCall.Answer answer, int status, String code, String message) {
        assertThat(answer.body()).contains(code).contains(message);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.head()).contains("\r\nx-amzn-requestid: ");
    }

    @Test
    void whatIsSignedAsAwsWantsItPasses() throws Exception {
        assertThat(who().send().body()).contains("user/alice in eu-west-1");
        assertThat(list().send().body()).isEqualTo("{\"NextToken\":\"null\"}");
        assertThat(who().key(FrontFixture.SESSION).send().body()).contains("assumed-role/pull/s");
        assertThat(who().key(FrontFixture.ROOT).send().body()).contains(":root");
        assertThat(who().scopeRegion("aws-global").send().body()).contains("in us-east-1");
    }

    @Test
    void nothingSigned() throws Exception {
        assertRefused(who().send(""), 403, "MissingAuthenticationToken", "Request is missing Authentication Token");
        assertRefused(list().send(""), 400, "MissingAuthenticationTokenException", "missing Authentication Token");
    }

    @Test
    void aKeyThatNobodyHas() throws Exception {
        AwsBasicCredentials nobody = AwsBasicCredentials.create("AKIANOBODY", "x");

        assertRefused(
                who().key(nobody).send(),
                403,
                "<Code>InvalidClientTokenId</Code>",
                "The security token included in the request is invalid");
        assertRefused(list().key(nobody).send(), 400, "UnrecognizedClientException", "token");
    }

    @Test
    void anotherSecret() throws Exception {
        AwsBasicCredentials wrong = AwsBasicCredentials.create(FrontFixture.ALICE.accessKeyId(), "guess");

        assertRefused(
                who().key(wrong).send(),
                403,
                "<Code>SignatureDoesNotMatch</Code>",
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                        + " Access Key and signing method.");
        assertRefused(list().key(wrong).send(), 400, "InvalidSignatureException", "does not match");
    }

    @Test
    void aBodyThatWasChangedOnTheWay() throws Exception {
        assertRefused(
                list().sendInstead("{\"MaxResults\":1}").send(), 400, "InvalidSignatureException", "does not match");
        assertRefused(
                list().header("x-amz-content-sha256", "0".repeat(64)).send(),
                400,
                "InvalidSignatureException",
                "'x-amz-content-sha256' header does not match");
    }

    @Test
    void aTokenThatIsNotTheSessionsOwn() throws Exception {
        AwsSessionCredentials other = AwsSessionCredentials.create("ASIASESSION", "session-secret", "another");
        AwsBasicCredentials none = AwsBasicCredentials.create("ASIASESSION", "session-secret");

        assertRefused(who().key(other).send(), 403, "InvalidClientTokenId", "invalid");
        assertRefused(who().key(none).send(), 403, "InvalidClientTokenId", "invalid");
        AwsSessionCredentials tooMuch = AwsSessionCredentials.create(
                FrontFixture.ALICE.accessKeyId(), FrontFixture.ALICE.secretAccessKey(), "left over");
        assertRefused(who().key(tooMuch).send(), 403, "InvalidClientTokenId", "invalid");
        assertRefused(list().key(other).send(), 400, "UnrecognizedClientException", "invalid");
    }

    @Test
    void aSessionThatIsOver() throws Exception {
        fixture.now = fixture.now.plusSeconds(601);

        assertRefused(who().key(FrontFixture.SESSION).send(), 403, "ExpiredToken", "is expired");
        assertRefused(list().key(FrontFixture.SESSION).send(), 400, "ExpiredTokenException", "is expired");
    }

    @Test
    void aSignatureFromAnHourAgoOrFromTomorrow() throws Exception {
        assertRefused(
                who().time(fixture.now.minus(Duration.ofHours(1))).send(),
                403,
                "SignatureDoesNotMatch",
                "Signature expired: ");
        assertRefused(
                list().time(fixture.now.plus(Duration.ofHours(24))).send(),
                400,
                "InvalidSignatureException",
                "Signature not yet current: ");
        assertThat(list().time(fixture.now.minus(Duration.ofMinutes(14))).send().status())
                .isEqualTo(200);
    }

    @Test
    void theScopeOfAnotherService() throws Exception {
        assertRefused(
                list().scopeService("ecr").send(),
                400,
                "InvalidSignatureException",
                "Credential should be scoped to correct service: 'apprunner'.");
        assertRefused(
                list().scopeEnd("aws5_request").send(),
                400,
                "InvalidSignatureException",
                "Credential should be scoped with a valid terminator: 'aws4_request'.");
        assertRefused(
                list().scopeService("ecr").scopeRegion("mars").send(),
                400,
                "InvalidSignatureException",
                "Credential should be scoped to a valid region."
                        + " Credential should be scoped to correct service: 'apprunner'.");
    }

    @Test
    void theScopeOfNoRegion() throws Exception {
        for (String region : List.of("mars", "us-esat-1", "eu-west", "EU-WEST-1", "eu-west-1.evil.example", "-")) {
            assertRefused(
                    who().scopeRegion(region).send(),
                    403,
                    "SignatureDoesNotMatch",
                    "Credential should be scoped to a valid region.");
        }
    }

    @Test
    void theScopeOfAnotherRegionThanTheHosts() throws Exception {
        RawCall call = list().header("host", "apprunner.us-east-1.amazonaws.com");

        assertRefused(call.send(), 400, "InvalidSignatureException", "scoped to a valid region");
        RawCall right = list().header("host", "apprunner.eu-west-1.amazonaws.com");
        assertThat(right.send().status()).isEqualTo(200);
    }

    @Test
    void anAuthorizationThatCannotBeRead() throws Exception {
        Map<String, String> sentences = Map.of(
                "AWS4-HMAC-SHA256",
                "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter."
                        + " Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence"
                        + " of either a 'X-Amz-Date' or a 'Date' header. (Hashed with SHA-256 and encoded with Base64)"
                        + " Authorization=",
                "AWS4-HMAC-SHA256 Credential=, SignedHeaders=host, Signature=x",
                "Authorization header requires 'Credential' parameter. Authorization header requires existence",
                "AWS4-HMAC-SHA256 Credential",
                "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256",
                "AWS4-HMAC-SHA512 Credential=a/b/c/d/e, SignedHeaders=host, Signature=x",
                "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA512'");
        for (Map.Entry<String, String> one : sentences.entrySet()) {
            RawCall.Answer answer = who().send(one.getKey());
            assertRefused(answer, 400, "<Code>IncompleteSignature</Code>", one.getValue());
        }
        for (String secret : List.of("Bearer token-5d41402a", "AWS AKIAALICE:token-5d41402a")) {
            assertRefused(
                    who().send(secret), 403, "MissingAuthenticationToken", "Request is missing Authentication Token");
        }
    }

    @Test
    void anAuthorizationThatSaysTooLittle() throws Exception {
        String stamp = "20260101T000000Z";
        assertRefused(
                who().header("x-amz-date", stamp)
                        .send("AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=x"),
                400,
                "IncompleteSignature",
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b/c'");
        assertRefused(
                who().header("x-amz-date", "2026-01-01")
                        .send("AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=x"),
                400,
                "IncompleteSignature",
                "Date must be in ISO-8601 'basic format'. Got '2026-01-01'.");
        assertRefused(
                who().header("x-amz-date", Signature.basic(fixture.now))
                        .send("AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=x-amz-date, Signature=x"),
                403,
                "SignatureDoesNotMatch",
                "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }

    @Test
    void aTokenOfNoSession() throws Exception {
        assertRefused(
                list().header("x-amz-security-token", "made up").send(), 400, "UnrecognizedClientException", "invalid");
        assertRefused(
                who().key(FrontFixture.ROOT)
                        .header("x-amz-security-token", "left over")
                        .send(),
                403,
                "InvalidClientTokenId",
                "unset AWS_SESSION_TOKEN");
    }

    @Test
    void aBodyThatIsTooLargeOrPacked() throws Exception {
        assertRefused(
                list().sendInstead("x".repeat(7 * 1024 * 1024)).send(),
                413,
                "RequestEntityTooLargeException",
                "larger");
        assertRefused(
                RawCall.query(fixture, "sts", "x".repeat(7 * 1024 * 1024)).send(), 413, "RequestEntityTooLarge", "");
        assertRefused(
                list().header("content-encoding", "gzip").send(), 400, "SerializationException", "Content-Encoding");
    }

    @Test
    void aBodyThatIsNotWhatTheOperationTakes() throws Exception {
        for (String body : List.of("", "{\"NextToken\":null}", "{\"Unknown\":[1]}")) {
            assertThat(RawCall.json(fixture, "apprunner", "AppRunner.ListServices", body)
                            .send()
                            .status())
                    .isEqualTo(200);
        }
        for (String body : List.of("{", "[]", "null", "\"a\"", "{\"NextToken\":7}", "{\"MaxResults\":1.5}", "{}{}")) {
            assertRefused(
                    RawCall.json(fixture, "apprunner", "AppRunner.ListServices", body)
                            .send(),
                    400,
                    "SerializationException",
                    "");
        }
    }

    @Test
    void aTypeThatDoesNotFit() throws Exception {
        Map<String, String> sentences = Map.of(
                "{\"NextToken\":7}", "NUMBER_VALUE cannot be converted to String ('NextToken')",
                "{\"NextToken\":1.5}", "DECIMAL_VALUE cannot be converted to String",
                "{\"NextToken\":true}", "TRUE_VALUE cannot be converted to String",
                "{\"NextToken\":[]}", "Start of list found where not expected",
                "{\"NextToken\":{}}", "Start of structure or map found where not expected",
                "{\"MaxResults\":\"1\"}", "STRING_VALUE cannot be converted to Integer");
        for (Map.Entry<String, String> one : sentences.entrySet()) {
            assertRefused(
                    RawCall.json(fixture, "apprunner", "AppRunner.ListServices", one.getKey())
                            .send(),
                    400,
                    "SerializationException",
                    one.getValue());
        }
        assertRefused(
                list().header("content-type", "application/json").send(),
                404,
                "UnknownOperationException",
                "application/x-amz-json-1.1, got a POST with 'application/json'");
    }

    @Test
    void operationsThatNobodyHasAndThatOnlyAwsHas() throws Exception {
        assertRefused(
                RawCall.json(fixture, "apprunner", "AppRunner.MakeCoffee", "{}").send(),
                404,
                "UnknownOperationException",
                "");
        assertRefused(
                RawCall.query(fixture, "sts", "Action=MakeCoffee&Version=2011-06-15")
                        .send(),
                400,
                "InvalidAction",
                "Could not find operation MakeCoffee for version 2011-06-15");
        assertRefused(
                RawCall.query(fixture, "sts", "Action=GetCallerIdentity").send(),
                400,
                "InvalidAction",
                "Could not find operation GetCallerIdentity for version NO_VERSION_SPECIFIED");
        assertRefused(
                RawCall.query(fixture, "sts", "Action=GetCallerIdentity&Version=2010-05-08")
                        .send(),
                400,
                "InvalidAction",
                "Could not find operation GetCallerIdentity for version 2010-05-08");
        assertRefused(
                RawCall.query(fixture, "sts", "Version=2011-06-15").send(), 400, "MissingAction", "finds no operation");
        assertThat(RawCall.query(fixture, "sts", WHO + "&Action=MakeCoffee&Version=1")
                        .send()
                        .status())
                .as("the first of two counts")
                .isEqualTo(200);
        assertRefused(
                RawCall.json(fixture, "apprunner", "AppRunner.CreateConnection", "{}")
                        .send(),
                501,
                "UnsupportedOperation",
                "apprunner:CreateConnection");
        assertRefused(
                RawCall.query(fixture, "sts", "Action=GetWebIdentityToken&Version=2011-06-15")
                        .send(),
                501,
                "UnsupportedOperation",
                "sts:GetWebIdentityToken");
    }

    @Test
    void anOperationThatOnlyAwsHasIsNamedAlsoToWhoNeedNotSign() throws Exception {
        assertRefused(
                RawCall.query(fixture, "sts", "Action=AssumeRoleWithWebIdentity&Version=2011-06-15")
                        .send(""),
                501,
                "UnsupportedOperation",
                "sts:AssumeRoleWithWebIdentity");
    }

    @Test
    void methodsOtherThanTheTwo() throws Exception {
        for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH")) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(fixture.uri() + "/"))
                                    .method(method, HttpRequest.BodyPublishers.noBody())
                                    .header("X-Amz-Target", "AppRunner.ListServices")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(method).isEqualTo(404);
        }
    }
}
