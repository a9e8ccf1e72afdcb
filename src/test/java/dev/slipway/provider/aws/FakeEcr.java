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
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenResponse;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryPolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyResponse;

/** Repository policies in memory. */
final class FakeEcr implements EcrClient {
    final Map<String, String> policies = new HashMap<>();
    final List<String> calls = new ArrayList<>();
    final Set<String> repositories = new HashSet<>();
    int principalUnknownFor;
    Runnable afterNextWrite = () -> {};

    @Override
    public GetRepositoryPolicyResponse getRepositoryPolicy(GetRepositoryPolicyRequest request) {
        String policy = policies.get(request.repositoryName());
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
        policies.put(request.repositoryName(), request.policyText());
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
        if (!repositories.add(request.repositoryName())) {
            throw RepositoryAlreadyExistsException.builder().message("exists").build();
        }
        return CreateRepositoryResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return "ecr";
    }

    @Override
    public void close() {}
}
