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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.EmptyUploadException;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.InvalidLayerException;
import software.amazon.awssdk.services.ecr.model.InvalidLayerPartException;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.LayerAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.LayersNotFoundException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewNotFoundException;
import software.amazon.awssdk.services.ecr.model.LimitExceededException;
import software.amazon.awssdk.services.ecr.model.PullThroughCacheRuleAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.PullThroughCacheRuleNotFoundException;
import software.amazon.awssdk.services.ecr.model.RegistryPolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.ReplicationDestination;
import software.amazon.awssdk.services.ecr.model.ReplicationRule;
import software.amazon.awssdk.services.ecr.model.ScanNotFoundException;
import software.amazon.awssdk.services.ecr.model.ScanStatus;
import software.amazon.awssdk.services.ecr.model.UnableToGetUpstreamImageException;
import software.amazon.awssdk.services.ecr.model.UnsupportedUpstreamRegistryException;
import software.amazon.awssdk.services.ecr.model.UploadNotFoundException;
import software.amazon.awssdk.services.ecr.model.ValidationException;

/** What becomes of images over their life in ECR, through the real SDK: layers, expiry, scans, caches, settings of a registry. */
final class ImageLifeTest {
    private static final String APP = OWN + "/us-east-1/team/app";
    private static final String KEEP_ONE = """
            {"rules":[{"rulePriority":1,"description":"keep only the youngest image of all","selection":
             {"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}""";

    @TempDir
    Path directory;

    private LocalAccounts cloud;
    private EcrClient ecr;

