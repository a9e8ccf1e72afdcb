package dev.slipway.cloud.ecr;

import dev.slipway.cloud.ecr.LayerUploads.Place;
import dev.slipway.cloud.registry.LayerUrls;
import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.oci.Digest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final Repositories repositories;
    private final RegistryContent content;
    private final PullThrough pullThrough;
    private final LayerUrls urls;
    private final Supplier<URI> endpoint;
    private final LayerUploads uploads;

    LayerOperations(
            Repositories repositories,
            RegistryContent content,
            PullThrough pullThrough,
            LayerUrls urls,
            Supplier<URI> endpoint,
            LayerUploads uploads) {
        this.repositories = repositories;
        this.content = content;
        this.pullThrough = pullThrough;
        this.urls = urls;
        this.endpoint = endpoint;
        this.uploads = uploads;
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
        Place place = place(id);
        List<Layer> layers = new ArrayList<>();
        List<LayerFailure> failures = new ArrayList<>();
        for (String text : digests) {
            try {
                Optional<Long> size = uploads.check(place, text);
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

    private GetDownloadUrlForLayerResponse url(RepositoryId id, GetDownloadUrlForLayerRequest request) {
        Digest digest = LayerUploads.digest("layerDigest", request.layerDigest());
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
        return InitiateLayerUploadResponse.builder()
                .uploadId(uploads.initiate(place(id)))
                .partSize(LayerUploads.PART_BYTES)
                .build();
    }

    private UploadLayerPartResponse part(RepositoryId id, UploadLayerPartRequest request) {
        long last = uploads.part(
                place(id),
                request.uploadId(),
                request.partFirstByte(),
                request.partLastByte(),
                request.layerPartBlob().asByteArrayUnsafe());
        return UploadLayerPartResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .uploadId(request.uploadId())
                .lastByteReceived(last)
                .build();
    }

    private CompleteLayerUploadResponse complete(RepositoryId id, CompleteLayerUploadRequest request) {
        String digest = uploads.complete(place(id), request.uploadId(), request.layerDigests());
        return CompleteLayerUploadResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .uploadId(request.uploadId())
                .layerDigest(digest)
                .build();
    }

    private Place place(RepositoryId id) {
        repositories.require(id);
        return new Place(id, id);
    }
}
