package dev.slipway.cloud.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.registry.RegistryAuthorizer.Verb;
import dev.slipway.cloud.store.Store;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageIndex;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.remote.RegistryClient;
import dev.slipway.oci.remote.RemoteFailure;
import dev.slipway.oci.remote.ResolvedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our client against our registry, with two accounts. */
final class RoundTripTest {
    private static final String APP = RegistryServer.APP.path();
    private static final String OTHER = RegistryServer.OTHER.path();
    private static final String SIBLING = RegistryServer.SIBLING.path();

    @TempDir
    Path directory;

    private RegistryServer registry;
    private RegistryClient client;

    @BeforeEach
    void start() {
        registry = new RegistryServer(directory, Store.inMemory());
        client = registry.client();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private TestImage push(String repository, String tag, byte[] layer) throws IOException {
        TestImage image = TestImage.of(layer);
        Digest digest = client.push(repository, tag, image.manifest().mediaType(), image.bytes(), image.source());
        assertThat(digest).isEqualTo(image.digest());
        return image;
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(5).nextBytes(bytes);
        return bytes;
    }

    @Test
    void whatIsPushedIsPulled() throws IOException {
        byte[] layer = random(3 << 20);
        TestImage image = push(APP, "v1", layer);
        ResolvedImage resolved = client.resolve(APP, "v1");
        assertThat(resolved.manifest()).isEqualTo(image.manifest());
        assertThat(resolved.digest()).isEqualTo(image.digest()).isEqualTo(resolved.manifestDigest());
        assertThat(client.head(APP, "v1")).isEqualTo(image.digest());
        assertThat(client.blob(APP, image.layer()).readAllBytes()).isEqualTo(layer);
        assertThat(client.blobs(APP).open(image.layer().digest()).readAllBytes())
                .isEqualTo(layer);
    }

    @Test
    void anEmptyLayerIsPushedToo() throws IOException {
        TestImage image = push(APP, "v1", new byte[0]);
        assertThat(client.blob(APP, image.layer()).readAllBytes()).isEmpty();
    }

    @Test
    void aPullAsksForNothingMoreThanReading() throws IOException {
        TestImage image = push(APP, "v1", random(100));
        registry.asked();
        registry.denied.add(Verb.CHECK_BLOB);
        client.resolve(APP, "v1");
        client.blob(APP, image.layer()).readAllBytes();
        assertThat(registry.asked())
                .containsExactly("READ_MANIFEST " + RegistryServer.APP, "READ_BLOB " + RegistryServer.APP);
    }

    @Test
    void aCopyInsideARegistrySendsNoLayer() throws IOException {
        TestImage image = push(APP, "v1", random(200));
        registry.asked();
        assertThat(client.copy(APP, "v1", client, SIBLING, "v9")).isEqualTo(image.digest());
        assertThat(registry.asked()).doesNotContain("FINISH_UPLOAD " + RegistryServer.SIBLING);
        assertThat(client.resolve(SIBLING, "v9").manifest()).isEqualTo(image.manifest());
        registry.asked();
        client.copy(APP, "v1", client, SIBLING, "v10");
        assertThat(registry.asked()).doesNotContain("START_UPLOAD " + RegistryServer.SIBLING);
    }

    @Test
    void aCopyToAnotherAccountIsUploadedOnce() throws IOException {
        TestImage image = push(APP, "v1", random(200));
        assertThat(client.copy(APP, "v1", client, OTHER, "v9")).isEqualTo(image.digest());
        registry.asked();
        client.copy(APP, "v1", client, OTHER, "v10");
        assertThat(registry.asked()).doesNotContain("START_UPLOAD " + RegistryServer.OTHER);
    }

    @Test
    void aCopyToAnotherRegistryStreams(@TempDir Path elsewhere) throws IOException {
        TestImage image = push(APP, "v1", random(5 << 20));
        try (RegistryServer second = new RegistryServer(elsewhere, Store.inMemory())) {
            assertThat(client.copy(APP, "v1", second.client(), OTHER, "v1")).isEqualTo(image.digest());
            assertThat(second.client().blob(OTHER, image.layer()).readAllBytes())
                    .hasSize(5 << 20);
        }
    }

    @Test
    void aDenialKeepsTheRegistrysOwnWords() throws IOException {
        push(APP, "v1", random(10));
        registry.denied.add(Verb.READ_MANIFEST);
        assertThatThrownBy(() -> client.resolve(APP, "v1"))
                .isInstanceOfSatisfying(RemoteFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(RemoteFailure.Kind.DENIED))
                .hasMessageContaining("User: x is not authorized to perform: READ_MANIFEST on " + APP);
    }

    @Test
    void aPushThatIsDeniedHalfWaySaysSo() {
        registry.denied.add(Verb.FINISH_UPLOAD);
        assertThatThrownBy(() -> push(APP, "v1", random(8 << 20)))
                .isInstanceOfSatisfying(RemoteFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(RemoteFailure.Kind.DENIED))
                .hasMessageContaining("FINISH_UPLOAD");
    }

    @Test
    void contentThatComesWithTheEndOfAnUploadNeedsTheRightToUploadIt() {
        registry.denied.add(Verb.UPLOAD_PART);
        assertThatThrownBy(() -> push(APP, "v1", random(100))).hasMessageContaining("UPLOAD_PART");
    }

    @Test
    void everyFailureHasItsKind() {
        assertThatThrownBy(() -> client.resolve(APP, "none")).satisfies(kind(RemoteFailure.Kind.NOT_FOUND));
        assertThatThrownBy(() -> client.blobs(APP).open(Digest.of(new byte[0])))
                .satisfies(kind(RemoteFailure.Kind.NOT_FOUND));
        registry.loggedIn = false;
        assertThatThrownBy(() -> client.resolve(APP, "v1"))
                .satisfies(kind(RemoteFailure.Kind.UNAUTHORIZED))
                .hasMessageNotContaining("secret");
        registry.close();
        assertThatThrownBy(() -> client.resolve(APP, "v1"))
                .satisfies(kind(RemoteFailure.Kind.UNREACHABLE))
                .hasMessageContaining("127.0.0.1");
    }

    private static org.assertj.core.api.ThrowingConsumer<Throwable> kind(RemoteFailure.Kind kind) {
        return failure -> assertThat(((RemoteFailure) failure).kind()).isEqualTo(kind);
    }

    @Test
    void aSourceWithOtherContentIsToldAsSuch() {
        TestImage image = TestImage.of(random(50));
        BlobSource wrong = digest -> new ByteArrayInputStream(
                digest.equals(image.layer().digest())
                        ? random(51)
                        : image.blobs().get(digest));
        assertThatThrownBy(() -> client.push(APP, "v1", MediaTypes.OCI_MANIFEST, image.bytes(), wrong))
                .satisfies(kind(RemoteFailure.Kind.BAD_CONTENT))
                .hasMessageContaining("should have 50 bytes");
        assertThatThrownBy(() -> client.resolve(APP, "v1")).satisfies(kind(RemoteFailure.Kind.NOT_FOUND));
    }

    @Test
    void anIndexWithoutLinuxOnAmd64NamesWhatItHas() throws Exception {
        TestImage image = push(APP, "arm", random(9));
        byte[] index = new ImageIndex(
                        MediaTypes.OCI_INDEX,
                        List.of(new ImageIndex.Entry(
                                new Descriptor(MediaTypes.OCI_MANIFEST, image.digest(), image.bytes().length),
                                new Platform("linux", "arm64", "v8"))))
                .toJson();
        assertThat(registry.send("PUT", "/v2/" + APP + "/manifests/all", index).statusCode())
                .isEqualTo(201);
        assertThatThrownBy(() -> client.resolve(APP, "all"))
                .satisfies(kind(RemoteFailure.Kind.WRONG_PLATFORM))
                .hasMessageContaining("not built for linux/amd64, only for linux/arm64/v8");
    }

    @Test
    void aBlobThatRottedOnDiskIsNotPassedOn() throws Exception {
        TestImage image = push(APP, "v1", random(1000));
        Path file = directory.resolve("blobs/sha256/" + image.layer().digest().hex());
        byte[] bytes = java.nio.file.Files.readAllBytes(file);
        bytes[500] ^= 1;
        java.nio.file.Files.write(file, bytes);
        assertThatThrownBy(() -> client.blob(APP, image.layer()).readAllBytes())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("but is sha256:");
    }

    @Test
    void aCatchAllTagIsPlainText() throws IOException {
        TestImage image = push(APP, "a.b_c-1", "x".getBytes(StandardCharsets.UTF_8));
        assertThat(client.head(APP, "a.b_c-1")).isEqualTo(image.digest());
    }
}
