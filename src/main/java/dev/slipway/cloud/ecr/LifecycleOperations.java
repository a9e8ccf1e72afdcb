package dev.slipway.cloud.ecr;

import dev.slipway.cloud.ecr.LifecyclePolicy.Expired;
import dev.slipway.cloud.ecr.RepositoryRow.Lifecycle;
import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.store.Store;
import dev.slipway.cloud.store.Table;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.DeleteLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.DeleteLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyPreviewRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyPreviewResponse;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewResult;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewStatus;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.StartLifecyclePolicyPreviewRequest;
import software.amazon.awssdk.services.ecr.model.StartLifecyclePolicyPreviewResponse;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/** The lifecycle policies of repositories, and what they would do. */
final class LifecycleOperations {
    private final Repositories repositories;
    private final RegistryContent content;
    private final Table<PreviewRow> previews;

    LifecycleOperations(Repositories repositories, RegistryContent content, Store store) {
        this.repositories = repositories;
        this.content = content;
        this.previews = store.table("ecr-lifecycle-previews", PreviewRow.class);
    }

    /** What a policy would have done when it was asked. */
    record PreviewRow(String text, List<ImageRow> images) {
        PreviewRow {
            images = List.copyOf(images);
        }
    }

    record ImageRow(String digest, List<String> tags, Instant pushedAt, int priority) {
        ImageRow {
            tags = List.copyOf(tags);
        }
    }

    void addTo(Operations on) {
        on.aboutByCaller(
                "PutLifecyclePolicy",
                PutLifecyclePolicyRequest.class,
                PutLifecyclePolicyResponse.class,
                PutLifecyclePolicyRequest::registryId,
                PutLifecyclePolicyRequest::repositoryName,
                this::put);
        on.about(
                "GetLifecyclePolicy",
                GetLifecyclePolicyRequest.class,
                GetLifecyclePolicyResponse.class,
                GetLifecyclePolicyRequest::registryId,
                GetLifecyclePolicyRequest::repositoryName,
                (id, request) -> get(id));
        on.about(
                "DeleteLifecyclePolicy",
                DeleteLifecyclePolicyRequest.class,
                DeleteLifecyclePolicyResponse.class,
                DeleteLifecyclePolicyRequest::registryId,
                DeleteLifecyclePolicyRequest::repositoryName,
                (id, request) -> delete(id));
        on.aboutByCaller(
                "StartLifecyclePolicyPreview",
                StartLifecyclePolicyPreviewRequest.class,
                StartLifecyclePolicyPreviewResponse.class,
                StartLifecyclePolicyPreviewRequest::registryId,
                StartLifecyclePolicyPreviewRequest::repositoryName,
                this::startPreview);
        on.about(
                "GetLifecyclePolicyPreview",
                GetLifecyclePolicyPreviewRequest.class,
                GetLifecyclePolicyPreviewResponse.class,
                GetLifecyclePolicyPreviewRequest::registryId,
                GetLifecyclePolicyPreviewRequest::repositoryName,
                this::preview);
    }

    private PutLifecyclePolicyResponse put(Call call, RepositoryId id, PutLifecyclePolicyRequest request) {
        repositories.require(id);
        LifecycleReader.read(request.lifecyclePolicyText());
        Lifecycle policy = new Lifecycle(request.lifecyclePolicyText(), call.now());
        repositories.change(id, row -> row.withLifecycle(Optional.of(policy)));
        return PutLifecyclePolicyResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .lifecyclePolicyText(policy.text())
                .build();
    }

    private Lifecycle policy(RepositoryId id) {
        return repositories
                .require(id)
                .lifecycle()
                .orElseThrow(() -> Errors.error(
                        "LifecyclePolicyNotFoundException",
                        "Lifecycle policy does not exist for the repository with name '" + id.name()
                                + "' in the registry with id '" + id.account() + "'"));
    }

    private GetLifecyclePolicyResponse get(RepositoryId id) {
        Lifecycle policy = policy(id);
        return GetLifecyclePolicyResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .lifecyclePolicyText(policy.text())
                .lastEvaluatedAt(policy.evaluated())
                .build();
    }

    private DeleteLifecyclePolicyResponse delete(RepositoryId id) {
        Lifecycle policy = policy(id);
        repositories.change(id, row -> row.withLifecycle(Optional.empty()));
        return DeleteLifecyclePolicyResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .lifecyclePolicyText(policy.text())
                .lastEvaluatedAt(policy.evaluated())
                .build();
    }

    private StartLifecyclePolicyPreviewResponse startPreview(
            Call call, RepositoryId id, StartLifecyclePolicyPreviewRequest request) {
        RepositoryRow row = repositories.require(id);
        String text = request.lifecyclePolicyText() == null ? policy(id).text() : request.lifecyclePolicyText();
        List<Expired> expired = LifecycleReader.read(text).expired(content.images(id), call.now());
        previews.put(
                key(row),
                new PreviewRow(
                        text,
                        expired.stream()
                                .map(one -> new ImageRow(
                                        one.image().digest().toString(),
                                        one.image().tags(),
                                        one.image().pushedAt(),
                                        one.priority()))
                                .toList()));
        return StartLifecyclePolicyPreviewResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .lifecyclePolicyText(text)
                .status(LifecyclePolicyPreviewStatus.IN_PROGRESS)
                .build();
    }

    private GetLifecyclePolicyPreviewResponse preview(RepositoryId id, GetLifecyclePolicyPreviewRequest request) {
        PreviewRow preview = previews.get(key(repositories.require(id)))
                .orElseThrow(() -> Errors.error(
                        "LifecyclePolicyPreviewNotFoundException",
                        "Lifecycle policy preview does not exist for the repository with name '" + id.name()
                                + "' in the registry with id '" + id.account() + "'"));
        if (!request.imageIds().isEmpty()) {
            Pages.refuse("imageIds", request.nextToken(), request.maxResults());
        }
        TagStatus status = request.filter() == null ? null : request.filter().tagStatus();
        List<LifecyclePolicyPreviewResult> results = preview.images().stream()
                .filter(image -> ImageOperations.isWanted(status, !image.tags().isEmpty()))
                .filter(image -> request.imageIds().isEmpty()
                        || request.imageIds().stream().anyMatch(wanted -> isOneOf(wanted, image)))
                .map(LifecycleOperations::shown)
                .toList();
        Page<LifecyclePolicyPreviewResult> page = Pages.inOrder(results, request.nextToken(), request.maxResults());
        return GetLifecyclePolicyPreviewResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .lifecyclePolicyText(preview.text())
                .status(LifecyclePolicyPreviewStatus.COMPLETE)
                .previewResults(page.items())
                .nextToken(page.next())
                .summary(summary ->
                        summary.expiringImageTotalCount(preview.images().size()))
                .build();
    }

    /** A repository that was made again under its old name has no preview yet. */
    private static String key(RepositoryRow row) {
        return row.id().path() + "@" + row.createdAt();
    }

    private static boolean isOneOf(ImageIdentifier wanted, ImageRow image) {
        return (wanted.imageDigest() == null || wanted.imageDigest().equals(image.digest()))
                && (wanted.imageTag() == null || image.tags().contains(wanted.imageTag()));
    }

    private static LifecyclePolicyPreviewResult shown(ImageRow image) {
        return LifecyclePolicyPreviewResult.builder()
                .imageDigest(image.digest())
                .imageTags(image.tags().isEmpty() ? null : image.tags())
                .imagePushedAt(image.pushedAt())
                .action(action -> action.type("EXPIRE"))
                .appliedRulePriority(image.priority())
                .build();
    }
}
