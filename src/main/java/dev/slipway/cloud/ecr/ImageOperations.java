package dev.slipway.cloud.ecr;

import dev.slipway.cloud.ecr.Images.Found;
import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.registry.StoredManifest;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import dev.slipway.oci.Artifact;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.ArtifactStatusFilter;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageReferrer;
import software.amazon.awssdk.services.ecr.model.ImageStatusFilter;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersRequest;
import software.amazon.awssdk.services.ecr.model.ListImageReferrersResponse;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.ListImagesResponse;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/** Shows the images of private repositories. */
final class ImageOperations {
    private static final String ACTIVE = "ACTIVE";

    private final Repositories repositories;
    private final RegistryContent content;
    private final Images images;
    private final ScanOperations scans;
    private final PullThrough pullThrough;

    ImageOperations(Repositories repositories, RegistryContent content, ScanOperations scans, PullThrough pullThrough) {
        this.repositories = repositories;
        this.content = content;
        this.images = new Images(content);
        this.scans = scans;
        this.pullThrough = pullThrough;
    }

    void addTo(Operations on) {
        on.about(
                "DescribeImages",
                DescribeImagesRequest.class,
                DescribeImagesResponse.class,
                DescribeImagesRequest::registryId,
                DescribeImagesRequest::repositoryName,
                this::describe);
        on.about(
                "ListImages",
                ListImagesRequest.class,
                ListImagesResponse.class,
                ListImagesRequest::registryId,
                ListImagesRequest::repositoryName,
                this::list);
        on.aboutByCaller(
                "BatchGetImage",
                BatchGetImageRequest.class,
                BatchGetImageResponse.class,
                BatchGetImageRequest::registryId,
                BatchGetImageRequest::repositoryName,
                this::get);
        Questions questions = on.questions();
        on.on(
                "ListImageReferrers",
                ListImageReferrersRequest.class,
                ListImageReferrersResponse.class,
                (call, request) -> List.<Question>of(questions.about(
                        call.caller(),
                        "BatchGetImage",
                        Operations.id(call, request.registryId(), request.repositoryName()))),
                (call, request) ->
                        referrers(Operations.id(call, request.registryId(), request.repositoryName()), request));
    }

    private DescribeImagesResponse describe(RepositoryId id, DescribeImagesRequest request) {
        repositories.require(id);
        if (request.hasImageIds() && !request.imageIds().isEmpty()) {
            Pages.refuse("imageIds", request.nextToken(), request.maxResults());
            return DescribeImagesResponse.builder()
                    .imageDetails(request.imageIds().stream()
                            .map(image -> detail(images.require(id, image)))
                            .toList())
                    .build();
        }
        TagStatus wanted = request.filter() == null ? null : request.filter().tagStatus();
        boolean active =
                isActive(request.filter() == null ? null : request.filter().imageStatus());
        Page<StoredManifest> page = Pages.of(
                content.images(id).stream()
                        .filter(image ->
                                active && isWanted(wanted, !image.tags().isEmpty()))
                        .toList(),
                image -> image.digest().toString(),
                request.nextToken(),
                request.maxResults());
        return DescribeImagesResponse.builder()
                .imageDetails(page.items().stream().map(this::detail).toList())
                .nextToken(page.next())
                .build();
    }

    private ListImagesResponse list(RepositoryId id, ListImagesRequest request) {
        repositories.require(id);
        TagStatus wanted = request.filter() == null ? null : request.filter().tagStatus();
        boolean active =
                isActive(request.filter() == null ? null : request.filter().imageStatus());
        List<ImageIdentifier> all = content.images(id).stream()
                .flatMap(ImageOperations::identifiers)
                .filter(image -> active && isWanted(wanted, image.imageTag() != null))
                .toList();
        Page<ImageIdentifier> page = Pages.of(
                all,
                image -> image.imageDigest() + " " + (image.imageTag() == null ? "" : image.imageTag()),
                request.nextToken(),
                request.maxResults());
        return ListImagesResponse.builder()
                .imageIds(page.items())
                .nextToken(page.next())
                .build();
    }

