package dev.slipway.cloud.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.cloud.trouble.Kind;
import dev.slipway.cloud.trouble.Scope;
import dev.slipway.cloud.trouble.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;

/** What clients see of the troubles that strike calls. */
final class TroubledCallsTest {
    private final AtomicInteger carriedOut = new AtomicInteger();
    private FrontFixture fixture;
    private EcrClient ecr;
    private IamClient iam;

    @BeforeEach
    void start() throws IOException {
        AwsService ecrService = AwsService.json(
                        Protocol.JSON_1_1,
                        "ecr",
                        "AmazonEC2ContainerRegistry_V20150921",
                        "software.amazon.awssdk.services.ecr.model")
                .on(
                        "DeleteRepository",
                        DeleteRepositoryRequest.class,
                        DeleteRepositoryResponse.class,
                        (call, request) -> List.of(Authorizer.Question.of(
                                call.caller(),
                                "ecr:DeleteRepository",
                                "arn:aws:ecr:eu-west-1:111122223333:repository/" + request.repositoryName())),
                        (call, request) -> {
                            carriedOut.incrementAndGet();
                            if (request.repositoryName().equals("gone")) {
                                throw new AwsException("RepositoryNotFoundException", 400, "no such repository");
                            }
                            return DeleteRepositoryResponse.builder().build();
                        })
                .build();
        AwsService iamService = AwsService.query("iam", "2010-05-08", "software.amazon.awssdk.services.iam.model")
                .on(
                        "DeleteRole",
                        DeleteRoleRequest.class,
                        DeleteRoleResponse.class,
                        (call, request) -> List.of(),
                        (call, request) -> {
                            carriedOut.incrementAndGet();
                            return DeleteRoleResponse.builder().build();
                        })
                .build();
        fixture = new FrontFixture(ecrService, iamService);
        ecr = fixture.client(EcrClient.builder(), FrontFixture.ALICE);
        iam = fixture.client(IamClient.builder(), FrontFixture.ALICE);
    }

    @AfterEach
    void stop() {
        SdkGlobalTime.setGlobalTimeOffset(0);
        fixture.close();
    }

    private AwsServiceException deleteRepository() {
        return catchThrowableOfType(
                AwsServiceException.class, () -> ecr.deleteRepository(request -> request.repositoryName("team/app")));
    }

    private AwsServiceException deleteRole() {
        return catchThrowableOfType(
                AwsServiceException.class, () -> iam.deleteRole(request -> request.roleName("pull")));
    }

    private void assertRefused(AwsServiceException refusal, int status, String code) {
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(refusal.statusCode()).isEqualTo(status);
        assertThat(carriedOut).hasValue(0);
    }

    @Test
    void tooFast() {
        fixture.troubles.add(Trouble.of(Kind.THROTTLE, null));

        assertRefused(deleteRepository(), 400, "ThrottlingException");
        assertRefused(deleteRole(), 400, "Throttling");
        assertThat(deleteRole().isThrottlingException()).isTrue();
    }

    @Test
    void anInternalErrorIsTheServicesOwn() {
        fixture.troubles.add(Trouble.of(Kind.ERROR, null));

        assertRefused(deleteRepository(), 500, "ServerException");
        assertRefused(deleteRole(), 500, "ServiceFailure");
    }

    @Test
    void anAccountThatHasNotSignedUp() {
        fixture.troubles.add(Trouble.of(Kind.CLOSED_ACCOUNT, null));

        assertRefused(deleteRepository(), 400, "SubscriptionRequiredException");
        assertRefused(deleteRole(), 403, "OptInRequired");
    }

    @Test
    void aLostAnswerWasCarriedOut() {
        fixture.troubles.add(Trouble.of(Kind.LOST, null).next(1));

        assertThatThrownBy(() -> iam.deleteRole(request -> request.roleName("pull")))
                .isInstanceOf(SdkClientException.class);
        assertThat(carriedOut).hasValue(1);
        assertThat(deleteRole()).isNull();
    }

    @Test
    void aLostRefusalIsLostToo() {
        fixture.troubles.add(Trouble.of(Kind.LOST, null).next(1));

        assertThatThrownBy(() -> ecr.deleteRepository(request -> request.repositoryName("gone")))
                .isInstanceOf(SdkClientException.class);
        assertThatThrownBy(() -> ecr.deleteRepository(request -> request.repositoryName("gone")))
                .isInstanceOf(RepositoryNotFoundException.class);
    }

    @Test
    void aSlowAnswerComes() {
        fixture.troubles.add(Trouble.of(Kind.SLOW, Duration.ofSeconds(2)).in(new Scope(null, "iam", null, null)));

        assertThat(deleteRole()).isNull();
        assertThat(deleteRepository()).isNull();
        assertThat(fixture.paused).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void oneResourceAlone() {
        fixture.troubles.add(Trouble.of(Kind.ERROR, null).in(new Scope(null, null, null, "team/app")));

        assertThat(deleteRepository().statusCode()).isEqualTo(500);
        assertThat(ecr.deleteRepository(request -> request.repositoryName("team/other")))
                .isNotNull();
        assertThat(deleteRole()).isNull();
    }

    @Test
    void aWrongClockOfTheCloudRefusesSignatures() {
        fixture.troubles.add(Trouble.of(Kind.SKEW, Duration.ofMinutes(20)));

        AwsServiceException refusal = deleteRole();
        assertRefused(refusal, 403, "SignatureDoesNotMatch");
        assertThat(refusal.getMessage()).contains("Signature expired");
    }

    @Test
    void timeThatMovesOnLeavesSignaturesAlone() {
        fixture.troubles.add(Trouble.of(Kind.CLOCK, Duration.ofHours(13)));

        assertThat(deleteRole()).isNull();
        AwsServiceException ended = catchThrowableOfType(
                AwsServiceException.class, () -> fixture.client(IamClient.builder(), FrontFixture.SESSION)
                        .deleteRole(request -> request.roleName("pull")));
        assertThat(ended.awsErrorDetails().errorCode()).isEqualTo("ExpiredToken");
    }
}
