package dev.slipway.cloud.ecr;

import static dev.slipway.cloud.ecr.LocalAccounts.FOREIGN;
import static dev.slipway.cloud.ecr.LocalAccounts.OWN;
import static dev.slipway.cloud.ecr.LocalAccounts.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.registry.TestImage;
import dev.slipway.cloud.store.Store;
import dev.slipway.oci.remote.RegistryClient;
import dev.slipway.oci.remote.RemoteFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.iam.IamClient;

/** Who may pull: an access role of one account, an image of the same or another one, judged by the real IAM. */
final class PullRightsTest {
    private static final String APP = "/us-east-1/team/app";
    private static final String ROLE_ARN = "arn:aws:iam::" + OWN + ":role/access";

    @TempDir
    Path directory;

    private final Store store = Store.inMemory();
    private LocalAccounts cloud;
    private IamClient iam;
    private AwsCredentials builder;
    private TestImage image;

    @BeforeEach
    void start() throws IOException {
        cloud = new LocalAccounts(directory, store, Optional.empty());
        iam = cloud.iam(OWN);
        builder = cloud.user("builder", """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}""");
        makeRole();
        for (String account : new String[] {OWN, FOREIGN}) {
            cloud.ecr(root(account)).createRepository(request -> request.repositoryName("team/app"));
            image = TestImage.named("app");
            cloud.login(root(account))
                    .push(account + APP, "v1", image.manifest().mediaType(), image.bytes(), image.source());
        }
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private void makeRole() {
        iam.createRole(request -> request.roleName("access").assumeRolePolicyDocument("""
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"sts:AssumeRole"}]}""".formatted(OWN)));
        iam.putRolePolicy(
                request -> request.roleName("access").policyName("login").policyDocument("""
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"*"}]}"""));
    }

    private void allowRoleToPull() {
        iam.putRolePolicy(
                request -> request.roleName("access").policyName("pull").policyDocument("""
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                         "Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"],"Resource":"*"}]}"""));
    }

    private void allowInRepository(String account, String principal) {
        cloud.ecr(root(account)).setRepositoryPolicy(request -> request.repositoryName("team/app")
                .policyText("""
                        {"Version":"2012-10-17","Statement":[{"Sid":"pull","Effect":"Allow","Principal":{"AWS":"%s"},
                         "Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]}]}""".formatted(principal)));
    }

    private RegistryClient asRole() {
        return cloud.login(cloud.assume(builder, ROLE_ARN));
    }

    private void pull(RegistryClient client, String account) throws IOException {
        assertThat(client.resolve(account + APP, "v1").digest()).isEqualTo(image.digest());
        assertThat(client.blob(account + APP, image.layer()).readAllBytes())
                .hasSize((int) image.layer().size());
    }

    private static void assertDenied(ThrowingCallable pull, String... words) {
        assertThatThrownBy(pull)
                .isInstanceOfSatisfying(RemoteFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(RemoteFailure.Kind.DENIED))
                .hasMessageContainingAll(words);
    }

    @Test
    void inItsOwnAccountTheRolesPolicyIsEnough() throws IOException {
        assertDenied(
                () -> pull(asRole(), OWN),
                "User: arn:aws:sts::111122223333:assumed-role/access/",
                "is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:111122223333:repository/team/app",
                "identity-based policy");
        allowRoleToPull();
        pull(asRole(), OWN);
    }

    @Test
    void inItsOwnAccountTheRepositorysPolicyIsEnoughToo() throws IOException {
        allowInRepository(OWN, ROLE_ARN);
        pull(asRole(), OWN);
    }

    @Test
    void fromAnotherAccountBothMustAgree() throws IOException {
        allowRoleToPull();
        assertDenied(
                () -> pull(asRole(), FOREIGN),
                "ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:444455556666:repository/team/app",
                "resource-based policy");
        allowInRepository(FOREIGN, ROLE_ARN);
        pull(asRole(), FOREIGN);
        iam.deleteRolePolicy(request -> request.roleName("access").policyName("pull"));
        assertDenied(() -> pull(asRole(), FOREIGN), "identity-based policy");
    }

    @Test
    void aRoleThatWasMadeAgainIsNotTheOneThePolicyNamed() throws IOException {
        allowRoleToPull();
        allowInRepository(FOREIGN, ROLE_ARN);
        pull(asRole(), FOREIGN);
        iam.deleteRolePolicy(request -> request.roleName("access").policyName("pull"));
        iam.deleteRolePolicy(request -> request.roleName("access").policyName("login"));
        iam.deleteRole(request -> request.roleName("access"));
        makeRole();
        allowRoleToPull();
        assertDenied(() -> pull(asRole(), FOREIGN), "resource-based policy");
        String shown = cloud.ecr(root(FOREIGN))
                .getRepositoryPolicy(request -> request.repositoryName("team/app"))
                .policyText();
        assertThat(shown).contains("AROA").doesNotContain(ROLE_ARN);
        allowInRepository(FOREIGN, ROLE_ARN);
        pull(asRole(), FOREIGN);
    }

    @Test
    void whoMayPullMayNotPush() {
        allowRoleToPull();
        TestImage other = TestImage.named("other");
        assertDenied(
                () -> asRole().push(OWN + APP, "v2", other.manifest().mediaType(), other.bytes(), other.source()),
                "ecr:InitiateLayerUpload");
    }

    @Test
    void withoutTheRightToLogInThereIsNoPassword() {
        iam.deleteRolePolicy(request -> request.roleName("access").policyName("login"));
        assertThatThrownBy(this::asRole)
                .isInstanceOf(EcrException.class)
                .hasMessageContaining("not authorized to perform: ecr:GetAuthorizationToken on resource: *");
    }

    @Test
    void anotherAccountsRootIsAStranger() {
        assertDenied(() -> pull(cloud.login(root(FOREIGN)), OWN), "resource-based policy");
        assertThatThrownBy(() -> cloud.ecr(root(FOREIGN))
                        .describeImages(request -> request.registryId(OWN).repositoryName("team/app")))
                .isInstanceOfSatisfying(
                        EcrException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
    }

    @Test
    void passwordsEndAndOthersDoNotCount() throws IOException {
        RegistryClient client = cloud.login(root(OWN));
        cloud.later = Duration.ofHours(11);
        pull(client, OWN);
        cloud.later = Duration.ofHours(13);
        assertThatThrownBy(() -> pull(client, OWN))
                .isInstanceOfSatisfying(RemoteFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(RemoteFailure.Kind.UNAUTHORIZED))
                .hasMessageContaining("authorization token has expired")
                .hasMessageContaining("aws ecr get-login-password");
        assertThatThrownBy(() -> pull(cloud.withPassword("guessed"), OWN))
                .isInstanceOfSatisfying(RemoteFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(RemoteFailure.Kind.UNAUTHORIZED))
                .hasMessageNotContaining("guessed");
    }

    @Test
    void passwordsAndImagesOutliveARestart() throws IOException {
        String password = cloud.password(root(OWN));
        cloud.close();
        cloud = new LocalAccounts(directory, store, Optional.empty());
        pull(cloud.withPassword(password), OWN);
    }
}
