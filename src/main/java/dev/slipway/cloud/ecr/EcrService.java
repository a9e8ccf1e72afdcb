package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Protocol;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityRequest;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityResponse;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenResponse;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.ListImagesResponse;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.PutImageResponse;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityRequest;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityResponse;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.TagResourceRequest;
import software.amazon.awssdk.services.ecr.model.TagResourceResponse;
import software.amazon.awssdk.services.ecr.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecr.model.UntagResourceResponse;

/** The table of ECR's operations: what each is about, what it asks, and who answers it. */
final class EcrService {
    private final RepositoryOperations repositories;
    private final RepositoryPolicies policies;
    private final ImageOperations images;
    private final LoginOperations logins;
    private final Questions questions;
    private final AwsService.Builder service = AwsService.json(
            Protocol.JSON_1_1,
            "ecr",
            "AmazonEC2ContainerRegistry_V20150921",
            "software.amazon.awssdk.services.ecr.model");

    EcrService(
            RepositoryOperations repositories,
            RepositoryPolicies policies,
            ImageOperations images,
            LoginOperations logins,
            Questions questions) {
        this.repositories = repositories;
        this.policies = policies;
        this.images = images;
        this.logins = logins;
        this.questions = questions;
    }

    AwsService build() {
        login();
        repositories();
        policies();
        images();
        tags();
        return service.build();
    }

    private void login() {
        service.on(
                "GetAuthorizationToken",
                GetAuthorizationTokenRequest.class,
                GetAuthorizationTokenResponse.class,
                (call, request) -> List.of(Question.of(call.caller(), "ecr:GetAuthorizationToken", "*")),
                logins::ecr);
    }

    private void repositories() {
        service.on(
                "CreateRepository",
                CreateRepositoryRequest.class,
                CreateRepositoryResponse.class,
                (call, request) -> List.of(questions.withRequestTags(
                        questions.about(
                                call.caller(),
                                "CreateRepository",
                                id(call, request.registryId(), request.repositoryName())),
                        RepositoryOperations.tags(request.tags()))),
                (call, request) ->
                        repositories.create(call, id(call, request.registryId(), request.repositoryName()), request));
        service.on(
                "DescribeRepositories",
                DescribeRepositoriesRequest.class,
                DescribeRepositoriesResponse.class,
                (call, request) -> {
                    List<String> names = request.repositoryNames().isEmpty() ? List.of("*") : request.repositoryNames();
                    return names.stream()
                            .map(name -> questions.about(
                                    call.caller(), "DescribeRepositories", id(call, request.registryId(), name)))
                            .toList();
                },
                (call, request) -> repositories.describe(registry(call, request.registryId()), call.region(), request));
        about(
                "DeleteRepository",
                DeleteRepositoryRequest.class,
                DeleteRepositoryResponse.class,
                DeleteRepositoryRequest::registryId,
                DeleteRepositoryRequest::repositoryName,
                repositories::delete);
        about(
                "PutImageTagMutability",
                PutImageTagMutabilityRequest.class,
                PutImageTagMutabilityResponse.class,
                PutImageTagMutabilityRequest::registryId,
                PutImageTagMutabilityRequest::repositoryName,
                repositories::mutability);
    }

    private void policies() {
        about(
                "SetRepositoryPolicy",
                SetRepositoryPolicyRequest.class,
                SetRepositoryPolicyResponse.class,
                SetRepositoryPolicyRequest::registryId,
                SetRepositoryPolicyRequest::repositoryName,
                (id, request) -> policies.set(id, request.policyText()));
        about(
                "GetRepositoryPolicy",
                GetRepositoryPolicyRequest.class,
                GetRepositoryPolicyResponse.class,
                GetRepositoryPolicyRequest::registryId,
                GetRepositoryPolicyRequest::repositoryName,
                (id, request) -> policies.get(id));
        about(
                "DeleteRepositoryPolicy",
                DeleteRepositoryPolicyRequest.class,
                DeleteRepositoryPolicyResponse.class,
                DeleteRepositoryPolicyRequest::registryId,
                DeleteRepositoryPolicyRequest::repositoryName,
                (id, request) -> policies.delete(id));
    }

