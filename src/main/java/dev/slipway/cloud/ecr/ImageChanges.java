package dev.slipway.cloud.ecr;

import dev.slipway.cloud.ecr.ImagePuts.Wanted;
import dev.slipway.cloud.ecr.Images.Found;
import dev.slipway.cloud.ecr.LayerUploads.Place;
import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.registry.StoredManifest;
import dev.slipway.oci.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.PutImageResponse;

/** Puts, tags and removes the images of private repositories. */
final class ImageChanges {
    private final Repositories repositories;
    private final RegistryContent content;
    private final Images images;
    private final ImagePuts puts;

    ImageChanges(Repositories repositories, RegistryContent content) {
        this.repositories = repositories;
        this.content = content;
        this.images = new Images(content);
        this.puts = new ImagePuts(content);
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
        Wanted wanted = new Wanted(
                request.imageManifest(), request.imageManifestMediaType(), request.imageTag(), request.imageDigest());
        StoredManifest stored = puts.put(new Place(id, id), wanted, row::isFrozen);
        return PutImageResponse.builder()
                .image(ImageOperations.image(stored, request.imageTag(), request.imageManifest()))
                .build();
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
