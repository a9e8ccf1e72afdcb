package dev.slipway.cloud.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cloud.registry.RegistryAuthorizer.Verb;
import dev.slipway.cloud.registry.RepositoryDirectory.Rules;
import dev.slipway.cloud.store.Store;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageIndex;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The distribution specification's verbs over real HTTP. */
final class RegistryTest {
    private static final byte[] NONE = {};
    private static final byte[] BLOB = "0123456789".getBytes(StandardCharsets.UTF_8);
    private static final Digest DIGEST = Digest.of(BLOB);
    private static final String APP = "/v2/111122223333/us-east-1/team/app";

    @TempDir
    Path directory;

    private final Store store = Store.inMemory();
    private RegistryServer registry;

    @BeforeEach
    void start() {
        registry = new RegistryServer(directory, store);
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

    private HttpResponse<byte[]> pushImage(TestImage image, String reference) throws Exception {
        for (byte[] blob : image.blobs().values()) {
            pushBlob(blob);
        }
        return send("PUT", APP + "/manifests/" + reference, image.bytes(), "Content-Type", MediaTypes.OCI_MANIFEST);
    }

    @Test
    void theBaseAsksForALogin() throws Exception {
        assertThat(send("GET", "/v2/", NONE).statusCode()).isEqualTo(200);
        registry.loggedIn = false;
        HttpResponse<byte[]> answer = send("GET", "/v2/", NONE);
        assertThat(answer.statusCode()).isEqualTo(401);
        String host = registry.uri("").getAuthority();
        assertThat(header(answer, "WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"http://" + host + "/v2/token\",service=\"" + host + "\"");
        assertThat(header(answer, "Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
        assertThat(text(answer)).isEqualTo("{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"log in first\"}]}");
    }

    @Test
    void aBlobGoesUpInOneRequest() throws Exception {
        pushBlob(BLOB);
        HttpResponse<byte[]> answer = send("GET", APP + "/blobs/" + DIGEST, NONE);
        assertThat(answer.body()).isEqualTo(BLOB);
        assertThat(header(answer, "Docker-Content-Digest")).isEqualTo(DIGEST.toString());
        HttpResponse<byte[]> head = send("HEAD", APP + "/blobs/" + DIGEST, NONE);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "Content-Length")).isEqualTo("10");
    }

    @Test
    void aBlobGoesUpInChunks() throws Exception {
        HttpResponse<byte[]> started = send("POST", APP + "/blobs/uploads/", NONE);
        assertThat(started.statusCode()).isEqualTo(202);
        String at = header(started, "Location");
        assertThat(at).startsWith(APP + "/blobs/uploads/");
        HttpResponse<byte[]> first =
                send("PATCH", at, "01234".getBytes(StandardCharsets.UTF_8), "Content-Range", "0-4");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(header(first, "Range")).isEqualTo("0-4");
        byte[] rest = "567".getBytes(StandardCharsets.UTF_8);
        assertThat(send("PATCH", at, rest, "Content-Range", "7-9").statusCode()).isEqualTo(416);
        assertThat(send("PATCH", at, rest, "Content-Range", "5-7").statusCode()).isEqualTo(202);
        HttpResponse<byte[]> status = send("GET", at, NONE);
        assertThat(status.statusCode()).isEqualTo(204);
        assertThat(header(status, "Range")).isEqualTo("0-7");
        HttpResponse<byte[]> finished = send("PUT", at + "?digest=" + DIGEST, "89".getBytes(StandardCharsets.UTF_8));
        assertThat(finished.statusCode()).isEqualTo(201);
        assertThat(send("GET", header(finished, "Location"), NONE).body()).isEqualTo(BLOB);
        assertThat(send("PUT", at + "?digest=" + DIGEST, NONE).statusCode()).isEqualTo(404);
    }

    @Test
    void contentThatIsNotWhatItIsCalledIsRefusedAndGone() throws Exception {
        HttpResponse<byte[]> answer = send("POST", APP + "/blobs/uploads/?digest=" + DIGEST, new byte[] {1, 2, 3});
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("DIGEST_INVALID", "should be " + DIGEST);
        assertThat(send("HEAD", APP + "/blobs/" + DIGEST, NONE).statusCode()).isEqualTo(404);
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void takesSha512Too() throws Exception {
        Digest digest = new Digest("sha512", "0".repeat(128)).ofSameKind(BLOB);
        assertThat(send("POST", APP + "/blobs/uploads/?digest=" + digest, BLOB).statusCode())
                .isEqualTo(201);
        assertThat(send("GET", APP + "/blobs/" + digest, NONE).body()).isEqualTo(BLOB);
    }

    @Test
    void anUploadCanBeGivenUp() throws Exception {
        String at = header(send("POST", APP + "/blobs/uploads/", NONE), "Location");
        assertThat(send("DELETE", at, NONE).statusCode()).isEqualTo(204);
        assertThat(send("PATCH", at, BLOB).statusCode()).isEqualTo(404);
    }

    @Test
    void anUploadThatWasForgottenIsDropped() throws Exception {
        String at = header(send("POST", APP + "/blobs/uploads/", NONE), "Location");
        registry.now = registry.now.plusSeconds(3601);
        send("POST", APP + "/blobs/uploads/", NONE);
        assertThat(send("PATCH", at, BLOB).statusCode()).isEqualTo(404);
    }

    @Test
    void anUploadBelongsToItsRepository() throws Exception {
        String at = header(send("POST", APP + "/blobs/uploads/", NONE), "Location");
        String elsewhere = at.replace(APP, "/v2/444455556666/eu-west-1/app");
        assertThat(send("PUT", elsewhere + "?digest=" + DIGEST, BLOB).statusCode())
                .isEqualTo(404);
    }

    @TestFactory
    Stream<DynamicTest> answersRanges() {
        return Stream.of(
                range("bytes=2-4", 206, "234", "bytes 2-4/10"),
                range("bytes=7-", 206, "789", "bytes 7-9/10"),
                range("bytes=-3", 206, "789", "bytes 7-9/10"),
                range("bytes=8-99", 206, "89", "bytes 8-9/10"),
                range("bytes=10-", 416, null, "bytes */10"),
                range("bytes=5-2", 416, null, "bytes */10"),
                range("bytes=0-1,3-4", 200, "0123456789", ""),
                range("lines=1-2", 200, "0123456789", ""));
    }

    private DynamicTest range(String asked, int status, String body, String told) {
        return DynamicTest.dynamicTest(asked, () -> {
            pushBlob(BLOB);
            HttpResponse<byte[]> answer = send("GET", APP + "/blobs/" + DIGEST, NONE, "Range", asked);
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(header(answer, "Content-Range")).isEqualTo(told);
            assertThat(answer.headers().allValues("Content-Type")).hasSize(1);
            if (body != null) {
                assertThat(text(answer)).isEqualTo(body);
            }
        });
    }

    @Test
    void anImageIsFoundByTagAndByDigest() throws Exception {
        TestImage image = TestImage.named("one");
        HttpResponse<byte[]> pushed = pushImage(image, "v1");
        assertThat(pushed.statusCode()).isEqualTo(201);
        assertThat(header(pushed, "Location")).isEqualTo(APP + "/manifests/" + image.digest());
        for (String reference : List.of("v1", image.digest().toString())) {
            HttpResponse<byte[]> answer = send("GET", APP + "/manifests/" + reference, NONE);
            assertThat(answer.body()).isEqualTo(image.bytes());
            assertThat(header(answer, "Content-Type")).isEqualTo(MediaTypes.OCI_MANIFEST);
            assertThat(header(answer, "Docker-Content-Digest"))
                    .isEqualTo(image.digest().toString());
            HttpResponse<byte[]> head = send("HEAD", APP + "/manifests/" + reference, NONE);
            assertThat(header(head, "Content-Length")).isEqualTo(String.valueOf(image.bytes().length));
        }
        assertThat(send("GET", APP + "/manifests/v2", NONE).statusCode()).isEqualTo(404);
    }

    @Test
    void aManifestNeedsItsBlobs() throws Exception {
        TestImage image = TestImage.named("one");
        HttpResponse<byte[]> answer = send("PUT", APP + "/manifests/v1", image.bytes());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer))
                .contains("MANIFEST_BLOB_UNKNOWN")
                .contains("Layers with digests '" + List.copyOf(image.blobs().keySet())
                        + "' required for pushing image into repository with name 'team/app' in the registry with id"
                        + " '111122223333' do not exist");
    }

    @Test
    void aManifestMustBeOne() throws Exception {
        assertThat(text(send("PUT", APP + "/manifests/v1", BLOB))).contains("MANIFEST_INVALID");
        assertThat(text(send("PUT", APP + "/manifests/v1", new byte[(4 << 20) + 1])))
                .contains("larger than");
        TestImage image = TestImage.named("one");
        assertThat(text(pushImage(image, Digest.of(BLOB).toString()))).contains("DIGEST_INVALID");
        assertThat(send("PUT", APP + "/manifests/-bad", image.bytes()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void anIndexNeedsItsManifests() throws Exception {
        TestImage image = TestImage.named("one");
        byte[] index = new ImageIndex(
                        MediaTypes.OCI_INDEX,
                        List.of(new ImageIndex.Entry(
                                new dev.slipway.oci.Descriptor(
                                        MediaTypes.OCI_MANIFEST, image.digest(), image.bytes().length),
                                Platform.LINUX_AMD64)))
                .toJson();
        assertThat(text(send("PUT", APP + "/manifests/all", index)))
                .contains("MANIFEST_BLOB_UNKNOWN", "Images with digests '[" + image.digest() + "]' required");
        pushImage(image, image.digest().toString());
        assertThat(send("PUT", APP + "/manifests/all", index).statusCode()).isEqualTo(201);
        assertThat(registry.client()
                        .resolve("111122223333/us-east-1/team/app", "all")
                        .manifestDigest())
                .isEqualTo(image.digest());
    }

    @Test
    void aTagMovesUnlessItIsFrozen() throws Exception {
        pushImage(TestImage.named("one"), "v1");
        pushImage(TestImage.named("two"), "v1");
        registry.repositories.put(RegistryServer.APP, new Rules(true, tag -> tag.equals("v1"), false, Upstream.NONE));
        assertThat(pushImage(TestImage.named("two"), "v1").statusCode()).isEqualTo(201);
        HttpResponse<byte[]> answer = pushImage(TestImage.named("three"), "v1");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("TAG_INVALID", "immutable");
        assertThat(pushImage(TestImage.named("three"), "v2").statusCode()).isEqualTo(201);
        assertThat(registry.pushes)
                .containsExactly(
                        RegistryServer.APP + " v1 " + TestImage.named("one").digest(),
                        RegistryServer.APP + " v1 " + TestImage.named("two").digest(),
                        RegistryServer.APP + " v2 " + TestImage.named("three").digest());
    }

    @Test
    void listsTagsInPages() throws Exception {
        for (String tag : List.of("c", "a", "d", "b")) {
            pushImage(TestImage.named(tag), tag);
        }
        HttpResponse<byte[]> first = send("GET", APP + "/tags/list?n=3", NONE);
        assertThat(text(first))
                .isEqualTo("{\"name\":\"111122223333/us-east-1/team/app\",\"tags\":[\"a\",\"b\",\"c\"]}");
        assertThat(header(first, "Link")).isEqualTo("<" + APP + "/tags/list?n=3&last=c>; rel=\"next\"");
        HttpResponse<byte[]> second = send("GET", APP + "/tags/list?n=3&last=c", NONE);
        assertThat(text(second)).contains("[\"d\"]");
        assertThat(header(second, "Link")).isEmpty();
        assertThat(send("GET", APP + "/tags/list?n=x", NONE).statusCode()).isEqualTo(400);
    }

    @Test
    void aBlobOfAnotherRepositoryIsNotReadable() throws Exception {
        pushBlob(BLOB);
        assertThat(send("GET", "/v2/444455556666/eu-west-1/app/blobs/" + DIGEST, NONE)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aBlobIsMountedFromWhereItMayBeRead() throws Exception {
        pushBlob(BLOB);
        registry.asked();
        String mount = "/v2/111122223333/us-east-1/team/other/blobs/uploads/?mount=" + DIGEST
                + "&from=111122223333/us-east-1/team/app";
        registry.denied.add(Verb.READ_BLOB);
        assertThat(send("POST", mount, NONE).statusCode()).isEqualTo(202);
        registry.denied.clear();
        assertThat(send("POST", mount, NONE).statusCode()).isEqualTo(201);
        assertThat(registry.asked()).contains("READ_BLOB " + RegistryServer.APP);
        assertThat(send("GET", "/v2/111122223333/us-east-1/team/other/blobs/" + DIGEST, NONE)
                        .body())
                .isEqualTo(BLOB);
    }

    @Test
    void whatCannotBeMountedIsUploaded() throws Exception {
        pushBlob(BLOB);
        String query = "/blobs/uploads/?mount=" + DIGEST + "&from=111122223333/us-east-1/team/";
        String foreign = "/v2/444455556666/eu-west-1/app" + query;
        assertThat(send("POST", foreign + "app", NONE).statusCode()).isEqualTo(202);
        String other = "/v2/111122223333/us-east-1/team/other" + query;
        assertThat(send("POST", other + "none", NONE).statusCode()).isEqualTo(202);
        registry.repositories.put(RegistryServer.SIBLING, new Rules(true, tag -> false, false, Upstream.NONE));
        HttpResponse<byte[]> answer = send("POST", other + "app", NONE);
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(header(answer, "Location")).contains("/blobs/uploads/");
    }

    @TestFactory
    Stream<DynamicTest> asksBeforeItDoesAnything() {
        String upload = APP + "/blobs/uploads/x";
        return Stream.of(
                asks("GET", APP + "/manifests/v1", Verb.READ_MANIFEST),
                asks("HEAD", APP + "/manifests/v1", Verb.READ_MANIFEST),
                asks("PUT", APP + "/manifests/v1", Verb.WRITE_MANIFEST),
                asks("GET", APP + "/blobs/" + DIGEST, Verb.READ_BLOB),
                asks("HEAD", APP + "/blobs/" + DIGEST, Verb.CHECK_BLOB),
                asks("POST", APP + "/blobs/uploads/", Verb.START_UPLOAD),
                asks("PATCH", upload, Verb.UPLOAD_PART),
                asks("PUT", upload + "?digest=" + DIGEST, Verb.FINISH_UPLOAD),
                asks("DELETE", APP + "/manifests/v1", Verb.DELETE_MANIFEST),
                asks("GET", APP + "/referrers/" + DIGEST, Verb.LIST_REFERRERS),
                asks("GET", APP + "/tags/list", Verb.LIST_TAGS));
    }

    private DynamicTest asks(String method, String path, Verb verb) {
        return DynamicTest.dynamicTest(method + " " + path.substring(APP.length()), () -> {
            registry.asked();
            registry.denied.add(verb);
            HttpResponse<byte[]> answer = send(method, path, NONE);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(registry.asked()).containsExactly(verb + " " + RegistryServer.APP);
            if (!method.equals("HEAD")) {
                assertThat(text(answer)).contains("\"DENIED\"", "not authorized to perform: " + verb);
            }
        });
    }

    @Test
    void deletesNoBlobs() throws Exception {
        HttpResponse<byte[]> answer = send("DELETE", APP + "/blobs/" + DIGEST, NONE);
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(text(answer)).contains("UNSUPPORTED", "when no image needs them");
    }

    @TestFactory
    Stream<DynamicTest> saysWhatIsWrongWithAName() {
        return Stream.of(
                name("/v2/111122223333/us-east-1/nothing/tags/list", 404, "NAME_UNKNOWN", "create it first"),
                name("/v2/team/app/tags/list", 404, "NAME_UNKNOWN", "/111122223333/us-east-1/team/app"),
                name("/v2/111122223333/us-east-1/Team/tags/list", 400, "NAME_INVALID", "lower-case"),
                name("/v2/111122223333/us-east-1/a..b/tags/list", 400, "NAME_INVALID", "lower-case"),
                name("/v2/public.ecr.aws/none/such/tags/list", 404, "NAME_UNKNOWN", "public gallery"),
                name("/v2/111122223333/us-east-1/team/app/blobs/sha256:12", 400, "DIGEST_INVALID", "64 hexadecimal"),
                name("/v2/anything", 404, "UNSUPPORTED", "nothing at"));
    }

    private DynamicTest name(String path, int status, String code, String message) {
        return DynamicTest.dynamicTest(path, () -> {
            HttpResponse<byte[]> answer = send("GET", path, NONE);
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(text(answer)).contains(code, message);
        });
    }

    @Test
    void anotherStartKeepsImagesAndRemovesWhatNoImageNeeds() throws Exception {
        TestImage image = TestImage.named("one");
        pushImage(image, "v1");
        pushBlob(BLOB);
        send("PATCH", header(send("POST", APP + "/blobs/uploads/", NONE), "Location"), BLOB);
        registry.close();
        registry = new RegistryServer(directory, store);
        assertThat(send("HEAD", APP + "/blobs/" + DIGEST, NONE).statusCode())
                .as("its image may still come")
                .isEqualTo(200);
        registry.now = registry.now.plus(RegistryContent.ORPHAN_AGE).plusSeconds(1);
        registry.content.collect();
        assertThat(send("GET", APP + "/manifests/v1", NONE).body()).isEqualTo(image.bytes());
        assertThat(send("GET", APP + "/blobs/" + image.layer().digest(), NONE).statusCode())
                .isEqualTo(200);
        assertThat(send("HEAD", APP + "/blobs/" + DIGEST, NONE).statusCode()).isEqualTo(404);
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(3);
        }
    }

    @Test
    void hostNamesOfAwsMeanTheSameRepositories() {
        assertThat(Route.repository("111122223333.dkr.ecr.us-east-1.amazonaws.com:4577", "team/app"))
                .isEqualTo(RegistryServer.APP);
        assertThat(Route.repository("111122223333.dkr.ecr.us-east-1.localhost", "team/app"))
                .isEqualTo(RegistryServer.APP);
        assertThat(Route.repository("public.ecr.aws", "slipway/hello"))
                .isEqualTo(RepositoryId.gallery("slipway/hello"));
        assertThat(Route.repository("127.0.0.1:4577", "public.ecr.aws/slipway/hello"))
                .isEqualTo(RepositoryId.gallery("slipway/hello"));
    }
}
