package dev.slipway.cloud.ecr;

import static dev.slipway.cloud.ecr.LocalAccounts.FOREIGN;
import static dev.slipway.cloud.ecr.LocalAccounts.OWN;
import static dev.slipway.cloud.ecr.LocalAccounts.root;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.registry.TestImage;
import dev.slipway.cloud.store.Store;
import dev.slipway.testing.Programs;
import dev.slipway.testing.Programs.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/** The registry as the programs see it that people really push and pull with. */
final class ContainerClientsIT {
    static final String PULL = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*","Action":
             ["ecr:GetAuthorizationToken","ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]}]}""";
    static final String LOGIN_ONLY = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*","Action":"ecr:GetAuthorizationToken"}]}""";
    static final String GRANT = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},
             "Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]}]}""";

    // podman leaves layers behind that only it can remove in every case.
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private LocalAccounts cloud;
    private EcrClient foreign;
    private String host;

    @BeforeEach
    void start() throws IOException {
        cloud = new LocalAccounts(directory.resolve("data"), Store.inMemory(), Optional.empty());
        host = cloud.uri().getAuthority();
        foreign = cloud.ecr(root(FOREIGN));
        for (String account : List.of(OWN, FOREIGN)) {
            cloud.ecr(root(account)).createRepository(request -> request.repositoryName("team/app"));
        }
        // An archive of nothing is a layer that every client can unpack.
        TestImage image = TestImage.of(new byte[1024]);
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
        cloud.close();
        // An ordinary user's podman leaves a process that holds its namespace.
        Path pause = directory.resolve("libpod/tmp/pause.pid");
        if (Files.exists(pause)) {
            long pid = Long.parseLong(Files.readString(pause).strip());
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private String address(String account, String tag) {
        return host + "/" + account + "/us-east-1/team/app:" + tag;
    }

    private String password(AwsCredentials credentials) {
        return "AWS:" + cloud.password(credentials);
    }

    private Ended run(List<String> command) throws IOException {
        return Programs.run(directory, Map.of("XDG_RUNTIME_DIR", directory.toString()), "", command);
    }

    private Ended skopeo(AwsCredentials credentials, String from, String to) throws IOException {
        List<String> command = new ArrayList<>(List.of("skopeo", "copy"));
        String login = password(credentials);
        for (String side : List.of("src", "dest")) {
            boolean remote = (side.equals("src") ? from : to).startsWith("docker:");
            if (remote) {
                command.addAll(List.of("--" + side + "-tls-verify=false", "--" + side + "-creds", login));
            }
        }
        command.addAll(List.of(from, to));
        return run(command);
    }

    private Ended podman(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "podman",
                "--root",
                directory.resolve("podman").toString(),
                "--runroot",
                directory.resolve("podman-run").toString(),
                "--storage-driver",
                "vfs"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private Stream<String> tags(String account) {
        return cloud.ecr(root(account)).listImages(request -> request.repositoryName("team/app")).imageIds().stream()
                .map(ImageIdentifier::imageTag);
    }

    @Test
    void skopeoCopiesOutAndIn() throws IOException {
        Programs.need("skopeo");
        String layout = "oci:" + directory.resolve("layout") + ":v1";
        skopeo(root(FOREIGN), "docker://" + address(FOREIGN, "v1"), layout).well();
        skopeo(root(OWN), layout, "docker://" + address(OWN, "v2")).well();
        assertThat(tags(OWN)).containsExactly("v2");
        run(List.of(
                        "skopeo",
                        "delete",
                        "--tls-verify=false",
                        "--creds",
                        password(root(OWN)),
                        "docker://" + address(OWN, "v2")))
                .well();
        assertThat(tags(OWN)).isEmpty();
    }

    @Test
    void podmanPullsAndPushes() throws IOException {
        Programs.need("podman");
        podman("pull", "--tls-verify=false", "--creds", password(root(FOREIGN)), address(FOREIGN, "v1"))
                .well();
        podman("push", "--tls-verify=false", "--creds", password(root(OWN)), address(FOREIGN, "v1"), address(OWN, "v3"))
                .well();
        assertThat(tags(OWN)).containsExactly("v3");
        podman("rmi", "--all").well();
    }

    @Test
    void aPullFromAnotherAccountNeedsBothSidesAndEachClientNamesWhatIsMissing() throws IOException {
        Programs.need("skopeo");
        AwsCredentials ana = cloud.user("ana", PULL);
        AwsCredentials ben = cloud.user("ben", LOGIN_ONLY);
        String from = "docker://" + address(FOREIGN, "v1");
        String to = "dir:" + Files.createDirectories(directory.resolve("copy"));
        skopeo(ana, from, to)
                .badly("no resource-based policy allows the ecr:BatchGetImage action")
                .badly("arn:aws:iam::111122223333:user/ana");
        foreign.setRepositoryPolicy(
                request -> request.repositoryName("team/app").policyText(GRANT));
        skopeo(ben, from, to).badly("no identity-based policy allows the ecr:BatchGetImage action");
        skopeo(ana, from, to).well();
        skopeo(ana, "dir:" + directory.resolve("copy"), "docker://" + address(FOREIGN, "v2"))
                .badly("403 (Forbidden)");
    }

    @Test
    void podmanNamesWhatIsMissingToo() throws IOException {
        Programs.need("podman");
        AwsCredentials ana = cloud.user("ana", PULL);
        AwsCredentials ben = cloud.user("ben", LOGIN_ONLY);
        pull(ana).badly("no resource-based policy allows the ecr:BatchGetImage action");
        foreign.setRepositoryPolicy(
                request -> request.repositoryName("team/app").policyText(GRANT));
        pull(ben).badly("no identity-based policy allows the ecr:BatchGetImage action");
        pull(ana).well();
        podman("rmi", "--all").well();
    }

    private Ended pull(AwsCredentials credentials) throws IOException {
        return podman("pull", "--tls-verify=false", "--creds", password(credentials), address(FOREIGN, "v1"));
    }
}
