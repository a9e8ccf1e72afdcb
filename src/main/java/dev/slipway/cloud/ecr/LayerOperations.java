package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.LayerUrls;
import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RegistryException;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.registry.Uploads;
import dev.slipway.cloud.wire.AwsException;
import dev.slipway.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityRequest;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityResponse;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerRequest;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerResponse;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.Layer;
import software.amazon.awssdk.services.ecr.model.LayerAvailability;
import software.amazon.awssdk.services.ecr.model.LayerFailure;
import software.amazon.awssdk.services.ecr.model.LayerFailureCode;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartRequest;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartResponse;

/** Layers by the API, for clients that do not speak the registry's own protocol. */
final class LayerOperations {
    private static final long PART_BYTES = 10L << 20;
    private static final long LEAST_PART_BYTES = 5L << 20;
    private static final int MOST_REMEMBERED = 1000;

    private final Repositories repositories;
    private final RegistryContent content;
    private final PullThrough pullThrough;
    private final LayerUrls urls;
    private final Supplier<URI> endpoint;
    /** Uploads whose last part was small: no other may follow. Forgetting one only lets a small part pass. */
    private final Map<String, Long> shortParts = new ConcurrentHashMap<>();

    LayerOperations(
            Repositories repositories,
            RegistryContent content,
            PullThrough pullThrough,
            LayerUrls urls,
            Supplier<URI> endpoint) {
        this.repositories = repositories;
        this.content = content;
        this.pullThrough = pullThrough;
        this.urls = urls;
        this.endpoint = endpoint;
    }

    void addTo(Operations on) {
        on.about(
                "BatchCheckLayerAvailability",
                BatchCheckLayerAvailabilityRequest.class,
                BatchCheckLayerAvailabilityResponse.class,
                BatchCheckLayerAvailabilityRequest::registryId,
                BatchCheckLayerAvailabilityRequest::repositoryName,
                (id, request) -> check(id, request.layerDigests()));
        on.about(
                "GetDownloadUrlForLayer",
                GetDownloadUrlForLayerRequest.class,
                GetDownloadUrlForLayerResponse.class,
                GetDownloadUrlForLayerRequest::registryId,
                GetDownloadUrlForLayerRequest::repositoryName,
                this::url);
        on.about(
                "InitiateLayerUpload",
                InitiateLayerUploadRequest.class,
                InitiateLayerUploadResponse.class,
                InitiateLayerUploadRequest::registryId,
                InitiateLayerUploadRequest::repositoryName,
                (id, request) -> initiate(id));
        on.about(
                "UploadLayerPart",
                UploadLayerPartRequest.class,
                UploadLayerPartResponse.class,
                UploadLayerPartRequest::registryId,
                UploadLayerPartRequest::repositoryName,
                this::part);
        on.about(
                "CompleteLayerUpload",
                CompleteLayerUploadRequest.class,
                CompleteLayerUploadResponse.class,
                CompleteLayerUploadRequest::registryId,
                CompleteLayerUploadRequest::repositoryName,
                this::complete);
    }

    private BatchCheckLayerAvailabilityResponse check(RepositoryId id, List<String> digests) {
        repositories.require(id);
        List<Layer> layers = new ArrayList<>();
        List<LayerFailure> failures = new ArrayList<>();
        for (String text : digests) {
            try {
                Optional<Long> size = content.promiseBlob(id, Digest.parse(text));
                layers.add(Layer.builder()
                        .layerDigest(text)
                        .layerAvailability(
                                size.isPresent() ? LayerAvailability.AVAILABLE : LayerAvailability.UNAVAILABLE)
                        .layerSize(size.orElse(null))
                        .build());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
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

    private GetDownloadUrlForLayerResponse url(RepositoryId id, GetDownloadUrlForLayerRequest request) {
        Digest digest = digest("layerDigest", request.layerDigest());
        pullThrough.fetchLayer(id, digest);
        repositories.require(id);
        if (content.blobSize(id, digest).isEmpty()) {
            throw Errors.layerNotFound(id, request.layerDigest());
        }
        return GetDownloadUrlForLayerResponse.builder()
                .downloadUrl(endpoint.get().resolve(urls.path(digest)).toString())
                .layerDigest(request.layerDigest())
                .build();
    }

    private InitiateLayerUploadResponse initiate(RepositoryId id) {
        repositories.require(id);
        try {
            return InitiateLayerUploadResponse.builder()
                    .uploadId(content.uploads().start(id, "sha256"))
                    .partSize(PART_BYTES)
                    .build();
        } catch (RegistryException full) {
            throw Errors.error("LimitExceededException", full.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private UploadLayerPartResponse part(RepositoryId id, UploadLayerPartRequest request) {
        repositories.require(id);
        byte[] bytes = request.layerPartBlob().asByteArrayUnsafe();
        long first = request.partFirstByte();
        long last = request.partLastByte();
        Uploads uploads = content.uploads();
        long size = size(id, request.uploadId());
        if (first != size || last - first + 1 != bytes.length || bytes.length == 0) {
            throw Errors.error(
                    "InvalidLayerPartException",
                    "Layer part from byte " + first + " to " + last + " with " + bytes.length
                            + " bytes is not valid; the last byte received is " + (size - 1));
        }
        if (shortParts.containsKey(request.uploadId())) {
            throw Errors.error("LayerPartTooSmallException", "Layer parts must be at least 5 MiB in size");
        }
        try {
            long now = uploads.append(id, request.uploadId(), first, new ByteArrayInputStream(bytes));
            if (bytes.length < LEAST_PART_BYTES) {
                if (shortParts.size() >= MOST_REMEMBERED) {
                    shortParts.clear();
                }
                shortParts.put(request.uploadId(), now);
            }
            return UploadLayerPartResponse.builder()
                    .registryId(id.account())
                    .repositoryName(id.name())
                    .uploadId(request.uploadId())
                    .lastByteReceived(now - 1)
                    .build();
        } catch (RegistryException e) {
            throw Errors.error("InvalidLayerPartException", e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompleteLayerUploadResponse complete(RepositoryId id, CompleteLayerUploadRequest request) {
        repositories.require(id);
        if (size(id, request.uploadId()) == 0) {
            throw Errors.error("EmptyUploadException", "The upload '" + request.uploadId() + "' has no layer parts");
        }
        if (request.layerDigests().size() != 1) {
            throw Errors.invalidParameter("layerDigests", "must have one digest");
        }
        String text = request.layerDigests().get(0);
        Digest digest = digest("layerDigests", text);
        if (content.blobSize(id, digest).isPresent()) {
            throw Errors.error(
                    "LayerAlreadyExistsException",
                    "Layer with digest '" + text + "' already exists in the repository with name '" + id.name()
                            + "' in registry with id '" + id.account() + "'");
        }
        try {
            content.uploads().finish(id, request.uploadId(), digest);
            shortParts.remove(request.uploadId());
        } catch (RegistryException e) {
            throw Errors.error("InvalidLayerException", e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return CompleteLayerUploadResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .uploadId(request.uploadId())
                .layerDigest(text)
                .build();
    }

    private long size(RepositoryId id, String uploadId) {
        try {
            return content.uploads().size(id, uploadId);
        } catch (RegistryException unknown) {
            shortParts.remove(uploadId);
            throw uploadNotFound(id, uploadId);
        }
    }

    private static AwsException uploadNotFound(RepositoryId id, String uploadId) {
        return Errors.error(
                "UploadNotFoundException",
                "Layer upload with ID '" + uploadId + "' does not exist in the repository with name '" + id.name()
                        + "' in the registry with id '" + id.account() + "'");
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
