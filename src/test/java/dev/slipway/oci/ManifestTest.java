package dev.slipway.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class ManifestTest {
    private static final String A = "sha256:" + "a".repeat(64);
    private static final String B = "sha512:" + "b".repeat(128);

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String manifest(String mediaType) {
        return """
                {"schemaVersion": 2, "mediaType": "%s",
                 "config": {"mediaType": "c", "digest": "%s", "size": 7},
                 "layers": [{"mediaType": "l", "digest": "%s", "size": 9, "annotations": {"x": "y"}}]}
                """.formatted(mediaType, A, B);
    }

    @Test
    void readsBothFormsAndWritesWhatItReads() {
        for (String type : List.of(MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_MANIFEST)) {
            Manifest manifest = Manifest.parse(type + "; charset=utf-8", bytes(manifest(type)));
            assertThat(manifest.mediaType()).isEqualTo(type);
            assertThat(manifest.config()).isEqualTo(new Descriptor("c", Digest.parse(A), 7));
            assertThat(manifest.layers()).containsExactly(new Descriptor("l", Digest.parse(B), 9));
            assertThat(Manifest.parse("", manifest.toJson())).isEqualTo(manifest);
        }
    }

    @Test
    void aManifestWithoutAMediaTypeIsWhatItWasDeliveredAs() {
        byte[] bare = bytes("{\"config\":{\"digest\":\"" + A + "\",\"size\":1},\"layers\":[]}");
        assertThat(Manifest.parse("", bare).mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(Manifest.parse(MediaTypes.DOCKER_MANIFEST, bare).mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatIsNoManifest() {
        String good = manifest(MediaTypes.OCI_MANIFEST);
        return Stream.of(
                bad("no JSON", "{", "is not JSON"),
                bad("a list", "[]", "is not a JSON object"),
                bad("nothing", "", "is not a JSON object"),
                bad("two documents", good + "{}", "is not JSON"),
                bad("a key twice", good.replace("\"layers\"", "\"config\": {}, \"layers\""), "is not JSON"),
                bad("no configuration", "{\"layers\":[]}", "`config` is not a descriptor"),
                bad("a wrong digest", good.replace(A, "sha256:12"), "`config`: expected sha256:"),
                bad("a digest with a path", good.replace(A, "sha256:../../etc/passwd"), "`config`: expected sha256:"),
                bad("a negative size", good.replace(": 9", ": -9"), "`size` is not a number of bytes"),
                bad("a fraction", good.replace(": 9", ": 9.5"), "`size` is not a number of bytes"),
                bad("a huge size", good.replace(": 9", ": 99999999999999999999"), "`size` is not a number of bytes"),
                bad("layers that are no list", good.replaceAll("\\[.*\\]", "{}"), "`layers` is not a list"),
                bad(
                        "both kinds in one",
                        good.replace("\"layers\"", "\"manifests\": [], \"layers\""),
                        "both `layers` and"),
                bad("schema 1", good.replace("2,", "1,"), "schema 1"),
                bad(
                        "an index",
                        good.replace(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_INDEX),
                        "expected an image manifest"),
                bad("deep nesting", "{\"a\":" + "[".repeat(2000) + "]".repeat(2000) + "}", "is not JSON"),
                bad("more than 4 MiB", " ".repeat((4 << 20) + 1), "at most 4194304"));
    }

    private static DynamicTest bad(String name, String json, String reason) {
        return DynamicTest.dynamicTest(name, () -> assertThatThrownBy(() -> Manifest.parse("", bytes(json)))
                .isInstanceOf(InvalidContent.class)
                .hasMessageContaining(reason));
    }

    @Test
    void refusesADocumentThatIsNotWhatItWasDeliveredAs() {
        assertThatThrownBy(() -> Manifest.parse(MediaTypes.OCI_INDEX, bytes(manifest(MediaTypes.OCI_MANIFEST))))
                .isInstanceOf(InvalidContent.class)
                .hasMessageContaining("was delivered as");
    }

    @Test
    void anIndexFindsTheManifestOfAPlatform() {
        byte[] bytes = bytes("""
                {"schemaVersion": 2, "manifests": [
                 {"mediaType": "m", "digest": "%s", "size": 1, "platform": {"os": "unknown", "architecture": "unknown"}},
                 {"mediaType": "m", "digest": "%s", "size": 2, "platform": {"os": "linux", "architecture": "arm", "variant": "v7"}},
                 {"mediaType": "m", "digest": "%s", "size": 3, "platform": {"os": "linux", "architecture": "amd64"}}]}
                """.formatted(A, A, B));
        assertThat(ImageIndex.isIndex("", bytes)).isTrue();
        ImageIndex index = ImageIndex.parse("", bytes);
        assertThat(index.find(Platform.LINUX_AMD64).map(Descriptor::size)).contains(3L);
        assertThat(index.find(new Platform("windows", "amd64", ""))).isEmpty();
        assertThat(index.platforms()).extracting(Platform::toString).containsExactly("linux/arm/v7", "linux/amd64");
        assertThat(ImageIndex.parse("", index.toJson()).manifests()).isEqualTo(index.manifests());
    }

    @Test
    void aNewerInstructionSetDoesNotRunOnPlainAmd64() {
        assertThat(new Platform("linux", "amd64", "v3").runsOn(Platform.LINUX_AMD64))
                .isFalse();
        assertThat(new Platform("linux", "amd64", "v1").runsOn(Platform.LINUX_AMD64))
                .isTrue();
    }
}