    private BatchGetImageResponse get(Call call, RepositoryId id, BatchGetImageRequest request) {
        for (ImageIdentifier image : request.imageIds()) {
            String reference = image.imageDigest() == null ? image.imageTag() : image.imageDigest();
            if (reference != null) {
                pullThrough.fetchImage(call, id, reference);
            }
        }
        repositories.require(id);
        List<Image> found = new ArrayList<>();
        List<ImageFailure> failures = new ArrayList<>();
        for (ImageIdentifier wanted : request.imageIds()) {
            Found one = images.find(id, wanted);
            one.failure().ifPresent(failures::add);
            one.image().ifPresent(manifest -> {
                List<String> accepted = request.acceptedMediaTypes();
                if (accepted.isEmpty() || accepted.contains(manifest.mediaType())) {
                    content.pulled(manifest);
                    found.add(image(manifest, wanted.imageTag(), text(manifest)));
                } else {
                    failures.add(Images.failure(
                            wanted,
                            ImageFailureCode.IMAGE_NOT_FOUND,
                            "Requested image not found: it has the media type " + manifest.mediaType()));
                }
            });
        }
        return BatchGetImageResponse.builder().images(found).failures(failures).build();
    }

    private ListImageReferrersResponse referrers(RepositoryId id, ListImageReferrersRequest request) {
        repositories.require(id);
        Digest subject = LayerUploads.digest("subjectId", request.subjectId().imageDigest());
        List<String> types =
                request.filter() == null ? List.of() : request.filter().artifactTypes();
        ArtifactStatusFilter status =
                request.filter() == null ? null : request.filter().artifactStatus();
        boolean active = status == null || status == ArtifactStatusFilter.ACTIVE || status == ArtifactStatusFilter.ANY;
        Page<StoredManifest> page = Pages.of(
                content.referrers(id, subject).stream()
                        .filter(image -> active
                                && (types.isEmpty()
                                        || types.contains(image.artifactType().orElse(""))))
                        .toList(),
                image -> image.digest().toString(),
                request.nextToken(),
                request.maxResults() == null ? Integer.valueOf(50) : request.maxResults());
        return ListImageReferrersResponse.builder()
                .referrers(page.items().stream().map(this::referrer).toList())
                .nextToken(page.next())
                .build();
    }

    private ImageReferrer referrer(StoredManifest image) {
        byte[] document = text(image).getBytes(StandardCharsets.UTF_8);
        return ImageReferrer.builder()
                .digest(image.digest().toString())
                .mediaType(image.mediaType())
                .artifactType(image.artifactType().orElse(null))
                .size((long) document.length)
                .annotations(Artifact.read(document).annotations())
                .artifactStatus(ACTIVE)
                .build();
    }

    private static boolean isActive(@Nullable ImageStatusFilter wanted) {
        return wanted == null || wanted == ImageStatusFilter.ACTIVE || wanted == ImageStatusFilter.ANY;
    }

    static boolean isWanted(@Nullable TagStatus wanted, boolean tagged) {
        return wanted == null || wanted == TagStatus.ANY || (wanted == TagStatus.TAGGED) == tagged;
    }

    static Stream<ImageIdentifier> identifiers(StoredManifest image) {
        return image.tags().isEmpty()
                ? Stream.of(Images.identifier(image.digest(), null))
                : image.tags().stream().map(tag -> Images.identifier(image.digest(), tag));
    }

    static Image image(StoredManifest manifest, @Nullable String tag, String text) {
        return Image.builder()
                .registryId(manifest.repository().account())
                .repositoryName(manifest.repository().name())
                .imageId(Images.identifier(manifest.digest(), tag))
                .imageManifest(text)
                .imageManifestMediaType(manifest.mediaType())
                .build();
    }

    private String text(StoredManifest manifest) {
        try {
            return new String(content.bytes(manifest), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the manifest " + manifest.digest() + " can't be read", e);
        }
    }

    private ImageDetail detail(StoredManifest image) {
        return ImageDetail.builder()
                .registryId(image.repository().account())
                .repositoryName(image.repository().name())
                .imageDigest(image.digest().toString())
                .imageTags(image.tags().isEmpty() ? null : image.tags())
                .imageSizeInBytes(image.imageSize())
                .imagePushedAt(image.pushedAt())
                .imageScanStatus(scans.status(image).orElse(null))
                .imageManifestMediaType(image.mediaType())
                .artifactMediaType(image.artifactType().orElse(null))
                .lastRecordedPullTime(image.lastPull().orElse(null))
                .subjectManifestDigest(image.subject().map(Digest::toString).orElse(null))
                .imageStatus(ACTIVE)
                .build();
    }
}
