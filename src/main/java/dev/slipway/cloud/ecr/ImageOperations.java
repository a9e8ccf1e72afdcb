package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RegistryException;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.registry.StoredManifest;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityResponse;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.Layer;
import software.amazon.awssdk.services.ecr.model.LayerAvailability;
import software.amazon.awssdk.services.ecr.model.LayerFailure;
import software.amazon.awssdk.services.ecr.model.LayerFailureCode;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.ListImagesResponse;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.PutImageResponse;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/** Shows, re-tags and removes the images of private repositories. */
final class ImageOperations {
    private final Repositories repositories;
    private final RegistryContent content;

    ImageOperations(Repositories repositories, RegistryContent content) {
        this.repositories = repositories;
        this.content = content;
    }

    DescribeImagesResponse describe(RepositoryId id, DescribeImagesRequest request) {
        repositories.require(id);
        if (request.hasImageIds() && !request.imageIds().isEmpty()) {
            return DescribeImagesResponse.builder()
                    .imageDetails(request.imageIds().stream()
                            .map(image -> detail(find(id, image)
                                    .orElseThrow(() -> Errors.imageNotFound(
                                            id,
                                            String.valueOf(image.imageDigest()),
                                            String.valueOf(image.imageTag())))))
                            .toList())
                    .build();
        }
        TagStatus wanted = request.filter() == null ? null : request.filter().tagStatus();
        Page<StoredManifest> page = Page.of(
                content.images(id).stream()
                        .filter(image -> isWanted(wanted, !image.tags().isEmpty()))
                        .toList(),
                image -> image.digest().toString(),
                request.nextToken(),
                request.maxResults());
        return DescribeImagesResponse.builder()
                .imageDetails(page.items().stream().map(ImageOperations::detail).toList())
                .nextToken(page.next())
                .build();
    }

    ListImagesResponse list(RepositoryId id, ListImagesRequest request) {
        repositories.require(id);
        TagStatus wanted = request.filter() == null ? null : request.filter().tagStatus();
        List<ImageIdentifier> all = content.images(id).stream()
                .flatMap(ImageOperations::identifiers)
                .filter(image -> isWanted(wanted, image.imageTag() != null))
                .toList();
        Page<ImageIdentifier> page = Page.of(
                all,
                image -> image.imageDigest() + " " + (image.imageTag() == null ? "" : image.imageTag()),
                request.nextToken(),
                request.maxResults());
        return ListImagesResponse.builder()
                .imageIds(page.items())
                .nextToken(page.next())
                .build();
    }

    BatchGetImageResponse get(RepositoryId id, List<ImageIdentifier> wanted) {
        repositories.require(id);
        List<Image> images = new ArrayList<>();
        List<ImageFailure> failures = new ArrayList<>();
        for (ImageIdentifier image : wanted) {
            Optional<StoredManifest> found = find(id, image);
            found.ifPresent(manifest -> images.add(image(manifest, image.imageTag(), text(manifest))));
            if (found.isEmpty()) {
                failures.add(notFound(image));
            }
        }
        return BatchGetImageResponse.builder().images(images).failures(failures).build();
    }

