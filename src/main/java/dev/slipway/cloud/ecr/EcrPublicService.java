package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Protocol;
import java.util.List;
import software.amazon.awssdk.services.ecrpublic.model.DescribeRegistriesRequest;
import software.amazon.awssdk.services.ecrpublic.model.DescribeRegistriesResponse;
import software.amazon.awssdk.services.ecrpublic.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecrpublic.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecrpublic.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecrpublic.model.GetAuthorizationTokenResponse;
import software.amazon.awssdk.services.ecrpublic.model.Registry;
import software.amazon.awssdk.services.ecrpublic.model.Repository;

/** ECR Public, as far as reading goes. The repositories that are installed here belong to {@link #OWNER}; accounts have none of their own. */
final class EcrPublicService {
    static final String OWNER = "000000000000";

    private final Gallery gallery;
    private final LoginOperations logins;

    EcrPublicService(Gallery gallery, LoginOperations logins) {
        this.gallery = gallery;
        this.logins = logins;
    }

    AwsService build() {
        return AwsService.json(
                        Protocol.JSON_1_1,
                        "ecr-public",
                        "SpencerFrontendService",
                        "software.amazon.awssdk.services.ecrpublic.model")
                .on(
                        "GetAuthorizationToken",
                        GetAuthorizationTokenRequest.class,
                        GetAuthorizationTokenResponse.class,
                        (call, request) -> List.of(
                                Question.of(call.caller(), "ecr-public:GetAuthorizationToken", "*"),
                                Question.of(call.caller(), "sts:GetServiceBearerToken", "*")),
                        (call, request) -> logins.ecrPublic(call))
                .on(
                        "DescribeRegistries",
                        DescribeRegistriesRequest.class,
                        DescribeRegistriesResponse.class,
                        (call, request) -> List.of(Question.of(call.caller(), "ecr-public:DescribeRegistries", "*")),
                        (call, request) -> registries(call))
                .on(
                        "DescribeRepositories",
                        DescribeRepositoriesRequest.class,
                        DescribeRepositoriesResponse.class,
                        (call, request) -> List.of(Question.of(
                                call.caller(),
                                "ecr-public:DescribeRepositories",
                                "arn:aws:ecr-public::" + call.account() + ":repository/*")),
                        (call, request) -> repositories(request))
                .build();
    }

    private static DescribeRegistriesResponse registries(Call call) {
        return DescribeRegistriesResponse.builder()
                .registries(Registry.builder()
                        .registryId(call.account())
                        .registryArn("arn:aws:ecr-public::" + call.account() + ":registry/" + call.account())
                        .registryUri("")
                        .verified(false)
                        .aliases(List.of())
                        .build())
                .build();
    }

    private DescribeRepositoriesResponse repositories(DescribeRepositoriesRequest request) {
        String owner = request.registryId() == null ? OWNER : request.registryId();
        List<Repository> there = gallery.installed().stream()
                .filter(row -> owner.equals(OWNER))
                .map(EcrPublicService::shown)
                .toList();
        for (String name : request.repositoryNames()) {
            if (there.stream()
                    .noneMatch(repository -> repository.repositoryName().equals(name))) {
                throw Errors.repositoryNotFound(RepositoryId.of(owner, "", name));
            }
        }
        if (!request.repositoryNames().isEmpty()) {
            return DescribeRepositoriesResponse.builder()
                    .repositories(there.stream()
                            .filter(repository -> request.repositoryNames().contains(repository.repositoryName()))
                            .toList())
                    .build();
        }
        Page<Repository> page = Page.of(there, Repository::repositoryName, request.nextToken(), request.maxResults());
        return DescribeRepositoriesResponse.builder()
                .repositories(page.items())
                .nextToken(page.next())
                .build();
    }

    private static Repository shown(Gallery.InstalledRow row) {
        return Repository.builder()
                .registryId(OWNER)
                .repositoryArn("arn:aws:ecr-public::" + OWNER + ":repository/" + row.repository())
                .repositoryName(row.repository())
                .repositoryUri("public.ecr.aws/" + row.repository())
                .createdAt(row.since())
                .build();
    }
}
