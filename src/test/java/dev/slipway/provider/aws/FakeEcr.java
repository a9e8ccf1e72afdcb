package dev.slipway.provider.aws;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DeleteLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.DeleteLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.EncryptionConfiguration;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenResponse;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.ImageScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityRequest;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityResponse;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotEmptyException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryPolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.awssdk.services.ecr.model.TagResourceRequest;
import software.amazon.awssdk.services.ecr.model.TagResourceResponse;
import software.amazon.awssdk.services.ecr.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecr.model.UntagResourceResponse;

/** Repository policies in memory. */
final class FakeEcr implements EcrClient {
    final Map<String, String> policies = new HashMap<>();
    final List<String> calls = new ArrayList<>();
    final Set<String> repositories = new HashSet<>();
    final Map<String, Repository> described = new HashMap<>();
    final Map<String, String> lifecycles = new HashMap<>();
    final Map<String, Map<String, String>> tags = new HashMap<>();
    final Set<String> full = new HashSet<>();
    int principalUnknownFor;
    boolean policyReadable = true;
    boolean everyWriteIsUndone;
    Runnable afterNextRead = () -> {};
    Runnable afterNextWrite = () -> {};

    @Override
    public GetRepositoryPolicyResponse getRepositoryPolicy(GetRepositoryPolicyRequest request) {
        if (!policyReadable) {
            throw (EcrException)
                    EcrException.builder().message("not authorized").build();
        }
        String policy = policies.get(request.repositoryName());
        Runnable once = afterNextRead;
        afterNextRead = () -> {};
        once.run();
        if (policy == null) {
            throw RepositoryPolicyNotFoundException.builder().message("none").build();
        }
        return GetRepositoryPolicyResponse.builder().policyText(policy).build();
    }

