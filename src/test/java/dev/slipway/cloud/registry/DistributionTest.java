package dev.slipway.cloud.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cloud.store.Store;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageIndex;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the distribution specification 1.1 says beyond pulling and pushing: referrers, deletes, sessions of uploads, what is collected. */
final class DistributionTest {
    private static final byte[] NONE = {};
    private static final byte[] BLOB = "0123456789".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Digest.of(BLOB);
    private static final Digest LONG_DIGEST = new Digest("sha512", "0".repeat(128)).ofSameKind(BLOB);
    private static final String APP = "/v2/111122223333/us-east-1/team/app";

    @TempDir
    Path directory;

    private RegistryServer registry;

    @BeforeEach
    void start() {
        registry = new RegistryServer(directory, Store.inMemory());
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) throws Exception {
        return registry.send(method, path, body, headers);
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private void pushBlob(byte[] blob) throws Exception {
        assertThat(send("POST", APP + "/blobs/uploads/?digest=" + Digest.of(blob), blob)
                        .statusCode())
                .isEqualTo(201);
    }

    private TestImage pushImage(String name, String... references) throws Exception {
        TestImage image = TestImage.named(name);
        for (byte[] blob : image.blobs().values()) {
            pushBlob(blob);
        }
        for (String reference : references) {
            assertThat(send(
                                    "PUT",
                                    APP + "/manifests/" + reference,
                                    image.bytes(),
                                    "Content-Type",
                                    MediaTypes.OCI_MANIFEST)
                            .statusCode())
                    .isEqualTo(201);
        }
        return image;
    }

    private HttpResponse<byte[]> pushSignature(TestImage subject, String type) throws Exception {
        byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
        pushBlob(empty);
        String document = """
                {"schemaVersion":2,"mediaType":"%s","artifactType":"%s",
                 "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},
                 "layers":[{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2}],
                 "subject":{"mediaType":"%s","digest":"%s","size":%d},
                 "annotations":{"by":"ana"}}""".formatted(
                        MediaTypes.OCI_MANIFEST,
                        type,
                        Digest.of(empty),
                        Digest.of(empty),
                        MediaTypes.OCI_MANIFEST,
                        subject.digest(),
                        subject.bytes().length);
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        return send("PUT", APP + "/manifests/" + Digest.of(bytes), bytes, "Content-Type", MediaTypes.OCI_MANIFEST);
    }

    private JsonNode referrers(Digest subject, String query) throws Exception {
        HttpResponse<byte[]> answer = send("GET", APP + "/referrers/" + subject + query, NONE);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).isEqualTo(MediaTypes.OCI_INDEX);
        return new ObjectMapper().readTree(answer.body()).path("manifests");
    }

    @Test
    void whatIsAboutAnImageIsListedAsItsReferrers() throws Exception {
        TestImage image = pushImage("signed", "v1");
        HttpResponse<byte[]> signature = pushSignature(image, "application/vnd.example.signature");
        assertThat(signature.statusCode()).isEqualTo(201);
        assertThat(header(signature, "OCI-Subject")).isEqualTo(image.digest().toString());
        pushSignature(image, "application/vnd.example.sbom");

        assertThat(referrers(image.digest(), "")).hasSize(2);
        JsonNode filtered = referrers(image.digest(), "?artifactType=application%2Fvnd.example.signature");
        assertThat(filtered).hasSize(1);
        assertThat(filtered.get(0).path("artifactType").asText()).isEqualTo("application/vnd.example.signature");
        assertThat(filtered.get(0).path("annotations").path("by").asText()).isEqualTo("ana");
        assertThat(filtered.get(0).path("size").asInt()).isPositive();
        HttpResponse<byte[]> answer = send("GET", APP + "/referrers/" + image.digest() + "?artifactType=a%2Fb", NONE);
        assertThat(header(answer, "OCI-Filters-Applied")).isEqualTo("artifactType");
        assertThat(referrers(Digest.of(BLOB), "")).isEmpty();
        assertThat(send("GET", APP + "/referrers/v1", NONE).statusCode()).isEqualTo(400);
    }

