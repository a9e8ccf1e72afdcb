package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.registry.StoredManifest;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import dev.slipway.cloud.wire.Call;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsResponse;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageScanStatus;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.ScanStatus;
import software.amazon.awssdk.services.ecr.model.StartImageScanRequest;
import software.amazon.awssdk.services.ecr.model.StartImageScanResponse;

/** Image scans. There is no scanner here: every scan ends as ECR's scan of an image ends that it does not support, and says why. */
final class ScanOperations {
    private static final Duration PAUSE = Duration.ofHours(24);
    private static final String WHY =
            "UnsupportedImageError: Slipway's local cloud has no vulnerability scanner; nothing was looked for.";

    private final Repositories repositories;
    private final RegistryContent content;
    private final Images images;
    private final Table<ScanRow> scans;

    ScanOperations(Repositories repositories, RegistryContent content, Store store) {
        this.repositories = repositories;
        this.content = content;
        this.images = new Images(content);
        this.scans = store.table("ecr-scans", ScanRow.class);
    }

    record ScanRow(RepositoryId repository, String digest, Instant startedAt) {}

    void addTo(Operations on) {
        on.aboutByCaller(
                "StartImageScan",
                StartImageScanRequest.class,
                StartImageScanResponse.class,
                StartImageScanRequest::registryId,
                StartImageScanRequest::repositoryName,
                this::start);
        on.about(
                "DescribeImageScanFindings",
                DescribeImageScanFindingsRequest.class,
                DescribeImageScanFindingsResponse.class,
                DescribeImageScanFindingsRequest::registryId,
                DescribeImageScanFindingsRequest::repositoryName,
                this::findings);
        on.about(
                "PutImageScanningConfiguration",
                PutImageScanningConfigurationRequest.class,
                PutImageScanningConfigurationResponse.class,
                PutImageScanningConfigurationRequest::registryId,
                PutImageScanningConfigurationRequest::repositoryName,
                this::configure);
    }

    /** What became of the image's scan; empty when it was never scanned. */
    Optional<ImageScanStatus> status(StoredManifest image) {
        return scans.get(key(image)).map(row -> ImageScanStatus.builder()
                .status(ScanStatus.FAILED)
                .description(WHY)
                .build());
    }

    /** What a push does in a repository that scans on push. */
    void pushed(RepositoryId id, Digest digest, Instant now) {
        if (repositories.row(id).filter(RepositoryRow::scanOnPush).isPresent()) {
            content.find(id, digest.toString())
                    .ifPresent(image -> scans.putIfAbsent(key(image), new ScanRow(id, digest.toString(), now)));
        }
    }

    /** Forgets the scans of images that are gone. */
    void forgetRemoved() {
        scans.values().stream()
                .filter(row -> content.find(row.repository(), row.digest()).isEmpty())
                .forEach(row -> scans.remove(row.repository().path() + "@" + row.digest()));
    }

    private StartImageScanResponse start(Call call, RepositoryId id, StartImageScanRequest request) {
        repositories.require(id);
        StoredManifest image = images.require(id, request.imageId());
        if (MediaTypes.isIndex(image.mediaType())) {
            throw Errors.error(
                    "UnsupportedImageTypeException",
                    "The image is of a type that cannot be scanned: " + image.mediaType());
        }
        Optional<ScanRow> before = scans.get(key(image));
        if (before.filter(row -> row.startedAt().isAfter(call.now().minus(PAUSE)))
                .isPresent()) {
            throw Errors.error(
                    "LimitExceededException", "The scan quota per image has been exceeded. Wait and try again.");
        }
        scans.put(key(image), new ScanRow(id, image.digest().toString(), call.now()));
        return StartImageScanResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .imageId(Images.identifier(image.digest(), request.imageId().imageTag()))
                .imageScanStatus(status -> status.status(ScanStatus.IN_PROGRESS))
                .build();
    }

    private DescribeImageScanFindingsResponse findings(RepositoryId id, DescribeImageScanFindingsRequest request) {
        repositories.require(id);
        ImageIdentifier wanted = request.imageId();
        StoredManifest image = images.require(id, wanted);
        return DescribeImageScanFindingsResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .imageId(Images.identifier(image.digest(), wanted.imageTag()))
                .imageScanStatus(status(image)
                        .orElseThrow(() -> Errors.error(
                                "ScanNotFoundException",
                                "Image scan does not exist for the image with '{imageDigest:'" + image.digest()
                                        + "', imageTag:'" + wanted.imageTag() + "'}' in the repository with name '"
                                        + id.name() + "' in the registry with id '" + id.account() + "'")))
                .build();
    }

    private PutImageScanningConfigurationResponse configure(
            RepositoryId id, PutImageScanningConfigurationRequest request) {
        boolean onPush =
                Boolean.TRUE.equals(request.imageScanningConfiguration().scanOnPush());
        repositories.change(id, row -> row.withScanOnPush(onPush));
        return PutImageScanningConfigurationResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .imageScanningConfiguration(configuration -> configuration.scanOnPush(onPush))
                .build();
    }

    private static String key(StoredManifest image) {
        return image.repository().path() + "@" + image.digest();
    }
}
