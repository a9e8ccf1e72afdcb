package dev.slipway.cloud.ecr;

import dev.slipway.cloud.ecr.Images.Found;
import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RegistryException;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.registry.StoredManifest;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.PutImageResponse;

/** Puts, tags and removes the images of private repositories. */
final class ImageChanges {
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    private final Repositories repositories;
    private final RegistryContent content;
    private final Images images;

    ImageChanges(Repositories repositories, RegistryContent content) {
        this.repositories = repositories;
        this.content = content;
        this.images = new Images(content);
    }

    void addTo(Operations on) {
        on.about(
                "PutImage",
                PutImageRequest.class,
                PutImageResponse.class,
                PutImageRequest::registryId,
                PutImageRequest::repositoryName,
                this::put);
        on.about(
                "BatchDeleteImage",
                BatchDeleteImageRequest.class,
                BatchDeleteImageResponse.class,
                BatchDeleteImageRequest::registryId,
                BatchDeleteImageRequest::repositoryName,
                this::delete);
    }

    private PutImageResponse put(RepositoryId id, PutImageRequest request) {
        RepositoryRow row = repositories.require(id);
        if (request.imageTag() != null && !TAG.matcher(request.imageTag()).matches()) {
            throw Errors.invalidParameter("imageTag", "must satisfy regular expression '" + TAG + "'");
        }
        byte[] bytes = request.imageManifest().getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(bytes);
        if (request.imageDigest() != null && !request.imageDigest().equals(digest.toString())) {
            throw Errors.error(
                    "ImageDigestDoesNotMatchException",
                    "Image digest '" + request.imageDigest() + "' does not match the digest '" + digest
                            + "' that is calculated from the manifest");
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
        String type = request.imageManifestMediaType() == null ? "" : request.imageManifestMediaType();
        try {
            StoredManifest stored = content.push(id, tag, digest, type, bytes, row::isFrozen);
            return PutImageResponse.builder()
                    .image(ImageOperations.image(stored, request.imageTag(), request.imageManifest()))
                    .build();
        } catch (RegistryException e) {
            throw translated(e, type, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AwsException translated(RegistryException refusal, String mediaType, byte[] manifest) {
        return switch (refusal.code()) {
            case "TAG_INVALID" -> Errors.error("ImageTagAlreadyExistsException", refusal.getMessage());
            case "MANIFEST_BLOB_UNKNOWN" ->
                Errors.error(
                        ImageIndex.isIndex(mediaType, manifest)
                                ? "ReferencedImagesNotFoundException"
                                : "LayersNotFoundException",
                        refusal.getMessage());
            default -> Errors.invalidParameter("imageManifest", refusal.getMessage());
        };
    }

    private BatchDeleteImageResponse delete(RepositoryId id, BatchDeleteImageRequest request) {
        repositories.require(id);
        List<ImageIdentifier> deleted = new ArrayList<>();
        List<ImageFailure> failures = new ArrayList<>();
        for (ImageIdentifier wanted : request.imageIds()) {
            Found found = images.find(id, wanted);
            found.failure().ifPresent(failures::add);
            found.image().ifPresent(image -> delete(id, wanted, image, deleted, failures));
        }
        return BatchDeleteImageResponse.builder()
                .imageIds(deleted)
                .failures(failures)
                .build();
    }

    private void delete(
            RepositoryId id,
            ImageIdentifier wanted,
            StoredManifest image,
            List<ImageIdentifier> deleted,
            List<ImageFailure> failures) {
        if (wanted.imageDigest() == null && image.tags().size() > 1) {
            content.removeTag(id, wanted.imageTag());
            deleted.add(Images.identifier(image.digest(), wanted.imageTag()));
            return;
        }
        Optional<Digest> index = content.indexThatNeeds(id, image.digest());
        if (index.isPresent()) {
            failures.add(Images.failure(
                    wanted,
                    ImageFailureCode.IMAGE_REFERENCED_BY_MANIFEST_LIST,
                    "Requested image referenced by manifest list: [" + index.get() + "]"));
            return;
        }
        content.removeImage(id, image.digest());
        ImageOperations.identifiers(image).forEach(deleted::add);
    }
}
