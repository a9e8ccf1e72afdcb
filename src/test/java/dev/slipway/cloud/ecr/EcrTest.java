package dev.slipway.cloud.ecr;

import static dev.slipway.cloud.ecr.LocalAccounts.FOREIGN;
import static dev.slipway.cloud.ecr.LocalAccounts.OWN;
import static dev.slipway.cloud.ecr.LocalAccounts.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cloud.registry.TestImage;
import dev.slipway.cloud.store.Store;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.ImageTagAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.LayerAvailability;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotEmptyException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryPolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/** The ECR API through the real SDK. */
final class EcrTest {
    private static final String APP = OWN + "/us-east-1/team/app";

    @TempDir
    Path directory;

    private LocalAccounts cloud;
    private EcrClient ecr;

    @BeforeEach
    void start() {
        cloud = new LocalAccounts(directory, Store.inMemory(), Optional.empty());
        ecr = cloud.ecr(root(OWN));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private TestImage push(String tag, String content) throws IOException {
        TestImage image = TestImage.named(content);
        cloud.login(root(OWN)).push(APP, tag, image.manifest().mediaType(), image.bytes(), image.source());
        return image;
    }

    private static ImageIdentifier tag(String tag) {
        return ImageIdentifier.builder().imageTag(tag).build();
    }

    @Test
    void aRepositoryIsMadeShownAndDeleted() {
        Repository made = ecr.createRepository(request -> request.repositoryName("team/app")
                        .tags(Tag.builder().key("team").value("a").build()))
                .repository();
        assertThat(made.repositoryArn()).isEqualTo("arn:aws:ecr:us-east-1:111122223333:repository/team/app");
        assertThat(made.repositoryUri()).isEqualTo(cloud.uri().getAuthority() + "/" + APP);
        assertThat(made.imageTagMutability()).isEqualTo(ImageTagMutability.MUTABLE);
        assertThat(ecr.describeRepositories().repositories()).containsExactly(made);
        assertThat(cloud.ecr(root(FOREIGN)).describeRepositories().repositories())
                .isEmpty();
        assertThat(ecr.listTagsForResource(request -> request.resourceArn(made.repositoryArn()))
                        .tags())
                .extracting(Tag::key)
                .containsExactly("team");
        assertThatThrownBy(() -> ecr.createRepository(request -> request.repositoryName("team/app")))
                .isInstanceOf(RepositoryAlreadyExistsException.class);
        assertThat(ecr.deleteRepository(request -> request.repositoryName("team/app"))
                        .repository())
                .isEqualTo(made);
        assertThatThrownBy(() -> ecr.describeRepositories(request -> request.repositoryNames("team/app")))
                .isInstanceOf(RepositoryNotFoundException.class)
                .hasMessageContaining(
                        "The repository with name 'team/app' does not exist in the registry with id '111122223333'");
    }

    @Test
    void repositoriesComeInPages() {
        for (String name : List.of("aa", "bb", "cc")) {
            ecr.createRepository(request -> request.repositoryName(name));
        }
        assertThat(ecr.describeRepositoriesPaginator(request -> request.maxResults(2))
                        .repositories())
                .extracting(Repository::repositoryName)
                .containsExactly("aa", "bb", "cc");
        assertThatThrownBy(() -> ecr.describeRepositories(request -> request.nextToken("%%%")))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void whatIsNamedOneByOneHasNoPages() {
        ecr.createRepository(request -> request.repositoryName("team/app"));
        ImageIdentifier v1 = tag("v1");

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> ecr.describeRepositories(
                        request -> request.repositoryNames("team/app").maxResults(5)),
                () -> ecr.describeImages(request ->
                        request.repositoryName("team/app").imageIds(v1).maxResults(5)))) {
            assertThatThrownBy(call)
                    .isInstanceOf(InvalidParameterException.class)
                    .hasMessageContaining("Invalid parameter at 'maxResults'")
                    .hasMessageContaining("can't be used together with ");
        }
        assertThatThrownBy(() -> ecr.describeRepositories(
                        request -> request.repositoryNames("team/app").nextToken("next")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("'nextToken'");
        assertThatThrownBy(() -> cloud.ecrPublic(root(OWN))
                        .describeRepositories(
                                request -> request.repositoryNames("hello").maxResults(5)))
                .hasMessageContaining("can't be used together with repositoryNames");
    }

    @Test
    void aBadNameIsRefused() {
        assertThatThrownBy(() -> ecr.createRepository(request -> request.repositoryName("Team")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Invalid parameter at 'repositoryName'");
    }

    @Test
    void imagesAreListedTaggedAndDeleted() throws IOException {
        ecr.createRepository(request -> request.repositoryName("team/app"));
        TestImage one = push("v1", "one");
        TestImage two = push("v2", "two");
        assertThat(ecr.listImages(request -> request.repositoryName("team/app")).imageIds())
                .extracting(ImageIdentifier::imageTag)
                .containsExactlyInAnyOrder("v1", "v2");
        assertThat(ecr.describeImages(
                                request -> request.repositoryName("team/app").imageIds(tag("v1")))
                        .imageDetails()
                        .get(0))
                .satisfies(detail -> {
                    assertThat(detail.imageDigest()).isEqualTo(one.digest().toString());
                    assertThat(detail.imageTags()).containsExactly("v1");
                    assertThat(detail.imageSizeInBytes())
                            .isEqualTo(
                                    one.manifest().config().size() + one.layer().size());
                });
        assertThatThrownBy(() -> ecr.describeImages(
                        request -> request.repositoryName("team/app").imageIds(tag("v9"))))
                .isInstanceOf(ImageNotFoundException.class)
                .hasMessageContaining("imageDigest:'null', imageTag:'v9'");

        String manifest = ecr.batchGetImage(
                        request -> request.repositoryName("team/app").imageIds(tag("v1"), tag("v9")))
                .images()
                .get(0)
                .imageManifest();
        ecr.putImage(request ->
                request.repositoryName("team/app").imageManifest(manifest).imageTag("stable"));
        assertThatThrownBy(() -> ecr.putImage(request -> request.repositoryName("team/app")
                        .imageManifest(manifest)
                        .imageTag("stable")))
                .isInstanceOf(ImageAlreadyExistsException.class);

        assertThat(ecr.batchDeleteImage(
                                request -> request.repositoryName("team/app").imageIds(tag("v1"), tag("v9")))
                        .failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.failureCode()).isEqualTo(ImageFailureCode.IMAGE_NOT_FOUND));
        assertThat(cloud.login(root(OWN)).head(APP, "stable")).isEqualTo(one.digest());
        ecr.batchDeleteImage(request -> request.repositoryName("team/app").imageIds(tag("stable")));
        assertThat(ecr.describeImages(request ->
                                request.repositoryName("team/app").filter(filter -> filter.tagStatus(TagStatus.ANY)))
                        .imageDetails())
                .singleElement()
                .satisfies(detail ->
                        assertThat(detail.imageDigest()).isEqualTo(two.digest().toString()));
    }

    @Test
    void aRepositoryWithImagesIsDeletedOnlyByForce() throws IOException {
        ecr.createRepository(request -> request.repositoryName("team/app"));
        push("v1", "one");
        assertThatThrownBy(() -> ecr.deleteRepository(request -> request.repositoryName("team/app")))
                .isInstanceOf(RepositoryNotEmptyException.class);
        ecr.deleteRepository(request -> request.repositoryName("team/app").force(true));
        ecr.createRepository(request -> request.repositoryName("team/app"));
        assertThat(ecr.listImages(request -> request.repositoryName("team/app")).imageIds())
                .isEmpty();
    }

    @Test
    void immutableTagsStayWhereTheyAre() throws IOException {
        ecr.createRepository(request -> request.repositoryName("team/app"));
        push("v1", "one");
        push("latest", "one");
        TestImage two = push("v2", "two");
        ecr.putImageTagMutability(request -> request.repositoryName("team/app")
                .imageTagMutability(ImageTagMutability.IMMUTABLE_WITH_EXCLUSION)
                .imageTagMutabilityExclusionFilters(ImageTagMutabilityExclusionFilter.builder()
                        .filterType("WILDCARD")
                        .filter("la*t")
                        .build()));
        String manifest = new String(two.bytes(), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ecr.putImage(request -> request.repositoryName("team/app")
                        .imageManifest(manifest)
                        .imageTag("v1")))
                .isInstanceOf(ImageTagAlreadyExistsException.class);
        assertThatThrownBy(() -> push("v1", "three")).hasMessageContaining("the tag is immutable");
        push("latest", "three");
    }

    @Test
    void layersAreCheckedByDigest() throws IOException {
        ecr.createRepository(request -> request.repositoryName("team/app"));
        TestImage one = push("v1", "one");
        var answer = ecr.batchCheckLayerAvailability(request -> request.repositoryName("team/app")
                .layerDigests(
                        one.layer().digest().toString(),
                        Digest.of(new byte[] {1}).toString(),
                        "nonsense:0"));
        assertThat(answer.layers())
                .extracting(layer -> layer.layerAvailability())
                .containsExactly(LayerAvailability.AVAILABLE, LayerAvailability.UNAVAILABLE);
        assertThat(answer.failures()).hasSize(1);
    }

    @Test
    void aPolicyIsSetShownAndDeleted() {
        ecr.createRepository(request -> request.repositoryName("team/app"));
        assertThatThrownBy(() -> ecr.getRepositoryPolicy(request -> request.repositoryName("team/app")))
                .isInstanceOf(RepositoryPolicyNotFoundException.class);
        String policy = """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"ecr:BatchGetImage"}]}""";
        ecr.setRepositoryPolicy(request -> request.repositoryName("team/app").policyText(policy));
        assertThat(ecr.getRepositoryPolicy(request -> request.repositoryName("team/app"))
                        .policyText())
                .isEqualTo(policy);
        ecr.deleteRepositoryPolicy(request -> request.repositoryName("team/app"));
        assertThatThrownBy(() -> ecr.deleteRepositoryPolicy(request -> request.repositoryName("team/app")))
                .isInstanceOf(RepositoryPolicyNotFoundException.class);
    }

    @Test
    void aWrongPolicyIsRefusedInEcrsWords() {
        ecr.createRepository(request -> request.repositoryName("team/app"));
        Map<String, String> wrong = Map.of(
                "{",
                "Invalid repository policy provided",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecr:*\"}]}",
                "Invalid repository policy provided",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\"}]}",
                "Invalid repository policy provided",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
                        + "\"arn:aws:iam::111122223333:role/none\"},\"Action\":\"ecr:*\"}]}",
                "Principal not found");
        wrong.forEach((text, reason) -> assertThatThrownBy(() -> ecr.setRepositoryPolicy(
                        request -> request.repositoryName("team/app").policyText(text)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Invalid parameter at 'PolicyText' failed to satisfy constraint: '" + reason));
    }

    @Test
    void thePublicApiShowsWhatIsInstalled() throws IOException {
        TestImage image = TestImage.named("hello");
        Map<Digest, Path> files = new LinkedHashMap<>();
        for (var blob : image.blobs().entrySet()) {
            files.put(blob.getKey(), Files.write(directory.resolve(blob.getKey().hex()), blob.getValue()));
        }
        cloud.ecr
                .gallery()
                .install(
                        "slipway/hello",
                        "latest",
                        image.bytes(),
                        image.manifest().mediaType(),
                        files);
        var publicEcr = cloud.ecrPublic(root(OWN));
        assertThat(publicEcr.describeRepositories(request -> {}).repositories()).isEmpty();
        assertThat(publicEcr
                        .describeRepositories(request -> request.registryId("000000000000"))
                        .repositories())
                .singleElement()
                .satisfies(
                        repository -> assertThat(repository.repositoryUri()).endsWith("/public.ecr.aws/slipway/hello"));
        assertThat(publicEcr.describeRegistries(request -> {}).registries()).hasSize(1);
        assertThat(publicEcr
                        .getAuthorizationToken(request -> {})
                        .authorizationData()
                        .authorizationToken())
                .isNotBlank();
    }
}
