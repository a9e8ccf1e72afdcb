package dev.slipway.cloud.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.registry.TestImage;
import dev.slipway.cloud.store.Store;
import dev.slipway.oci.Digest;
import dev.slipway.oci.remote.BearerRegistry;
import dev.slipway.oci.remote.RegistryAuth;
import dev.slipway.oci.remote.RegistryClient;
import dev.slipway.oci.remote.RemoteFailure;
import dev.slipway.oci.remote.ResolvedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local gallery in front of a stand-in for the real one. */
final class GalleryTest {
    private static final String NGINX = "public.ecr.aws/docker/library/nginx";

    @TempDir
    Path directory;

    private final BearerRegistry real = new BearerRegistry();
    private LocalAccounts cloud;
    private RegistryClient client;

    @BeforeEach
    void start() {
        start(Optional.of(RegistryClient.of(real.uri(), RegistryAuth.anonymous())));
    }

    private void start(Optional<RegistryClient> gallery) {
        cloud = new LocalAccounts(directory, Store.inMemory(), gallery);
        client = RegistryClient.of(cloud.uri(), RegistryAuth.anonymous());
    }

    @AfterEach
    void stop() {
        cloud.close();
        real.close();
    }

    private TestImage publish(String tag, String content) {
        TestImage image = TestImage.named(content);
        String base = "/v2/docker/library/nginx";
        real.content.put(base + "/manifests/" + tag, image.bytes());
        real.content.put(base + "/manifests/" + image.digest(), image.bytes());
        image.blobs().forEach((digest, bytes) -> real.content.put(base + "/blobs/" + digest, bytes));
        return image;
    }

    private void install(String tag, TestImage image) throws IOException {
        Map<Digest, Path> files = new HashMap<>();
        for (Map.Entry<Digest, byte[]> blob : image.blobs().entrySet()) {
            files.put(blob.getKey(), Files.write(directory.resolve(blob.getKey().hex()), blob.getValue()));
        }
        cloud.ecr
                .gallery()
                .install("slipway/hello", tag, image.bytes(), image.manifest().mediaType(), files);
    }

    @Test
    void anyoneMayPullWhatIsInstalledHere() throws IOException {
        TestImage hello = TestImage.named("hello");
        install("latest", hello);
        ResolvedImage resolved = client.resolve("public.ecr.aws/slipway/hello", "latest");
        assertThat(resolved.digest()).isEqualTo(hello.digest());
        assertThat(client.blob("public.ecr.aws/slipway/hello", hello.layer()).readAllBytes())
                .hasSize((int) hello.layer().size());
        assertThat(real.log).isEmpty();
    }

    @Test
    void installingAgainMovesTheTag() throws IOException {
        install("latest", TestImage.named("one"));
        install("latest", TestImage.named("two"));
        assertThat(client.head("public.ecr.aws/slipway/hello", "latest"))
                .isEqualTo(TestImage.named("two").digest());
    }

    @Test
    void aWrongFileIsNotInstalled() {
        TestImage hello = TestImage.named("hello");
        assertThatThrownBy(() -> {
                    Path file = Files.write(directory.resolve("x"), new byte[] {1, 2, 3});
                    cloud.ecr
                            .gallery()
                            .install(
                                    "slipway/hello",
                                    "latest",
                                    hello.bytes(),
                                    hello.manifest().mediaType(),
                                    Map.of(hello.layer().digest(), file));
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void otherImagesAreFetchedOnceAndKept() throws IOException {
        TestImage nginx = publish("1.27", "nginx");
        for (int i = 0; i < 2; i++) {
            assertThat(client.resolve(NGINX, "1.27").digest()).isEqualTo(nginx.digest());
            assertThat(client.blob(NGINX, nginx.layer()).readAllBytes())
                    .hasSize((int) nginx.layer().size());
        }
        assertThat(real.log)
                .filteredOn(line -> line.contains("/manifests/"))
                .hasSize(2); // the first meets the challenge
        assertThat(real.log).filteredOn(line -> line.contains("/blobs/")).hasSize(1);
    }

    @Test
    void aTagIsLookedUpAgainAfterAWhile() throws IOException {
        publish("1", "old");
        client.resolve(NGINX, "1");
        TestImage fresh = publish("1", "new");
        assertThat(client.head(NGINX, "1")).isNotEqualTo(fresh.digest());
        cloud.later = Duration.ofMinutes(11);
        assertThat(client.head(NGINX, "1")).isEqualTo(fresh.digest());
    }

    @Test
    void whatWasFetchedServesWhileTheNetworkIsAway() throws IOException {
        TestImage nginx = publish("1", "nginx");
        client.resolve(NGINX, "1");
        client.blob(NGINX, nginx.layer()).readAllBytes();
        real.failure = 503;
        cloud.later = Duration.ofHours(20);
        assertThat(client.resolve(NGINX, "1").digest()).isEqualTo(nginx.digest());
    }

    @Test
    void withoutANetworkTheMessageNamesWhatThereIs() throws IOException {
        install("latest", TestImage.named("hello"));
        real.close();
        assertThatThrownBy(() -> client.resolve(NGINX, "1"))
                .isInstanceOfSatisfying(RemoteFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(RemoteFailure.Kind.NOT_FOUND))
                .hasMessageContaining(NGINX + ":1 is not in the local gallery, and the real one can't be reached now")
                .hasMessageContaining("the local gallery has public.ecr.aws/slipway/hello:latest");
    }

    @Test
    void aNameThatIsNowhereIsToldAsSuch() {
        assertThatThrownBy(() -> client.resolve(NGINX, "9"))
                .hasMessageContaining("is neither in the local gallery nor in the real one")
                .hasMessageContaining("the local gallery is empty");
    }

    @Test
    void aCloudWithoutANetworkAsksNobody() {
        cloud.close();
        start(Optional.empty());
        assertThatThrownBy(() -> client.resolve(NGINX, "1")).hasMessageContaining("does not fetch from the real one");
        assertThat(real.log).isEmpty();
    }

    @Test
    void nobodyPushesToTheGallery() {
        TestImage hello = TestImage.named("hello");
        assertThatThrownBy(() -> client.push(
                        "public.ecr.aws/slipway/hello",
                        "x",
                        hello.manifest().mediaType(),
                        hello.bytes(),
                        hello.source()))
                .isInstanceOfSatisfying(RemoteFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(RemoteFailure.Kind.DENIED))
                .hasMessageContaining("takes images in the public gallery");
    }
}
