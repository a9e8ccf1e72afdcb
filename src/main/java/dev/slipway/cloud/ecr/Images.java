package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.registry.StoredManifest;
import dev.slipway.oci.Digest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/** Finds the images that callers name, and says in ECR's words why one is not there. */
final class Images {
    private final RegistryContent content;

    Images(RegistryContent content) {
        this.content = content;
    }

    /** An image, or why there is none. */
    record Found(Optional<StoredManifest> image, Optional<ImageFailure> failure) {}

    Found find(RepositoryId id, ImageIdentifier wanted) {
        String digest = wanted.imageDigest();
        String tag = wanted.imageTag();
        if (digest == null && tag == null) {
            return failed(
                    wanted,
                    ImageFailureCode.MISSING_DIGEST_AND_TAG,
                    "Invalid request parameters: both tag and digest cannot be null");
        }
        if (digest != null && !isDigest(digest)) {
            return failed(
                    wanted,
                    ImageFailureCode.INVALID_IMAGE_DIGEST,
                    "Invalid request parameters: image digest should satisfy the regex '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'");
        }
        Optional<StoredManifest> image = content.find(id, digest == null ? tag : digest);
        if (image.isEmpty()) {
            return failed(wanted, ImageFailureCode.IMAGE_NOT_FOUND, "Requested image not found");
        }
        if (tag != null && !image.get().tags().contains(tag)) {
            return failed(
                    wanted,
                    ImageFailureCode.IMAGE_TAG_DOES_NOT_MATCH_DIGEST,
                    "Requested image tag does not match the image digest");
        }
        return new Found(image, Optional.empty());
    }

    /** @throws dev.slipway.cloud.wire.AwsException ImageNotFoundException, or InvalidParameterException when nothing is named */
    StoredManifest require(RepositoryId id, ImageIdentifier wanted) {
        Found found = find(id, wanted);
        if (found.failure()
                .filter(failure -> failure.failureCode() == ImageFailureCode.MISSING_DIGEST_AND_TAG)
                .isPresent()) {
            throw Errors.invalidParameter("imageId", "must have an imageDigest or an imageTag");
        }
        return found.image()
                .orElseThrow(() -> Errors.imageNotFound(
                        id, String.valueOf(wanted.imageDigest()), String.valueOf(wanted.imageTag())));
    }

    private static boolean isDigest(String text) {
        try {
            Digest.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Found failed(ImageIdentifier wanted, ImageFailureCode code, String reason) {
        return new Found(Optional.empty(), Optional.of(failure(wanted, code, reason)));
    }

    static ImageFailure failure(ImageIdentifier image, ImageFailureCode code, String reason) {
        return ImageFailure.builder()
                .imageId(image)
                .failureCode(code)
                .failureReason(reason)
                .build();
    }

    static ImageIdentifier identifier(Digest digest, @Nullable String tag) {
        return ImageIdentifier.builder()
                .imageDigest(digest.toString())
                .imageTag(tag)
                .build();
    }
}