    private void images() {
        about(
                "DescribeImages",
                DescribeImagesRequest.class,
                DescribeImagesResponse.class,
                DescribeImagesRequest::registryId,
                DescribeImagesRequest::repositoryName,
                images::describe);
        about(
                "ListImages",
                ListImagesRequest.class,
                ListImagesResponse.class,
                ListImagesRequest::registryId,
                ListImagesRequest::repositoryName,
                images::list);
        about(
                "BatchGetImage",
                BatchGetImageRequest.class,
                BatchGetImageResponse.class,
                BatchGetImageRequest::registryId,
                BatchGetImageRequest::repositoryName,
                (id, request) -> images.get(id, request.imageIds()));
        about(
                "PutImage",
                PutImageRequest.class,
                PutImageResponse.class,
                PutImageRequest::registryId,
                PutImageRequest::repositoryName,
                images::put);
        about(
                "BatchDeleteImage",
                BatchDeleteImageRequest.class,
                BatchDeleteImageResponse.class,
                BatchDeleteImageRequest::registryId,
                BatchDeleteImageRequest::repositoryName,
                (id, request) -> images.delete(id, request.imageIds()));
        about(
                "BatchCheckLayerAvailability",
                BatchCheckLayerAvailabilityRequest.class,
                BatchCheckLayerAvailabilityResponse.class,
                BatchCheckLayerAvailabilityRequest::registryId,
                BatchCheckLayerAvailabilityRequest::repositoryName,
                (id, request) -> images.layers(id, request.layerDigests()));
    }

    private void tags() {
        service.on(
                "TagResource",
                TagResourceRequest.class,
                TagResourceResponse.class,
                (call, request) -> List.of(questions.withRequestTags(
                        questions.about(
                                call.caller(), "TagResource", RepositoryOperations.byArn(request.resourceArn())),
                        RepositoryOperations.tags(request.tags()))),
                (call, request) -> repositories.tag(RepositoryOperations.byArn(request.resourceArn()), request.tags()));
        service.on(
                "UntagResource",
                UntagResourceRequest.class,
                UntagResourceResponse.class,
                (call, request) -> List.of(questions.about(
                        call.caller(), "UntagResource", RepositoryOperations.byArn(request.resourceArn()))),
                (call, request) ->
                        repositories.untag(RepositoryOperations.byArn(request.resourceArn()), request.tagKeys()));
        service.on(
                "ListTagsForResource",
                ListTagsForResourceRequest.class,
                ListTagsForResourceResponse.class,
                (call, request) -> List.of(questions.about(
                        call.caller(), "ListTagsForResource", RepositoryOperations.byArn(request.resourceArn()))),
                (call, request) -> repositories.tags(RepositoryOperations.byArn(request.resourceArn())));
    }

    /** An operation about one repository, named by the request; its one question is about that repository. */
    private <I extends SdkPojo, O extends SdkPojo> void about(
            String name,
            Class<I> input,
            Class<O> output,
            Function<I, String> registryId,
            Function<I, String> repositoryName,
            BiFunction<RepositoryId, I, O> answer) {
        service.on(
                name,
                input,
                output,
                (call, request) -> List.of(questions.about(
                        call.caller(), name, id(call, registryId.apply(request), repositoryName.apply(request)))),
                (call, request) ->
                        answer.apply(id(call, registryId.apply(request), repositoryName.apply(request)), request));
    }

    private static RepositoryId id(Call call, @Nullable String registryId, String name) {
        return RepositoryId.of(registry(call, registryId), call.region(), name);
    }

    private static String registry(Call call, @Nullable String registryId) {
        return registryId == null ? call.account() : registryId;
    }
}