    PutImageResponse put(RepositoryId id, PutImageRequest request) {
        RepositoryRow row = repositories.require(id);
        byte[] bytes = request.imageManifest().getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(bytes);
        if (request.imageDigest() != null && !request.imageDigest().equals(digest.toString())) {
            throw Errors.error(
                    "ImageDigestDoesNotMatchException",
                    "the image manifest has the digest " + digest + ", not " + request.imageDigest());
        }
        Optional<String> tag = Optional.ofNullable(request.imageTag());
        Optional<StoredManifest> there = content.find(id, digest.toString());
        if (there.isPresent() && tag.map(there.get().tags()::contains).orElse(true)) {
            throw Errors.error(
                    "ImageAlreadyExistsException",
                    "Image with digest '" + digest + "' and tag '" + tag.orElse("null")
                            + "' already exists in the repository with name '" + id.name()
                            + "' in registry with id '" + id.account() + "'");
        }
        try {
            String type = request.imageManifestMediaType() == null ? "" : request.imageManifestMediaType();
            StoredManifest stored = content.push(id, tag, digest, type, bytes, row::isFrozen);
            return PutImageResponse.builder()
                    .image(image(stored, request.imageTag(), request.imageManifest()))
                    .build();
        } catch (RegistryException e) {
            throw translated(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AwsException translated(RegistryException refusal) {
        return switch (refusal.code()) {
            case "TAG_INVALID" -> Errors.error("ImageTagAlreadyExistsException", refusal.getMessage());
            case "MANIFEST_BLOB_UNKNOWN" -> Errors.error("LayersNotFoundException", refusal.getMessage());
            case "MANIFEST_UNKNOWN" -> Errors.error("ReferencedImagesNotFoundException", refusal.getMessage());
            default -> Errors.error("InvalidParameterException", refusal.getMessage());
        };
    }

    BatchDeleteImageResponse delete(RepositoryId id, List<ImageIdentifier> wanted) {
        repositories.require(id);
        List<ImageIdentifier> deleted = new ArrayList<>();
        List<ImageFailure> failures = new ArrayList<>();
        for (ImageIdentifier image : wanted) {
            Optional<StoredManifest> found = find(id, image);
            if (found.isEmpty()) {
                failures.add(notFound(image));
                continue;
            }
            StoredManifest manifest = found.get();
            boolean onlyTag = image.imageDigest() == null && manifest.tags().size() > 1;
            Optional<Digest> index = content.indexThatNeeds(id, manifest.digest());
            if (!onlyTag && index.isPresent()) {
                failures.add(failure(
                        image,
                        ImageFailureCode.IMAGE_REFERENCED_BY_MANIFEST_LIST,
                        "Requested image referenced by manifest list: [" + index.get() + "]"));
            } else if (onlyTag) {
                content.removeTag(id, image.imageTag());
                deleted.add(identifier(manifest.digest(), image.imageTag()));
            } else {
                content.removeImage(id, manifest.digest());
                identifiers(manifest).forEach(deleted::add);
            }
        }
        return BatchDeleteImageResponse.builder()
                .imageIds(deleted)
                .failures(failures)
                .build();
    }

    BatchCheckLayerAvailabilityResponse layers(RepositoryId id, List<String> digests) {
        repositories.require(id);
        List<Layer> layers = new ArrayList<>();
        List<LayerFailure> failures = new ArrayList<>();
        for (String text : digests) {
            try {
                Optional<Long> size = content.blobSize(id, Digest.parse(text));
                layers.add(Layer.builder()
                        .layerDigest(text)
                        .layerAvailability(
                                size.isPresent() ? LayerAvailability.AVAILABLE : LayerAvailability.UNAVAILABLE)
                        .layerSize(size.orElse(null))
                        .build());
            } catch (IllegalArgumentException e) {
                failures.add(LayerFailure.builder()
                        .layerDigest(text)
                        .failureCode(LayerFailureCode.INVALID_LAYER_DIGEST)
                        .failureReason(e.getMessage())
                        .build());
            }
        }
        return BatchCheckLayerAvailabilityResponse.builder()
                .layers(layers)
                .failures(failures)
                .build();
    }

    /** With a tag and a digest both must fit. */
    private Optional<StoredManifest> find(RepositoryId id, ImageIdentifier image) {
        if (image.imageDigest() == null && image.imageTag() == null) {
            throw Errors.invalidParameter("imageIds", "each must have an imageDigest or an imageTag");
        }
        String reference = image.imageDigest() == null ? image.imageTag() : image.imageDigest();
        return content.find(id, reference)
                .filter(found -> image.imageTag() == null || found.tags().contains(image.imageTag()));
    }

    private static boolean isWanted(@Nullable TagStatus wanted, boolean tagged) {
        return wanted == null || wanted == TagStatus.ANY || (wanted == TagStatus.TAGGED) == tagged;
    }

    private static Stream<ImageIdentifier> identifiers(StoredManifest image) {
        return image.tags().isEmpty()
                ? Stream.of(identifier(image.digest(), null))
                : image.tags().stream().map(tag -> identifier(image.digest(), tag));
    }

    private static ImageIdentifier identifier(Digest digest, @Nullable String tag) {
        return ImageIdentifier.builder()
                .imageDigest(digest.toString())
                .imageTag(tag)
                .build();
    }

    private static Image image(StoredManifest manifest, @Nullable String tag, String text) {
        return Image.builder()
                .registryId(manifest.repository().account())
                .repositoryName(manifest.repository().name())
                .imageId(identifier(manifest.digest(), tag))
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

    private static ImageFailure notFound(ImageIdentifier image) {
        return failure(image, ImageFailureCode.IMAGE_NOT_FOUND, "Requested image not found");
    }

    private static ImageFailure failure(ImageIdentifier image, ImageFailureCode code, String reason) {
        return ImageFailure.builder()
                .imageId(image)
                .failureCode(code)
                .failureReason(reason)
                .build();
    }

    private static ImageDetail detail(StoredManifest image) {
        return ImageDetail.builder()
                .registryId(image.repository().account())
                .repositoryName(image.repository().name())
                .imageDigest(image.digest().toString())
                .imageTags(image.tags().isEmpty() ? null : image.tags())
                .imageSizeInBytes(image.imageSize())
                .imagePushedAt(image.pushedAt())
                .imageManifestMediaType(image.mediaType())
                .build();
    }
}
