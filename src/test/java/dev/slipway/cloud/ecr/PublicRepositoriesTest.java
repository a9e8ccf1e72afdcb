package dev.slipway.cloud.ecr;

import static dev.slipway.cloud.ecr.LocalAccounts.FOREIGN;
import static dev.slipway.cloud.ecr.LocalAccounts.OWN;
import static dev.slipway.cloud.ecr.LocalAccounts.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.registry.TestImage;
import dev.slipway.cloud.store.Store;
import dev.slipway.oci.remote.RegistryAuth;
import dev.slipway.oci.remote.RegistryClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ecrpublic.EcrPublicClient;
import software.amazon.awssdk.services.ecrpublic.model.ImageIdentifier;
import software.amazon.awssdk.services.ecrpublic.model.LayersNotFoundException;
import software.amazon.awssdk.services.ecrpublic.model.Repository;
import software.amazon.awssdk.services.ecrpublic.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecrpublic.model.RepositoryCatalogDataNotFoundException;
import software.amazon.awssdk.services.ecrpublic.model.RepositoryNotEmptyException;
import software.amazon.awssdk.services.ecrpublic.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecrpublic.model.RepositoryPolicyNotFoundException;
import software.amazon.awssdk.services.ecrpublic.model.Tag;

/** An account's own repositories in the public gallery, through the real SDK. */
final class PublicRepositoriesTest {
    @TempDir
    Path directory;

    private LocalAccounts cloud;
    private EcrPublicClient ecr;
    private Repository made;
    private String path;