    @BeforeEach
    void start() {
        cloud = new LocalAccounts(directory, Store.inMemory(), Optional.empty());
        ecr = cloud.ecr(root(OWN));
        ecr.createRepository(request -> request.repositoryName("team/app"));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private TestImage push(String repository, String tag, String content) throws IOException {
        TestImage image = TestImage.named(content);
        cloud.login(root(OWN)).push(repository, tag, image.manifest().mediaType(), image.bytes(), image.source());
        return image;
    }

    private static ImageIdentifier tag(String tag) {
        return ImageIdentifier.builder().imageTag(tag).build();
    }

    private List<String> tags() {
        return ecr.listImages(request -> request.repositoryName("team/app")).imageIds().stream()
                .map(ImageIdentifier::imageTag)
                .toList();
    }

    private static HttpResponse<byte[]> get(String address, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void aPushAppliesTheLifecyclePolicy() throws IOException {
        assertThatThrownBy(() -> ecr.getLifecyclePolicy(request -> request.repositoryName("team/app")))
                .isInstanceOf(LifecyclePolicyNotFoundException.class);
        push(APP, "v1", "one");
        ecr.putLifecyclePolicy(request -> request.repositoryName("team/app").lifecyclePolicyText(KEEP_ONE));
        cloud.later = Duration.ofMinutes(1);
        push(APP, "v2", "two");
        assertThat(tags()).containsExactly("v2");
        assertThat(ecr.getLifecyclePolicy(request -> request.repositoryName("team/app"))
                        .lifecyclePolicyText())
                .isEqualTo(KEEP_ONE);
        ecr.deleteLifecyclePolicy(request -> request.repositoryName("team/app"));
        push(APP, "v3", "three");
        assertThat(tags()).containsExactlyInAnyOrder("v2", "v3");
    }

    @Test
    void timeAppliesTheLifecyclePolicyToo() throws IOException {
        push(APP, "v1", "one");
        ecr.putLifecyclePolicy(request -> request.repositoryName("team/app")
                .lifecyclePolicyText(
                        KEEP_ONE.replace("imageCountMoreThan\"", "sinceImagePushed\",\"countUnit\":\"days\"")
                                .replace("countNumber\":1", "countNumber\":14")));
        cloud.later = Duration.ofDays(13);
        cloud.ecr.keepHouse();
        assertThat(tags()).containsExactly("v1");
        cloud.later = Duration.ofDays(15);
        cloud.ecr.keepHouse();
        assertThat(tags()).isEmpty();
    }

    @Test
    void aPreviewTellsWhatAPolicyWouldDo() throws IOException {
        TestImage old = push(APP, "v1", "one");
        cloud.later = Duration.ofMinutes(1);
        push(APP, "v2", "two");
        assertThatThrownBy(() -> ecr.getLifecyclePolicyPreview(request -> request.repositoryName("team/app")))
                .isInstanceOf(LifecyclePolicyPreviewNotFoundException.class);
        ecr.startLifecyclePolicyPreview(
                request -> request.repositoryName("team/app").lifecyclePolicyText(KEEP_ONE));
        assertThat(ecr.getLifecyclePolicyPreview(request -> request.repositoryName("team/app")))
                .satisfies(preview -> {
                    assertThat(preview.statusAsString()).isEqualTo("COMPLETE");
                    assertThat(preview.summary().expiringImageTotalCount()).isEqualTo(1);
                    assertThat(preview.previewResults()).singleElement().satisfies(image -> {
                        assertThat(image.imageDigest()).isEqualTo(old.digest().toString());
                        assertThat(image.appliedRulePriority()).isEqualTo(1);
                    });
                });
        assertThat(tags()).hasSize(2);
    }

    @Test
    void aLayerGoesUpByTheApiAndComesDownByItsAddress() throws Exception {
        byte[] layer = new byte[(5 << 20) + 1000];
        new Random(1).nextBytes(layer);
        String digest = Digest.of(layer).toString();
        String id = ecr.initiateLayerUpload(request -> request.repositoryName("team/app"))
                .uploadId();
        assertThatThrownBy(() -> ecr.completeLayerUpload(request ->
                        request.repositoryName("team/app").uploadId(id).layerDigests(digest)))
                .isInstanceOf(EmptyUploadException.class);
        assertThat(part(id, layer, 0, 5 << 20)).isEqualTo((5 << 20) - 1);
        assertThatThrownBy(() -> part(id, layer, 7, 9)).isInstanceOf(InvalidLayerPartException.class);
        part(id, layer, 5 << 20, layer.length);
        ecr.completeLayerUpload(
                request -> request.repositoryName("team/app").uploadId(id).layerDigests(digest));
        assertThatThrownBy(() -> part(id, layer, 0, 10)).isInstanceOf(UploadNotFoundException.class);

        String address = ecr.getDownloadUrlForLayer(
                        request -> request.repositoryName("team/app").layerDigest(digest))
                .downloadUrl();
        assertThat(get(address).body()).isEqualTo(layer);
        assertThat(get(address, "Range", "bytes=1-3").statusCode()).isEqualTo(206);
        assertThat(get(address.replaceFirst("[0-9a-f]$", "x")).statusCode()).isEqualTo(403);
        cloud.later = Duration.ofHours(2);
        assertThat(new String(get(address).body(), StandardCharsets.UTF_8)).contains("Request has expired");
        assertThatThrownBy(() -> ecr.getDownloadUrlForLayer(request -> request.repositoryName("team/app")
                        .layerDigest(Digest.of(new byte[1]).toString())))
                .isInstanceOf(LayersNotFoundException.class);
    }

    private long part(String id, byte[] layer, int from, int to) {
        return ecr.uploadLayerPart(request -> request.repositoryName("team/app")
                        .uploadId(id)
                        .partFirstByte((long) from)
                        .partLastByte(to - 1L)
                        .layerPartBlob(SdkBytes.fromByteArray(java.util.Arrays.copyOfRange(layer, from, to))))
                .lastByteReceived();
    }

    @Test
    void aLayerThatIsNotWhatItIsCalledIsRefused() throws IOException {
        TestImage image = push(APP, "v1", "one");
        byte[] bytes = image.blobs().get(image.layer().digest());
        for (String digest : List.of(
                Digest.of(new byte[9]).toString(), image.layer().digest().toString())) {
            String id = ecr.initiateLayerUpload(request -> request.repositoryName("team/app"))
                    .uploadId();
            part(id, bytes, 0, bytes.length);
            assertThatThrownBy(() -> ecr.completeLayerUpload(request ->
                            request.repositoryName("team/app").uploadId(id).layerDigests(digest)))
                    .isInstanceOfAny(InvalidLayerException.class, LayerAlreadyExistsException.class);
        }
    }

    @Test
    void detailsTellSizesTypesAndTheLastPull() throws IOException {
        TestImage image = push(APP, "v1", "one");
        ImageDetail detail = details();
        assertThat(detail.artifactMediaType()).isEqualTo("application/vnd.oci.image.config.v1+json");
        assertThat(detail.lastRecordedPullTime()).isNull();
        cloud.login(root(OWN)).resolve(APP, "v1");
        assertThat(details().lastRecordedPullTime()).isNotNull();
        assertThat(ecr.batchGetImage(request -> request.repositoryName("team/app")
                                .imageIds(
                                        tag("v1"),
                                        ImageIdentifier.builder().build(),
                                        ImageIdentifier.builder()
                                                .imageDigest("x")
                                                .build(),
                                        ImageIdentifier.builder()
                                                .imageTag("v9")
                                                .imageDigest(image.digest().toString())
                                                .build())
                                .acceptedMediaTypes("application/vnd.docker.distribution.manifest.v2+json"))
                        .failures())
                .extracting(failure -> failure.failureCode())
                .containsExactly(
                        ImageFailureCode.IMAGE_NOT_FOUND,
                        ImageFailureCode.MISSING_DIGEST_AND_TAG,
                        ImageFailureCode.INVALID_IMAGE_DIGEST,
                        ImageFailureCode.IMAGE_TAG_DOES_NOT_MATCH_DIGEST);
    }

    private ImageDetail details() {
        return ecr.describeImages(request -> request.repositoryName("team/app"))
                .imageDetails()
                .get(0);
    }

    @Test
    void aScanSaysThatThereIsNoScanner() throws IOException {
        push(APP, "v1", "one");
        assertThatThrownBy(() -> ecr.describeImageScanFindings(
                        request -> request.repositoryName("team/app").imageId(tag("v1"))))
                .isInstanceOf(ScanNotFoundException.class);
        ecr.startImageScan(request -> request.repositoryName("team/app").imageId(tag("v1")));
        assertThat(ecr.describeImageScanFindings(
                                request -> request.repositoryName("team/app").imageId(tag("v1")))
                        .imageScanStatus())
                .satisfies(status -> {
                    assertThat(status.status()).isEqualTo(ScanStatus.FAILED);
                    assertThat(status.description()).contains("UnsupportedImageError", "no vulnerability scanner");
                });
        assertThatThrownBy(() -> ecr.startImageScan(
                        request -> request.repositoryName("team/app").imageId(tag("v1"))))
                .isInstanceOf(LimitExceededException.class);
        ecr.putImageScanningConfiguration(request ->
                request.repositoryName("team/app").imageScanningConfiguration(scan -> scan.scanOnPush(true)));
        push(APP, "v2", "two");
        assertThat(ecr.describeImages(
                                request -> request.repositoryName("team/app").imageIds(tag("v2")))
                        .imageDetails()
                        .get(0)
                        .imageScanStatus()
                        .status())
                .isEqualTo(ScanStatus.FAILED);
    }

    @Test
    void aCacheRuleBringsImagesOfThePublicGallery() throws IOException {
        TestImage hello = cloud.install("slipway/hello", "latest", TestImage.named("hello"), directory);
        ecr.createPullThroughCacheRule(
                request -> request.ecrRepositoryPrefix("gallery").upstreamRegistryUrl("public.ecr.aws"));
        assertThatThrownBy(() -> ecr.createPullThroughCacheRule(
                        request -> request.ecrRepositoryPrefix("gallery").upstreamRegistryUrl("public.ecr.aws")))
                .isInstanceOf(PullThroughCacheRuleAlreadyExistsException.class);
        assertThatThrownBy(() -> ecr.createPullThroughCacheRule(
                        request -> request.ecrRepositoryPrefix("hub").upstreamRegistryUrl("registry-1.docker.io")))
                .isInstanceOf(UnsupportedUpstreamRegistryException.class);
        String cached = OWN + "/us-east-1/gallery/slipway/hello";
        assertThatThrownBy(() -> push(cached, "v1", "mine")).hasMessageContaining("does not exist");
        var client = cloud.login(root(OWN));
        assertThat(client.resolve(cached, "latest").digest()).isEqualTo(hello.digest());
        assertThat(client.blob(cached, hello.layer()).readAllBytes()).isNotEmpty();
        assertThat(ecr.describeImages(request -> request.repositoryName("gallery/slipway/hello"))
                        .imageDetails())
                .singleElement()
                .satisfies(image -> assertThat(image.imageTags()).containsExactly("latest"));

        TestImage newer = cloud.install("slipway/hello", "latest", TestImage.named("newer"), directory);
        assertThat(client.head(cached, "latest")).isEqualTo(hello.digest());
        cloud.later = Duration.ofHours(11);
        assertThat(client.head(cached, "latest")).isEqualTo(hello.digest());
        cloud.later = Duration.ofHours(25);
        assertThat(cloud.login(root(OWN)).head(cached, "latest")).isEqualTo(newer.digest());
        assertThatThrownBy(() -> ecr.batchGetImage(request ->
                        request.repositoryName("gallery/slipway/none").imageIds(tag("v1"))))
                .isInstanceOf(UnableToGetUpstreamImageException.class);
        ecr.deletePullThroughCacheRule(request -> request.ecrRepositoryPrefix("gallery"));
        assertThatThrownBy(() -> ecr.validatePullThroughCacheRule(request -> request.ecrRepositoryPrefix("gallery")))
                .isInstanceOf(PullThroughCacheRuleNotFoundException.class);
    }

    @Test
    void whoMayNotImportGetsNothingNewFromACache() throws IOException {
        cloud.install("slipway/hello", "latest", TestImage.named("hello"), directory);
        ecr.createPullThroughCacheRule(
                request -> request.ecrRepositoryPrefix("gallery").upstreamRegistryUrl("public.ecr.aws"));
        String cached = OWN + "/us-east-1/gallery/slipway/hello";
        var reader = cloud.user("reader", """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*","Action":
                 ["ecr:GetAuthorizationToken","ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]}]}""");
        assertThatThrownBy(() -> cloud.login(reader).resolve(cached, "latest"))
                .hasMessageContaining("ecr:BatchImportUpstreamImage");
        cloud.login(root(OWN)).resolve(cached, "latest");
        assertThat(cloud.login(reader).resolve(cached, "latest")).isNotNull();
    }

    @Test
    void aRegistryPolicyGrantsWhatARepositoryPolicyWould() throws IOException {
        push(APP, "v1", "one");
        EcrClient foreign = cloud.ecr(root(FOREIGN));
        assertThatThrownBy(() -> ecr.getRegistryPolicy(request -> {}))
                .isInstanceOf(RegistryPolicyNotFoundException.class)
                .hasMessageContaining("Registry policy does not exist in the registry with id '" + OWN + "'");
        assertThatThrownBy(() ->
                        foreign.listImages(request -> request.registryId(OWN).repositoryName("team/app")))
                .isInstanceOf(EcrException.class)
                .hasMessageContaining("no resource-based policy allows");
        ecr.putRegistryPolicy(request -> request.policyText("""
                {"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},
                 "Action":"ecr:ListImages","Resource":"arn:aws:ecr:us-east-1:111122223333:repository/team/*"}]}"""));
        assertThat(foreign.listImages(request -> request.registryId(OWN).repositoryName("team/app"))
                        .imageIds())
                .hasSize(1);
        assertThatThrownBy(() -> foreign.describeImages(
                        request -> request.registryId(OWN).repositoryName("team/app")))
                .isInstanceOf(EcrException.class);
        ecr.deleteRegistryPolicy(request -> {});
        assertThatThrownBy(() ->
                        foreign.listImages(request -> request.registryId(OWN).repositoryName("team/app")))
                .isInstanceOf(EcrException.class);
    }

    @Test
    void aPolicyThatLocksItsSetterOutNeedsForce() {
        String lock = """
                {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"ecr:SetRepositoryPolicy"}]}""";
        assertThatThrownBy(() -> ecr.setRepositoryPolicy(
                        request -> request.repositoryName("team/app").policyText(lock)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("force");
        ecr.setRepositoryPolicy(
                request -> request.repositoryName("team/app").policyText(lock).force(true));
        assertThatThrownBy(() -> ecr.setRepositoryPolicy(
                        request -> request.repositoryName("team/app").policyText(lock)))
                .hasMessageContaining("explicit deny");
    }

    @Test
    void aRegistryRemembersItsSettings() throws IOException {
        assertThat(ecr.getAccountSetting(request -> request.name("BLOB_MOUNTING"))
                        .value())
                .isEqualTo("DISABLED");
        TestImage image = push(APP, "v1", "one");
        ecr.createRepository(request -> request.repositoryName("team/copy"));
        String copy = "/v2/" + OWN + "/us-east-1/team/copy/blobs/uploads/?mount="
                + image.layer().digest() + "&from=" + APP;
        assertThat(cloud.post(copy)).isEqualTo(202);
        ecr.putAccountSetting(request -> request.name("BLOB_MOUNTING").value("ENABLED"));
        assertThat(cloud.post(copy)).isEqualTo(201);
        assertThatThrownBy(() -> ecr.putAccountSetting(
                        request -> request.name("BLOB_MOUNTING").value("PERHAPS")))
                .isInstanceOf(ValidationException.class);

        assertThat(ecr.getRegistryScanningConfiguration(request -> {})
                        .scanningConfiguration()
                        .scanTypeAsString())
                .isEqualTo("BASIC");
        ReplicationRule rule = ReplicationRule.builder()
                .destinations(ReplicationDestination.builder()
                        .region("eu-west-1")
                        .registryId(OWN)
                        .build())
                .build();
        ecr.putReplicationConfiguration(
                request -> request.replicationConfiguration(configuration -> configuration.rules(rule)));
        assertThat(ecr.describeRegistry(request -> {})
                        .replicationConfiguration()
                        .rules())
                .hasSize(1);
        assertThat(ecr.describeImageReplicationStatus(
                                request -> request.repositoryName("team/app").imageId(tag("v1")))
                        .replicationStatuses())
                .singleElement()
                .satisfies(status -> assertThat(status.statusAsString()).isEqualTo("FAILED"));
    }

    @Test
    void exclusionsComeOnlyWithTheirWord() {
        assertThatThrownBy(() -> ecr.putImageTagMutability(request -> request.repositoryName("team/app")
                        .imageTagMutability(ImageTagMutability.IMMUTABLE_WITH_EXCLUSION)))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> ecr.putImageTagMutability(request -> request.repositoryName("team/app")
                        .imageTagMutability(ImageTagMutability.IMMUTABLE_WITH_EXCLUSION)
                        .imageTagMutabilityExclusionFilters(ImageTagMutabilityExclusionFilter.builder()
                                .filterType("WILDCARD")
                                .filter("a*b*c*")
                                .build())))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("at most 2 wildcards");
    }
}