    @Test
    void aTagIsDeletedAndTheLastOneTakesItsImageAlong() throws Exception {
        TestImage image = pushImage("one", "v1", "v2");
        assertThat(send("DELETE", APP + "/manifests/v1", NONE).statusCode()).isEqualTo(202);
        assertThat(send("HEAD", APP + "/manifests/v1", NONE).statusCode()).isEqualTo(404);
        assertThat(send("HEAD", APP + "/manifests/" + image.digest(), NONE).statusCode())
                .isEqualTo(200);
        assertThat(send("DELETE", APP + "/manifests/v2", NONE).statusCode()).isEqualTo(202);
        assertThat(send("HEAD", APP + "/manifests/" + image.digest(), NONE).statusCode())
                .isEqualTo(404);
        assertThat(send("DELETE", APP + "/manifests/v2", NONE).statusCode()).isEqualTo(404);
    }

    @Test
    void anImageThatAnIndexNamesIsNotDeleted() throws Exception {
        TestImage image = pushImage("one", TestImage.named("one").digest().toString());
        byte[] index = new ImageIndex(
                        MediaTypes.OCI_INDEX,
                        List.of(new ImageIndex.Entry(
                                new dev.slipway.oci.Descriptor(
                                        MediaTypes.OCI_MANIFEST, image.digest(), image.bytes().length),
                                new Platform("linux", "amd64", ""))))
                .toJson();
        assertThat(send("PUT", APP + "/manifests/all", index, "Content-Type", MediaTypes.OCI_INDEX)
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<byte[]> refused = send("DELETE", APP + "/manifests/" + image.digest(), NONE);
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(text(refused)).contains("Requested image referenced by manifest list: [" + Digest.of(index) + "]");
        assertThat(send("DELETE", APP + "/manifests/" + Digest.of(index), NONE).statusCode())
                .isEqualTo(202);
        assertThat(send("DELETE", APP + "/manifests/" + image.digest(), NONE).statusCode())
                .isEqualTo(202);
    }

    @Test
    void aManifestMustTellTheSizesThatItsBlobsHave() throws Exception {
        TestImage image = TestImage.named("one");
        for (byte[] blob : image.blobs().values()) {
            pushBlob(blob);
        }
        String wrong = new String(image.bytes(), StandardCharsets.UTF_8)
                .replace(
                        "\"size\":" + image.layer().size(),
                        "\"size\":" + (image.layer().size() + 1));
        HttpResponse<byte[]> answer = send(
                "PUT",
                APP + "/manifests/v1",
                wrong.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                MediaTypes.OCI_MANIFEST);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer))
                .contains("MANIFEST_INVALID", "but it has " + image.layer().size());
    }

    @Test
    void anUploadInChunksMayEndWithSha512() throws Exception {
        for (String start : List.of("", "?digest-algorithm=sha512")) {
            String at = header(send("POST", APP + "/blobs/uploads/" + start, NONE), "Location");
            send("PATCH", at, BLOB, "Content-Range", "0-9");
            assertThat(send("PUT", at + "?digest=" + LONG_DIGEST, NONE).statusCode())
                    .isEqualTo(201);
            assertThat(send("GET", APP + "/blobs/" + LONG_DIGEST, NONE).body()).isEqualTo(BLOB);
        }
    }

    @Test
    void aChunkThatDoesNotFitIsToldWhereToGoOn() throws Exception {
        String at = header(send("POST", APP + "/blobs/uploads/", NONE), "Location");
        send("PATCH", at, BLOB, "Content-Range", "0-9");
        for (String range : List.of("0-9", "11-20", "9-8", "10-12", "x")) {
            HttpResponse<byte[]> answer = send("PATCH", at, BLOB, "Content-Range", range);
            assertThat(answer.statusCode()).as(range).isEqualTo(416);
            assertThat(header(answer, "Range")).isEqualTo("0-9");
            assertThat(header(answer, "Location")).isEqualTo(at);
        }
        assertThat(send("PATCH", at, BLOB, "Content-Range", "10-19").statusCode())
                .isEqualTo(202);
    }

    @Test
    void anUploadTakesOneWriterAtATime() throws Exception {
        String at = header(send("POST", APP + "/blobs/uploads/", NONE), "Location");
        try (Socket slow =
                new Socket(InetAddress.getLoopbackAddress(), registry.uri("/").getPort())) {
            String head = "PATCH " + at + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 20\r\n\r\n";
            slow.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            slow.getOutputStream().write(BLOB);
            HttpResponse<byte[]> status = send("GET", at, NONE);
            for (int i = 0; i < 500 && !header(status, "Range").equals("0-9"); i++) {
                status = send("GET", at, NONE);
            }
            assertThat(header(status, "Range")).isEqualTo("0-9");
            assertThat(send("PATCH", at, BLOB).statusCode()).isEqualTo(409);
            assertThat(send("PUT", at + "?digest=" + DIGEST, NONE).statusCode()).isEqualTo(409);
            assertThat(send("DELETE", at, NONE).statusCode()).isEqualTo(409);
            slow.getOutputStream().write(BLOB);
            assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 202 ");
        }
        byte[] whole = "01234567890123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(send("PUT", at + "?digest=" + Digest.of(whole), NONE).statusCode())
                .isEqualTo(201);
    }

    @Test
    void blobsOfADeletedImageGoAfterAWhileButNotThoseThatAnotherImageNeeds() throws Exception {
        TestImage image = pushImage("one", "v1");
        pushImage("two", "v2");
        registry.now = registry.now.plus(Duration.ofDays(1));
        send("DELETE", APP + "/manifests/v1", NONE);
        pushBlob(BLOB);
        registry.content.collect();
        assertThat(send("HEAD", APP + "/blobs/" + image.layer().digest(), NONE).statusCode())
                .isEqualTo(404);
        assertThat(send("HEAD", APP + "/blobs/" + TestImage.named("two").layer().digest(), NONE)
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("HEAD", APP + "/blobs/" + DIGEST, NONE).statusCode())
                .as("its image may still come")
                .isEqualTo(200);
    }

    @Test
    void aBlobThatIsPushedAgainIsYoungAgain() throws Exception {
        pushBlob(BLOB);
        registry.now = registry.now.plus(Duration.ofMinutes(50));
        pushBlob(BLOB);
        registry.now = registry.now.plus(Duration.ofMinutes(50));
        registry.content.collect();
        assertThat(send("GET", APP + "/blobs/" + DIGEST, NONE).body()).isEqualTo(BLOB);
    }

    @Test
    void theLastPullIsRemembered() throws Exception {
        pushImage("one", "v1");
        assertThat(registry.content.find(RegistryServer.APP, "v1").orElseThrow().lastPull())
                .isEmpty();
        registry.now = registry.now.plus(Duration.ofMinutes(5));
        send("HEAD", APP + "/manifests/v1", NONE);
        assertThat(registry.content.find(RegistryServer.APP, "v1").orElseThrow().lastPull())
                .isEmpty();
        send("GET", APP + "/manifests/v1", NONE);
        assertThat(registry.content.find(RegistryServer.APP, "v1").orElseThrow().lastPull())
                .contains(registry.now);
    }

    @Test
    void tooManyUnfinishedUploadsAreRefusedUntilOldOnesAreDropped() throws Exception {
        for (int i = 0; i < 256; i++) {
            registry.content.uploads().start(RegistryServer.APP, "sha256");
        }
        assertThat(send("POST", APP + "/blobs/uploads/", NONE).statusCode()).isEqualTo(429);
        registry.now = registry.now.plus(Duration.ofMinutes(2));
        assertThat(send("POST", APP + "/blobs/uploads/", NONE).statusCode()).isEqualTo(202);
    }
}
