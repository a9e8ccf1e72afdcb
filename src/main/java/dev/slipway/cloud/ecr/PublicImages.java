package dev.slipway.cloud.ecr;

import dev.slipway.cloud.ecr.ImagePuts.Wanted;
import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.registry.StoredManifest;
import dev.slipway.cloud.wire.Page;
import dev.slipway.oci.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecrpublic.model.BatchDeleteImageRequest;
import software.amazon.awssdk.services.ecrpublic.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecrpublic.model.DescribeImageTagsRequest;
import software.amazon.awssdk.services.ecrpublic.model.DescribeImageTagsResponse;
import software.amazon.awssdk.services.ecrpublic.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecrpublic.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecrpublic.model.ImageDetail;
import software.amazon.awssdk.services.ecrpublic.model.ImageFailure;
import software.amazon.awssdk.services.ecrpublic.model.ImageFailureCode;
import software.amazon.awssdk.services.ecrpublic.model.ImageIdentifier;
import software.amazon.awssdk.services.ecrpublic.model.ImageTagDetail;
import software.amazon.awssdk.services.ecrpublic.model.PutImageRequest;
import software.amazon.awssdk.services.ecrpublic.model.PutImageResponse;

/** Puts, shows and removes the images of public repositories. */
final class PublicImages {
    private final RegistryContent content;
    private final ImagePuts puts;

    PublicImages(RegistryContent content) {
        this.content = content;
        this.puts = new ImagePuts(content);
    }

    void addTo(PublicOperations on) {
        on.about(
                "PutImage",
                PutImageRequest.class,
                PutImageResponse.class,
                PutImageRequest::registryId,
                PutImageRequest::repositoryName,
                this::put);
        on.about(
                "DescribeImages",
                DescribeImagesRequest.class,
                DescribeImagesResponse.class,
                DescribeImagesRequest::registryId,
                DescribeImagesRequest::repositoryName,
                this::describe);
        on.about(
                "DescribeImageTags",
                DescribeImageTagsRequest.class,
                DescribeImageTagsResponse.class,
                DescribeImageTagsRequest::registryId,
                DescribeImageTagsRequest::repositoryName,
                this::tags);
        on.about(
                "BatchDeleteImage",
                BatchDeleteImageRequest.class,
                BatchDeleteImageResponse.class,
                BatchDeleteImageRequest::registryId,
                BatchDeleteImageRequest::repositoryName,
                this::delete);
    }

    private PutImageResponse put(PublicRepositories.Row row, PutImageRequest request) {
        Wanted wanted = new Wanted(
                request.imageManifest(), request.imageManifestMediaType(), request.imageTag(), request.imageDigest());
        StoredManifest stored = puts.put(row.place(), wanted, tag -> false);
        return PutImageResponse.builder()
                .image(image -> image.registryId(row.account())
                        .repositoryName(row.name())
                        .imageId(identifier(stored.digest(), request.imageTag()))
                        .imageManifest(request.imageManifest())
                        .imageManifestMediaType(stored.mediaType()))
                .build();
    }

    private DescribeImagesResponse describe(PublicRepositories.Row row, DescribeImagesRequest request) {
        if (!request.imageIds().isEmpty()) {
            Pages.refuse("imageIds", request.nextToken(), request.maxResults());
            return DescribeImagesResponse.builder()
                    .imageDetails(request.imageIds().stream()
                            .map(wanted -> detail(
                                    row,
                                    find(row.id(), wanted)
                                            .orElseThrow(() -> Errors.imageNotFound(
                                                    row.ownName(),
                                                    String.valueOf(wanted.imageDigest()),
                                                    String.valueOf(wanted.imageTag())))))
                            .toList())
                    .build();
        }
        Page<StoredManifest> page = Pages.of(
                content.images(row.id()),
                image -> image.digest().toString(),
                request.nextToken(),
                request.maxResults());
        return DescribeImagesResponse.builder()
                .imageDetails(
                        page.items().stream().map(image -> detail(row, image)).toList())
                .nextToken(page.next())
                .build();
    }

