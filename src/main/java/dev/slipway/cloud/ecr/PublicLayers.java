package dev.slipway.cloud.ecr;

import dev.slipway.cloud.ecr.LayerUploads.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecrpublic.model.BatchCheckLayerAvailabilityRequest;
import software.amazon.awssdk.services.ecrpublic.model.BatchCheckLayerAvailabilityResponse;
import software.amazon.awssdk.services.ecrpublic.model.CompleteLayerUploadRequest;
import software.amazon.awssdk.services.ecrpublic.model.CompleteLayerUploadResponse;
import software.amazon.awssdk.services.ecrpublic.model.InitiateLayerUploadRequest;
import software.amazon.awssdk.services.ecrpublic.model.InitiateLayerUploadResponse;
import software.amazon.awssdk.services.ecrpublic.model.Layer;
import software.amazon.awssdk.services.ecrpublic.model.LayerAvailability;
import software.amazon.awssdk.services.ecrpublic.model.LayerFailure;
import software.amazon.awssdk.services.ecrpublic.model.LayerFailureCode;
import software.amazon.awssdk.services.ecrpublic.model.UploadLayerPartRequest;
import software.amazon.awssdk.services.ecrpublic.model.UploadLayerPartResponse;

/** Layers of public repositories by the API. */
final class PublicLayers {
    private final LayerUploads uploads;

    PublicLayers(LayerUploads uploads) {
        this.uploads = uploads;
    }

    void addTo(PublicOperations on) {
        on.about(
                "BatchCheckLayerAvailability",
                BatchCheckLayerAvailabilityRequest.class,
                BatchCheckLayerAvailabilityResponse.class,
                BatchCheckLayerAvailabilityRequest::registryId,
                BatchCheckLayerAvailabilityRequest::repositoryName,
                (row, request) -> check(row.place(), request.layerDigests()));
        on.about(
                "InitiateLayerUpload",
                InitiateLayerUploadRequest.class,
                InitiateLayerUploadResponse.class,
                InitiateLayerUploadRequest::registryId,
                InitiateLayerUploadRequest::repositoryName,
                (row, request) -> InitiateLayerUploadResponse.builder()
                        .uploadId(uploads.initiate(row.place()))
                        .partSize(LayerUploads.PART_BYTES)
                        .build());
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

    private BatchCheckLayerAvailabilityResponse check(Place place, List<String> digests) {
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

    private UploadLayerPartResponse part(PublicRepositories.Row row, UploadLayerPartRequest request) {
        long last = uploads.part(
                row.place(),
                request.uploadId(),
                request.partFirstByte(),
                request.partLastByte(),
                request.layerPartBlob().asByteArrayUnsafe());
        return UploadLayerPartResponse.builder()
                .registryId(row.account())
                .repositoryName(row.name())
                .uploadId(request.uploadId())
                .lastByteReceived(last)
                .build();
    }

    private CompleteLayerUploadResponse complete(PublicRepositories.Row row, CompleteLayerUploadRequest request) {
        String digest = uploads.complete(row.place(), request.uploadId(), request.layerDigests());
        return CompleteLayerUploadResponse.builder()
                .registryId(row.account())
                .repositoryName(row.name())
                .uploadId(request.uploadId())
                .layerDigest(digest)
                .build();
    }
}