    @BeforeEach
    void start() {
        cloud = new LocalAccounts(directory, Store.inMemory(), Optional.empty());
        ecr = cloud.ecrPublic(root(OWN));
        made = ecr.createRepository(request -> request.repositoryName("app")).repository();
        path = made.repositoryUri().substring(made.repositoryUri().indexOf('/') + 1);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private void push(RegistryClient client, TestImage image, String tag) throws IOException {
        client.push(path, tag, image.manifest().mediaType(), image.bytes(), image.source());
    }

    @Test
    void anAccountPushesAndEverybodyPulls() throws IOException {
        TestImage image = TestImage.named("public");
        assertThat(path).matches("public\\.ecr\\.aws/[a-z0-9]{8}/app");
        assertThat(ecr.describeRegistries(request -> {}).registries().get(0).registryUri())
                .endsWith(path.substring(0, path.lastIndexOf('/')));
        push(cloud.login(root(OWN)), image, "v1");
        RegistryClient anyone = RegistryClient.of(cloud.uri(), RegistryAuth.anonymous());
        assertThat(anyone.resolve(path, "v1").digest()).isEqualTo(image.digest());
        assertThat(anyone.blob(path, image.layer()).readAllBytes()).isNotEmpty();
        assertThatThrownBy(() -> push(anyone, TestImage.named("no"), "v2")).hasMessageContaining("no login");
        assertThatThrownBy(() -> push(cloud.login(root(FOREIGN)), TestImage.named("no"), "v2"))
                .hasMessageContaining("ecr-public:")
                .hasMessageContaining("no resource-based policy allows");
        assertThat(ecr.describeImages(request -> request.repositoryName("app")).imageDetails())
                .singleElement()
                .satisfies(detail -> assertThat(detail.imageTags()).containsExactly("v1"));
        assertThat(ecr.describeImageTags(request -> request.repositoryName("app"))
                        .imageTagDetails())
                .singleElement()
                .satisfies(tag -> assertThat(tag.imageDetail().imageDigest())
                        .isEqualTo(image.digest().toString()));
        assertThatThrownBy(() -> ecr.deleteRepository(request -> request.repositoryName("app")))
                .isInstanceOf(RepositoryNotEmptyException.class);
        ecr.batchDeleteImage(request -> request.repositoryName("app")
                .imageIds(ImageIdentifier.builder().imageTag("v1").build()));
        ecr.deleteRepository(request -> request.repositoryName("app"));
        assertThatThrownBy(() -> ecr.describeRepositories(request -> request.repositoryNames("app")))
                .isInstanceOf(RepositoryNotFoundException.class);
    }

    @Test
    void aPolicyLetsAnotherAccountPush() throws IOException {
        assertThatThrownBy(() -> ecr.getRepositoryPolicy(request -> request.repositoryName("app")))
                .isInstanceOf(RepositoryPolicyNotFoundException.class);
        ecr.setRepositoryPolicy(request -> request.repositoryName("app").policyText("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"ecr-public:*"}]}"""));
        push(cloud.login(root(FOREIGN)), TestImage.named("theirs"), "v1");
        ecr.deleteRepositoryPolicy(request -> request.repositoryName("app"));
        assertThatThrownBy(() -> push(cloud.login(root(FOREIGN)), TestImage.named("theirs"), "v2"))
                .hasMessageContaining("not authorized to perform: ecr-public:");
    }

    @Test
    void anImageIsMadeByTheApiAlone() throws IOException {
        TestImage image = TestImage.named("by hand");
        String manifest = new String(image.bytes(), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ecr.putImage(
                        request -> request.repositoryName("app").imageTag("v1").imageManifest(manifest)))
                .isInstanceOf(LayersNotFoundException.class)
                .hasMessageContaining(
                        "Layers with digests '" + List.copyOf(image.blobs().keySet()) + "'");
        image.blobs().forEach((digest, layer) -> {
            String id = ecr.initiateLayerUpload(request -> request.repositoryName("app"))
                    .uploadId();
            assertThat(ecr.uploadLayerPart(request -> request.repositoryName("app")
                                    .uploadId(id)
                                    .partFirstByte(0L)
                                    .partLastByte(layer.length - 1L)
                                    .layerPartBlob(SdkBytes.fromByteArray(layer)))
                            .lastByteReceived())
                    .isEqualTo(layer.length - 1L);
            assertThat(ecr.completeLayerUpload(request ->
                                    request.repositoryName("app").uploadId(id).layerDigests(digest.toString()))
                            .layerDigest())
                    .isEqualTo(digest.toString());
        });
        assertThat(ecr.batchCheckLayerAvailability(request -> request.repositoryName("app")
                                .layerDigests(image.layer().digest().toString()))
                        .layers()
                        .get(0)
                        .layerSize())
                .isEqualTo(image.layer().size());
        assertThat(ecr.putImage(request ->
                                request.repositoryName("app").imageTag("v1").imageManifest(manifest))
                        .image()
                        .imageId()
                        .imageDigest())
                .isEqualTo(image.digest().toString());
        RegistryClient anyone = RegistryClient.of(cloud.uri(), RegistryAuth.anonymous());
        assertThat(anyone.resolve(path, "v1").digest()).isEqualTo(image.digest());
        assertThatThrownBy(() -> cloud.ecrPublic(root(FOREIGN)).putImage(request -> request.registryId(OWN)
                        .repositoryName("app")
                        .imageTag("v2")
                        .imageManifest(manifest)))
                .hasMessageContaining("not authorized to perform: ecr-public:PutImage");
    }

    @Test
    void theGallerysPagesAreRemembered() {
        assertThatThrownBy(() -> ecr.createRepository(request -> request.repositoryName("app")))
                .isInstanceOf(RepositoryAlreadyExistsException.class);
        assertThatThrownBy(() -> ecr.getRepositoryCatalogData(request -> request.repositoryName("app")))
                .isInstanceOf(RepositoryCatalogDataNotFoundException.class);
        ecr.putRepositoryCatalogData(request -> request.repositoryName("app")
                .catalogData(data -> data.description("says hello").architectures("x86-64")));
        assertThat(ecr.getRepositoryCatalogData(request -> request.repositoryName("app"))
                        .catalogData())
                .satisfies(data -> {
                    assertThat(data.description()).isEqualTo("says hello");
                    assertThat(data.architectures()).containsExactly("x86-64");
                });
        ecr.putRegistryCatalogData(request -> request.displayName("Ana"));
        assertThat(ecr.getRegistryCatalogData(request -> {})
                        .registryCatalogData()
                        .displayName())
                .isEqualTo("Ana");
        ecr.tagResource(request -> request.resourceArn(made.repositoryArn())
                .tags(Tag.builder().key("team").value("a").build()));
        assertThat(ecr.listTagsForResource(request -> request.resourceArn(made.repositoryArn()))
                        .tags())
                .hasSize(1);
        ecr.untagResource(request -> request.resourceArn(made.repositoryArn()).tagKeys("team"));
        assertThat(ecr.listTagsForResource(request -> request.resourceArn(made.repositoryArn()))
                        .tags())
                .isEmpty();
    }
}
