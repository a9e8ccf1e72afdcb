package dev.slipway.cloud.ecr;

import static dev.slipway.cloud.ecr.LocalAccounts.OWN;
import static dev.slipway.cloud.ecr.LocalAccounts.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.registry.TestImage;
import dev.slipway.cloud.store.Store;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageIndex;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;

/** {@code PutImage}, and how it refuses. */
final class PutImageTest {
    private static final TestImage ONE = TestImage.named("one");
    private static final TestImage TWO = TestImage.named("two");

    @TempDir
    private Path directory;

    private LocalAccounts cloud;
    private EcrClient ecr;

    @BeforeEach
    void start() throws IOException {
        cloud = new LocalAccounts(directory, Store.inMemory(), Optional.empty());
        ecr = cloud.ecr(root(OWN));
        ecr.createRepository(request -> request.repositoryName("team/app").imageTagMutability("IMMUTABLE"));
        cloud.login(root(OWN))
                .push(OWN + "/us-east-1/team/app", "v1", ONE.manifest().mediaType(), ONE.bytes(), ONE.source());
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private static PutImageRequest.Builder request(byte[] manifest) {
        return PutImageRequest.builder()
                .repositoryName("team/app")
                .imageManifest(new String(manifest, StandardCharsets.UTF_8));
    }

    private void assertRefused(PutImageRequest.Builder request, String code, String... words) {
        assertThatThrownBy(() -> ecr.putImage(request.build()))
                .isInstanceOfSatisfying(
                        EcrException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code))
                .hasMessageContainingAll(words);
    }

    @Test
    void anImageGetsAnotherTag() {
        assertThat(ecr.putImage(request(ONE.bytes()).imageTag("v2").build())
                        .image()
                        .imageId()
                        .imageTag())
                .isEqualTo("v2");
        assertThat(ecr.describeImages(describe -> describe.repositoryName("team/app"))
                        .imageDetails())
                .singleElement()
                .satisfies(image -> assertThat(image.imageTags()).containsExactlyInAnyOrder("v1", "v2"));
        assertRefused(
                request(ONE.bytes()).imageTag("v2"),
                "ImageAlreadyExistsException",
                "Image with digest '" + ONE.digest() + "' and tag 'v2' already exists");
    }

    @Test
    void whatItNamesMustBeThere() {
        assertRefused(
                request(TWO.bytes()).imageTag("v2"),
                "LayersNotFoundException",
                "Layers with digests '" + List.copyOf(TWO.blobs().keySet()) + "' required for pushing image into"
                        + " repository with name 'team/app' in the registry with id '111122223333' do not exist");
        byte[] index = new ImageIndex(
                        MediaTypes.OCI_INDEX,
                        List.of(entry(ONE.digest(), ONE.bytes().length), entry(TWO.digest(), TWO.bytes().length)))
                .toJson();
        assertRefused(
                request(index).imageTag("all"),
                "ReferencedImagesNotFoundException",
                "Images with digests '[" + TWO.digest() + "]' required for pushing image into");
    }

    private static ImageIndex.Entry entry(Digest digest, long size) {
        return new ImageIndex.Entry(new Descriptor(MediaTypes.OCI_MANIFEST, digest, size), Platform.LINUX_AMD64);
    }

    @Test
    void aTagStaysAndADigestIsKept() {
        TestImage other = TestImage.of(new byte[1024]);
        ecr.deleteRepository(delete -> delete.repositoryName("team/app").force(true));
        ecr.createRepository(create -> create.repositoryName("team/app").imageTagMutability("IMMUTABLE"));
        for (TestImage image : List.of(ONE, other)) {
            for (byte[] layer : image.blobs().values()) {
                upload(layer);
            }
        }
        ecr.putImage(request(ONE.bytes()).imageTag("v1").build());
        assertRefused(
                request(other.bytes()).imageTag("v1"),
                "ImageTagAlreadyExistsException",
                "The image tag 'v1' already exists in the 'team/app' repository and cannot be overwritten because the"
                        + " tag is immutable.");
        assertRefused(
                request(other.bytes()).imageTag("v2").imageDigest(ONE.digest().toString()),
                "ImageDigestDoesNotMatchException",
                ONE.digest().toString());
        ecr.putImage(request(other.bytes()).build());
        assertThat(ecr.listImages(list -> list.repositoryName("team/app").filter(f -> f.tagStatus("UNTAGGED")))
                        .imageIds())
                .singleElement()
                .satisfies(image ->
                        assertThat(image.imageDigest()).isEqualTo(other.digest().toString()));
    }

    private void upload(byte[] layer) {
        String id = ecr.initiateLayerUpload(initiate -> initiate.repositoryName("team/app"))
                .uploadId();
        ecr.uploadLayerPart(part -> part.repositoryName("team/app")
                .uploadId(id)
                .partFirstByte(0L)
                .partLastByte(layer.length - 1L)
                .layerPartBlob(software.amazon.awssdk.core.SdkBytes.fromByteArray(layer)));
        ecr.completeLayerUpload(complete -> complete.repositoryName("team/app")
                .uploadId(id)
                .layerDigests(Digest.of(layer).toString()));
    }

    @Test
    void whatIsNoManifestIsRefused() {
        for (String text : List.of("{}", "nonsense", "[]", "{\"schemaVersion\":1,\"fsLayers\":[]}")) {
            assertRefused(
                    request(text.getBytes(StandardCharsets.UTF_8)).imageTag("v3"),
                    "InvalidParameterException",
                    "Invalid parameter at 'imageManifest' failed to satisfy constraint");
        }
    }
}