    private static ImageDetail detail(PublicRepositories.Row row, StoredManifest image) {
        return ImageDetail.builder()
                .registryId(row.account())
                .repositoryName(row.name())
                .imageDigest(image.digest().toString())
                .imageTags(image.tags().isEmpty() ? null : image.tags())
                .imageSizeInBytes(image.imageSize())
                .imagePushedAt(image.pushedAt())
                .imageManifestMediaType(image.mediaType())
                .artifactMediaType(image.artifactType().orElse(null))
                .build();
    }

    private DescribeImageTagsResponse tags(PublicRepositories.Row row, DescribeImageTagsRequest request) {
        List<ImageTagDetail> all = content.images(row.id()).stream()
                .flatMap(image -> image.tags().stream().map(tag -> tag(image, tag)))
                .sorted(java.util.Comparator.comparing(ImageTagDetail::imageTag))
                .toList();
        Page<ImageTagDetail> page = Pages.of(all, ImageTagDetail::imageTag, request.nextToken(), request.maxResults());
        return DescribeImageTagsResponse.builder()
                .imageTagDetails(page.items())
                .nextToken(page.next())
                .build();
    }

    private ImageTagDetail tag(StoredManifest image, String tag) {
        return ImageTagDetail.builder()
                .imageTag(tag)
                .createdAt(content.tagMovedAt(image.repository(), tag).orElse(image.pushedAt()))
                .imageDetail(detail -> detail.imageDigest(image.digest().toString())
                        .imageSizeInBytes(image.imageSize())
                        .imagePushedAt(image.pushedAt())
                        .imageManifestMediaType(image.mediaType())
                        .artifactMediaType(image.artifactType().orElse(null)))
                .build();
    }

    private BatchDeleteImageResponse delete(PublicRepositories.Row row, BatchDeleteImageRequest request) {
        List<ImageIdentifier> deleted = new ArrayList<>();
        List<ImageFailure> failures = new ArrayList<>();
        for (ImageIdentifier wanted : request.imageIds()) {
            Optional<StoredManifest> image = find(row.id(), wanted);
            Optional<Digest> index = image.flatMap(found -> content.indexThatNeeds(row.id(), found.digest()));
            if (image.isEmpty()) {
                failures.add(failure(wanted, ImageFailureCode.IMAGE_NOT_FOUND, "Requested image not found"));
            } else if (wanted.imageDigest() == null && image.get().tags().size() > 1) {
                content.removeTag(row.id(), wanted.imageTag());
                deleted.add(identifier(image.get().digest(), wanted.imageTag()));
            } else if (index.isPresent()) {
                failures.add(failure(
                        wanted,
                        ImageFailureCode.IMAGE_REFERENCED_BY_MANIFEST_LIST,
                        "Requested image referenced by manifest list: [" + index.get() + "]"));
            } else {
                content.removeImage(row.id(), image.get().digest());
                deleted.add(identifier(image.get().digest(), wanted.imageTag()));
            }
        }
        return BatchDeleteImageResponse.builder()
                .imageIds(deleted)
                .failures(failures)
                .build();
    }

    private Optional<StoredManifest> find(RepositoryId id, ImageIdentifier wanted) {
        String reference = wanted.imageDigest() == null ? wanted.imageTag() : wanted.imageDigest();
        if (reference == null) {
            throw Errors.invalidParameter("imageIds", "each must have an imageDigest or an imageTag");
        }
        return content.find(id, reference)
                .filter(found -> wanted.imageTag() == null || found.tags().contains(wanted.imageTag()));
    }

    private static ImageFailure failure(ImageIdentifier image, ImageFailureCode code, String reason) {
        return ImageFailure.builder()
                .imageId(image)
                .failureCode(code)
                .failureReason(reason)
                .build();
    }

    private static ImageIdentifier identifier(Digest digest, @Nullable String tag) {
        return ImageIdentifier.builder()
                .imageDigest(digest.toString())
                .imageTag(tag)
                .build();
    }
}