    @Override
    public SetRepositoryPolicyResponse setRepositoryPolicy(SetRepositoryPolicyRequest request) {
        calls.add("SetRepositoryPolicy");
        if (principalUnknownFor-- > 0) {
            throw (InvalidParameterException) InvalidParameterException.builder()
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("InvalidParameterException")
                            .errorMessage(
                                    "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Principal not found'")
                            .build())
                    .build();
        }
        if (!everyWriteIsUndone) {
            policies.put(request.repositoryName(), request.policyText());
        }
        Runnable once = afterNextWrite;
        afterNextWrite = () -> {};
        once.run();
        return SetRepositoryPolicyResponse.builder().build();
    }

    @Override
    public DeleteRepositoryPolicyResponse deleteRepositoryPolicy(DeleteRepositoryPolicyRequest request) {
        calls.add("DeleteRepositoryPolicy");
        if (policies.remove(request.repositoryName()) == null) {
            throw RepositoryPolicyNotFoundException.builder().message("none").build();
        }
        return DeleteRepositoryPolicyResponse.builder().build();
    }

    @Override
    public GetAuthorizationTokenResponse getAuthorizationToken(GetAuthorizationTokenRequest request) {
        String token = Base64.getEncoder().encodeToString("AWS:pass:word".getBytes(StandardCharsets.UTF_8));
        return GetAuthorizationTokenResponse.builder()
                .authorizationData(AuthorizationData.builder()
                        .authorizationToken(token)
                        .expiresAt(Instant.parse("2026-11-23T00:00:00Z"))
                        .proxyEndpoint("https://111122223333.dkr.ecr.us-east-1.amazonaws.com")
                        .build())
                .build();
    }

    @Override
    public CreateRepositoryResponse createRepository(CreateRepositoryRequest request) {
        calls.add("CreateRepository");
        if (!repositories.add(request.repositoryName())) {
            throw RepositoryAlreadyExistsException.builder().message("exists").build();
        }
        String name = request.repositoryName();
        String arn = "arn:aws:ecr:us-east-1:111122223333:repository/" + name;
        var repository = Repository.builder()
                .repositoryName(name)
                .repositoryArn(arn)
                .registryId(FakeAws.ACCOUNT)
                .repositoryUri("111122223333.dkr.ecr.us-east-1.amazonaws.com/" + name)
                .imageTagMutability(
                        request.imageTagMutability() == null ? "MUTABLE" : request.imageTagMutabilityAsString())
                .imageScanningConfiguration(
                        request.imageScanningConfiguration() == null
                                ? ImageScanningConfiguration.builder()
                                        .scanOnPush(false)
                                        .build()
                                : request.imageScanningConfiguration())
                .encryptionConfiguration(
                        request.encryptionConfiguration() == null
                                ? EncryptionConfiguration.builder()
                                        .encryptionType("AES256")
                                        .build()
                                : request.encryptionConfiguration());
        if (request.hasImageTagMutabilityExclusionFilters()) {
            repository.imageTagMutabilityExclusionFilters(request.imageTagMutabilityExclusionFilters());
        }
        described.put(name, repository.build());
        request.tags().forEach(tag -> tags.computeIfAbsent(arn, key -> new TreeMap<>())
                .put(tag.key(), tag.value()));
        return CreateRepositoryResponse.builder()
                .repository(described.get(name))
                .build();
    }

    @Override
    public DescribeRepositoriesResponse describeRepositories(DescribeRepositoriesRequest request) {
        return DescribeRepositoriesResponse.builder()
                .repositories(there(request.repositoryNames().get(0)))
                .build();
    }

    @Override
    public PutImageTagMutabilityResponse putImageTagMutability(PutImageTagMutabilityRequest request) {
        calls.add("PutImageTagMutability");
        described.computeIfPresent(request.repositoryName(), (name, one) -> one.toBuilder()
                .imageTagMutability(request.imageTagMutabilityAsString())
                .imageTagMutabilityExclusionFilters(request.imageTagMutabilityExclusionFilters())
                .build());
        return PutImageTagMutabilityResponse.builder().build();
    }

    @Override
    public PutImageScanningConfigurationResponse putImageScanningConfiguration(
            PutImageScanningConfigurationRequest request) {
        calls.add("PutImageScanningConfiguration");
        described.computeIfPresent(request.repositoryName(), (name, one) -> one.toBuilder()
                .imageScanningConfiguration(request.imageScanningConfiguration())
                .build());
        return PutImageScanningConfigurationResponse.builder().build();
    }

    @Override
    public GetLifecyclePolicyResponse getLifecyclePolicy(GetLifecyclePolicyRequest request) {
        String policy = lifecycles.get(request.repositoryName());
        if (policy == null) {
            throw LifecyclePolicyNotFoundException.builder().message("none").build();
        }
        return GetLifecyclePolicyResponse.builder().lifecyclePolicyText(policy).build();
    }

    @Override
    public PutLifecyclePolicyResponse putLifecyclePolicy(PutLifecyclePolicyRequest request) {
        calls.add("PutLifecyclePolicy");
        lifecycles.put(request.repositoryName(), request.lifecyclePolicyText());
        return PutLifecyclePolicyResponse.builder().build();
    }

    @Override
    public DeleteLifecyclePolicyResponse deleteLifecyclePolicy(DeleteLifecyclePolicyRequest request) {
        calls.add("DeleteLifecyclePolicy");
        lifecycles.remove(request.repositoryName());
        return DeleteLifecyclePolicyResponse.builder().build();
    }

    @Override
    public DeleteRepositoryResponse deleteRepository(DeleteRepositoryRequest request) {
        calls.add("DeleteRepository");
        there(request.repositoryName());
        if (full.contains(request.repositoryName()) && !Boolean.TRUE.equals(request.force())) {
            throw RepositoryNotEmptyException.builder().message("images").build();
        }
        described.remove(request.repositoryName());
        repositories.remove(request.repositoryName());
        return DeleteRepositoryResponse.builder().build();
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return ListTagsForResourceResponse.builder()
                .tags(tags.getOrDefault(request.resourceArn(), Map.of()).entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest request) {
        calls.add("TagResource");
        request.tags().forEach(tag -> tags.computeIfAbsent(request.resourceArn(), key -> new TreeMap<>())
                .put(tag.key(), tag.value()));
        return TagResourceResponse.builder().build();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        calls.add("UntagResource");
        tags.getOrDefault(request.resourceArn(), Map.of()).keySet().removeAll(request.tagKeys());
        return UntagResourceResponse.builder().build();
    }

    private Repository there(String name) {
        Repository repository = described.get(name);
        if (repository == null) {
            throw RepositoryNotFoundException.builder().message("no " + name).build();
        }
        return repository;
    }

    @Override
    public String serviceName() {
        return "ecr";
    }

    @Override
    public void close() {}
}
