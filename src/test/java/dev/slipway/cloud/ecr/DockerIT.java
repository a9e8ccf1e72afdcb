package dev.slipway.cloud.ecr;

import static dev.slipway.cloud.ecr.LocalAccounts.FOREIGN;
import static dev.slipway.cloud.ecr.LocalAccounts.OWN;
import static dev.slipway.cloud.ecr.LocalAccounts.root;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.registry.TestImage;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.trouble.Kind;
import dev.slipway.cloud.trouble.Scope;
import dev.slipway.cloud.trouble.Trouble;
import dev.slipway.testing.DockerDaemon;
import dev.slipway.testing.Programs.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageDetail;

/** The registry as docker sees it: {@code docker login}, {@code push} and {@code pull}, and docker's own words for what is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DockerIT {
    private DockerDaemon docker;
    private LocalAccounts cloud;
    private String host;

    @BeforeAll
    void startDocker(@TempDir Path directory) throws IOException {
        docker = DockerDaemon.start(directory);
    }

    @AfterAll
    void stopDocker() {
        if (docker != null) {
            docker.close();
        }
    }

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        cloud = new LocalAccounts(directory.resolve("data"), Store.inMemory(), Optional.empty());
        host = cloud.uri().getAuthority();
        for (String account : List.of(OWN, FOREIGN)) {
            cloud.ecr(root(account)).createRepository(request -> request.repositoryName("team/app"));
        }
        // An archive of nothing is a layer that every client can unpack.
        TestImage image = TestImage.of(new byte[1024]);
        cloud.install("slipway/hello", "latest", image, Files.createDirectory(directory.resolve("hello")));
        cloud.login(root(FOREIGN))
                .push(
                        FOREIGN + "/us-east-1/team/app",
                        "v1",
                        image.manifest().mediaType(),
                        image.bytes(),
                        image.source());
    }

    @AfterEach
    void stop() throws IOException {
        docker.run("", "logout", host);
        cloud.close();
    }

    private String address(String account, String tag) {
        return host + "/" + account + "/us-east-1/team/app:" + tag;
    }

    private void login(AwsCredentials credentials) throws IOException {
        String password = cloud.password(credentials);
        assertThat(docker.run(password, "login", "--username", "AWS", "--password-stdin", host)
                        .well()
                        .output())
                .contains("Login Succeeded");
    }

    private Ended docker(String... arguments) throws IOException {
        return docker.run("", arguments);
    }

    @Test
    void theGalleryNeedsNoLoginAndEverythingElseDoes() throws IOException {
        docker("pull", host + "/public.ecr.aws/slipway/hello").well();
        docker("pull", address(FOREIGN, "v1")).badly("no login, and only the public gallery is open to all");
        docker.run("guessed", "login", "--username", "AWS", "--password-stdin", host)
                .badly("authorization token has expired or is not known here");
    }

    @Test
    void whatIsPushedIsPulled() throws IOException {
        login(root(FOREIGN));
        docker("pull", address(FOREIGN, "v1")).well();
        login(root(OWN));
        docker("tag", address(FOREIGN, "v1"), address(OWN, "v2")).well();
        docker("push", address(OWN, "v2")).well();
        docker("rmi", "--force", address(FOREIGN, "v1"), address(OWN, "v2")).well();

        Ended pulled = docker("pull", address(OWN, "v2")).well();

        EcrClient ecr = cloud.ecr(root(OWN));
        ImageDetail detail = ecr.describeImages(request -> request.repositoryName("team/app"))
                .imageDetails()
                .get(0);
        assertThat(detail.imageTags()).containsExactly("v2");
        assertThat(detail.imageManifestMediaType()).isEqualTo("application/vnd.docker.distribution.manifest.v2+json");
        assertThat(detail.lastRecordedPullTime()).isNotNull();
        assertThat(pulled.output()).contains("Digest: " + detail.imageDigest());
        docker("pull", address(OWN, "none")).badly("Requested image not found");
    }

    @Test
    void aPullFromAnotherAccountNeedsBothSidesAndDockerNamesWhatIsMissing() throws IOException {
        AwsCredentials ana = cloud.user("ana", ContainerClientsIT.PULL);
        AwsCredentials ben = cloud.user("ben", ContainerClientsIT.LOGIN_ONLY);
        String image = address(FOREIGN, "v1");
        login(ana);
        docker("pull", image)
                .badly("User: arn:aws:iam::111122223333:user/ana is not authorized to perform: ecr:BatchGetImage")
                .badly("no resource-based policy allows the ecr:BatchGetImage action");

        cloud.ecr(root(FOREIGN)).setRepositoryPolicy(request -> request.repositoryName("team/app")
                .policyText(ContainerClientsIT.GRANT));

        docker("pull", image).well();
        docker("push", image).badly("no identity-based policy allows the ecr:InitiateLayerUpload action");
        login(ben);
        docker("pull", image).badly("no identity-based policy allows the ecr:BatchGetImage action");
    }

    @Test
    void dockerBearsTrouble() throws IOException {
        login(root(FOREIGN));
        Scope pulls = new Scope(null, "registry", "BatchGetImage", null);
        cloud.troubles.add(Trouble.of(Kind.THROTTLE, null).in(pulls));
        docker("pull", address(FOREIGN, "v1")).badly("toomanyrequests: Rate exceeded");
        cloud.troubles.clear(any -> true);
        cloud.troubles.add(Trouble.of(Kind.LOST, null)
                .in(new Scope(null, "registry", "GetDownloadUrlForLayer", null))
                .next(1));
        docker("pull", address(FOREIGN, "v1")).well();
        cloud.later = Duration.ofHours(13);
        docker("pull", address(FOREIGN, "v1")).badly("authorization token has expired");
    }
}
