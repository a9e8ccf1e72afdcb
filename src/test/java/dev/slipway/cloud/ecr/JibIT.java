package dev.slipway.cloud.ecr;

import static dev.slipway.cloud.ecr.LocalAccounts.FOREIGN;
import static dev.slipway.cloud.ecr.LocalAccounts.OWN;
import static dev.slipway.cloud.ecr.LocalAccounts.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import dev.slipway.cloud.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.ecr.model.ImageDetail;

/** Jib, which builds and pushes without any daemon, pushes to the registry and builds on what is there. */
final class JibIT {
    @TempDir
    Path directory;

    private LocalAccounts cloud;

    @BeforeAll
    static void allow() {
        // Jib's own switch for registries on this machine.
        System.setProperty("sendCredentialsOverHttp", "true");
    }

    @AfterAll
    static void forbid() {
        System.clearProperty("sendCredentialsOverHttp");
    }

    @BeforeEach
    void start() {
        cloud = new LocalAccounts(directory.resolve("data"), Store.inMemory(), Optional.empty());
        cloud.ecr(root(OWN)).createRepository(request -> request.repositoryName("team/app"));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private RegistryImage image(AwsCredentials credentials, String tag) throws Exception {
        String token = cloud.ecr(credentials)
                .getAuthorizationToken(request -> {})
                .authorizationData()
                .get(0)
                .authorizationToken();
        String[] login = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8).split(":", 2);
        return RegistryImage.named(cloud.uri().getAuthority() + "/" + OWN + "/us-east-1/team/app:" + tag)
                .addCredential(login[0], login[1]);
    }

    private Containerizer with(Containerizer to, String cache) {
        return to.setAllowInsecureRegistries(true)
                .setBaseImageLayersCache(directory.resolve(cache))
                .setApplicationLayersCache(directory.resolve(cache));
    }

    @Test
    void pushesAnImageAndBuildsOnIt() throws Exception {
        Path file = Files.writeString(directory.resolve("hello.txt"), "hello");
        JibContainer pushed = Jib.fromScratch()
                .addLayer(List.of(file), AbsoluteUnixPath.get("/app"))
                .setEntrypoint("/app/hello")
                .containerize(with(Containerizer.to(image(root(OWN), "v1")), "cache"));
        ImageDetail detail = cloud.ecr(root(OWN))
                .describeImages(request -> request.repositoryName("team/app"))
                .imageDetails()
                .get(0);
        assertThat(detail.imageDigest()).isEqualTo(pushed.getDigest().toString());
        assertThat(detail.imageTags()).containsExactly("v1");

        Path archive = directory.resolve("image.tar");
        Jib.from(image(root(OWN), "v1"))
                .containerize(with(Containerizer.to(TarImage.at(archive).named("copy")), "other cache"));
        assertThat(archive).isNotEmptyFile();
    }

    @Test
    void tellsWhyItMayNotPush() {
        assertThatThrownBy(() -> Jib.fromScratch()
                        .setEntrypoint("/x")
                        .containerize(with(Containerizer.to(image(root(FOREIGN), "v1")), "cache")))
                .hasMessageContaining("Unauthorized for")
                .hasMessageContaining("/team/app");
        assertThat(cloud.ecr(root(OWN))
                        .describeImages(request -> request.repositoryName("team/app"))
                        .imageDetails())
                .isEmpty();
    }
}
