package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RegistryException;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.registry.Uploads;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What ECR and ECR Public do with layers that come by their APIs. */
final class LayerUploads {
    static final long PART_BYTES = 10L << 20;
    private static final long LEAST_PART_BYTES = 5L << 20;
    private static final int MOST_REMEMBERED = 1000;

    private final RegistryContent content;
    /** Uploads whose last part was small: no other may follow. Forgetting one only lets a small part pass. */
    private final Map<String, Long> shortParts = new ConcurrentHashMap<>();

    LayerUploads(RegistryContent content) {
        this.content = content;
    }

    /**
     * A repository that is there.
     *
     * @param name the account and the name by which errors call it
     */
    record Place(RepositoryId id, RepositoryId name) {}

    /**
     * The size of a layer, in bytes; empty when the repository does not have it.
     *
     * @throws IllegalArgumentException when the text is no digest
     */
    Optional<Long> check(Place place, String digest) {
        try {
            return content.promiseBlob(place.id(), Digest.parse(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The new upload's id. */
    String initiate(Place place) {
        try {
            return content.uploads().start(place.id(), "sha256");
        } catch (RegistryException full) {
            throw Errors.error("LimitExceededException", full.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last byte that there is now, counted from 0. */
    long part(Place place, String uploadId, long first, long last, byte[] bytes) {
        Uploads uploads = content.uploads();
        long size = size(place, uploadId);
        if (first != size || last - first + 1 != bytes.length || bytes.length == 0) {
            throw Errors.error(
                    "InvalidLayerPartException",
                    "Layer part from byte " + first + " to " + last + " with " + bytes.length
                            + " bytes is not valid; the last byte received is " + (size - 1));
        }
        if (shortParts.containsKey(uploadId)) {
            throw Errors.error("LayerPartTooSmallException", "Layer parts must be at least 5 MiB in size");
        }
        try {
            long now = uploads.append(place.id(), uploadId, first, new ByteArrayInputStream(bytes));
            if (bytes.length < LEAST_PART_BYTES) {
                if (shortParts.size() >= MOST_REMEMBERED) {
                    shortParts.clear();
                }
                shortParts.put(uploadId, now);
            }
            return now - 1;
        } catch (RegistryException e) {
            throw Errors.error("InvalidLayerPartException", e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The layer's digest as the caller wrote it. */
    String complete(Place place, String uploadId, List<String> digests) {
        if (size(place, uploadId) == 0) {
            throw Errors.error("EmptyUploadException", "The upload '" + uploadId + "' has no layer parts");
        }
        if (digests.size() != 1) {
            throw Errors.invalidParameter("layerDigests", "must have one digest");
        }
        String text = digests.get(0);
        Digest digest = digest("layerDigests", text);
        if (content.blobSize(place.id(), digest).isPresent()) {
            throw Errors.error(
                    "LayerAlreadyExistsException",
                    "Layer with digest '" + text + "' already exists in the repository with name '"
                            + place.name().name() + "' in registry with id '"
                            + place.name().account() + "'");
        }
        try {
            content.uploads().finish(place.id(), uploadId, digest);
            shortParts.remove(uploadId);
        } catch (RegistryException e) {
            throw Errors.error("InvalidLayerException", e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text;
    }

    private long size(Place place, String uploadId) {
        try {
            return content.uploads().size(place.id(), uploadId);
        } catch (RegistryException unknown) {
            shortParts.remove(uploadId);
            throw Errors.error(
                    "UploadNotFoundException",
                    "Layer upload with ID '" + uploadId + "' does not exist in the repository with name '"
                            + place.name().name() + "' in the registry with id '"
                            + place.name().account() + "'");
        }
    }

    /** @throws AwsException InvalidParameterException */
    static Digest digest(String member, String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw Errors.invalidParameter(member, String.valueOf(e.getMessage()));
        }
    }
}
