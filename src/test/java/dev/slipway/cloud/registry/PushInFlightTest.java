package dev.slipway.cloud.registry;

import static dev.slipway.cloud.registry.RegistryServer.APP;
import static dev.slipway.cloud.registry.RegistryServer.SIBLING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.store.Store;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a push relies on is there when the push comes to its end. */
final class PushInFlightTest {
    private static final byte[] NONE = new byte[0];
    private static final String BASE = "/v2/" + APP.path();

    @TempDir
    private Path directory;

    private final Store store = Store.inMemory();
    private final TestImage image = TestImage.named("one");
    private RegistryServer registry;

    @BeforeEach
    void start() {
        registry = new RegistryServer(directory, store);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private void pushBlobs() throws Exception {
        for (byte[] blob : image.blobs().values()) {
            String upload = BASE + "/blobs/uploads/?digest=" + Digest.of(blob);
            assertThat(registry.send("POST", upload, blob).statusCode()).isEqualTo(201);
        }
    }

    private int pushManifest() throws Exception {
        return registry.send("PUT", BASE + "/manifests/v1", image.bytes(), "Content-Type", MediaTypes.OCI_MANIFEST)
                .statusCode();
    }

    private void passAndCollect(Duration time) throws Exception {
        registry.now = registry.now.plus(time);
        registry.content.collect();
    }

    @Test
    void layersWaitForTheirImageButNotForever() throws Exception {
        pushBlobs();
        passAndCollect(Duration.ofMinutes(59));
        assertThat(pushManifest()).isEqualTo(201);
        registry.send("DELETE", BASE + "/manifests/v1", NONE);
        passAndCollect(Duration.ofMinutes(59));
        assertThat(pushManifest()).as("just before the hour is over").isEqualTo(400);
    }

    @Test
    void whatAClientWasToldIsThereStays() throws Exception {
        pushBlobs();
        registry.now = registry.now.plus(Duration.ofMinutes(59));
        for (Digest digest : image.blobs().keySet()) {
            assertThat(registry.send("HEAD", BASE + "/blobs/" + digest, NONE).statusCode())
                    .isEqualTo(200);
        }
        passAndCollect(Duration.ofMinutes(59));
        assertThat(pushManifest()).isEqualTo(201);
    }

    @Test
    void whileAnotherLayerIsOnItsWayTheFirstOnesStay() throws Exception {
        pushBlobs();
        String upload = registry.send("POST", BASE + "/blobs/uploads/", NONE)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        for (int i = 0; i < 5; i++) {
            registry.now = registry.now.plus(Duration.ofMinutes(40));
            assertThat(registry.send("PATCH", upload, new byte[] {1}).statusCode())
                    .isEqualTo(202);
            registry.content.collect();
        }
        assertThat(pushManifest()).isEqualTo(201);
    }

    @Test
    void anotherRepositorysPushKeepsNothing() throws Exception {
        pushBlobs();
        registry.now = registry.now.plus(Duration.ofHours(2));
        registry.send("POST", "/v2/" + SIBLING.path() + "/blobs/uploads/", NONE);
        registry.content.collect();
        assertThat(pushManifest()).isEqualTo(400);
    }

    @Test
    void aClockThatIsMadeToJumpAgesNothing() throws Exception {
        pushBlobs();
        String upload = registry.send("POST", BASE + "/blobs/uploads/", NONE)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        registry.jump = Duration.ofDays(30);
        registry.content.collect();
        assertThat(registry.send("PATCH", upload, new byte[] {1}).statusCode()).isEqualTo(202);
        assertThat(pushManifest()).isEqualTo(201);
    }

    @Test
    void whatWasAcknowledgedIsThereAfterACrash() throws Exception {
        pushBlobs();
        // Nothing is closed: the next process finds what is on disk and in the store.
        try (RegistryServer next = new RegistryServer(directory, store)) {
            assertThat(next.send("PUT", BASE + "/manifests/v1", image.bytes(), "Content-Type", MediaTypes.OCI_MANIFEST)
                            .statusCode())
                    .isEqualTo(201);
            assertThat(next.send("GET", BASE + "/blobs/" + image.layer().digest(), NONE)
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
