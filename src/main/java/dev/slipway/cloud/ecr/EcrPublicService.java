package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.AwsService;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecrpublic.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecrpublic.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecrpublic.model.DeleteRepositoryRequest;
import software.amazon.awssdk.services.ecrpublic.model.DeleteRepositoryResponse;
import software.amazon.awssdk.services.ecrpublic.model.DescribeRegistriesRequest;
import software.amazon.awssdk.services.ecrpublic.model.DescribeRegistriesResponse;
import software.amazon.awssdk.services.ecrpublic.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecrpublic.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecrpublic.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecrpublic.model.GetAuthorizationTokenResponse;
import software.amazon.awssdk.services.ecrpublic.model.Registry;
import software.amazon.awssdk.services.ecrpublic.model.RegistryAlias;
import software.amazon.awssdk.services.ecrpublic.model.Repository;

/** ECR Public: the repositories of accounts, and those that were installed here, which belong to {@link #OWNER}. */
final class EcrPublicService {
    static final String OWNER = "000000000000";

    private final Gallery gallery;
    private final PublicRepositories repositories;
    private final RegistryContent content;
    private final LoginOperations logins;
    private final Supplier<URI> endpoint;

    EcrPublicService(
            Gallery gallery,
            PublicRepositories repositories,
            RegistryContent content,
            LoginOperations logins,
            Supplier<URI> endpoint) {
        this.gallery = gallery;
        this.repositories = repositories;
        this.content = content;
        this.logins = logins;
        this.endpoint = endpoint;
    }

    AwsService build(PublicPolicies policies, PublicCatalog catalog, PublicLayers layers) {
        PublicOperations on = new PublicOperations(repositories);
        on.on(
                "GetAuthorizationToken",
                GetAuthorizationTokenRequest.class,
                GetAuthorizationTokenResponse.class,
                (call, request) -> List.of(
                        Question.of(call.caller(), "ecr-public:GetAuthorizationToken", "*"),
                        Question.of(call.caller(), "sts:GetServiceBearerToken", "*")),
                (call, request) -> logins.ecrPublic(call));
        on.on(
                "DescribeRegistries",
                DescribeRegistriesRequest.class,
                DescribeRegistriesResponse.class,
                (call, request) -> registries(call));
        on.on(
                "CreateRepository",
                CreateRepositoryRequest.class,
                CreateRepositoryResponse.class,
                (call, request) ->
                        List.of(on.question(call, "CreateRepository", call.account(), request.repositoryName())),
                this::create);
        on.on(
                "DescribeRepositories",
                DescribeRepositoriesRequest.class,
                DescribeRepositoriesResponse.class,
                (call, request) -> Stream.of(request.repositoryNames())
                        .flatMap(names -> names.isEmpty() ? Stream.of("*") : names.stream())
                        .map(name -> on.question(call, "DescribeRepositories", asked(call, request.registryId()), name))
                        .toList(),
                this::describe);
        on.about(
                "DeleteRepository",
                DeleteRepositoryRequest.class,
                DeleteRepositoryResponse.class,
                DeleteRepositoryRequest::registryId,
                DeleteRepositoryRequest::repositoryName,
                this::delete);
        policies.addTo(on);
        catalog.addTo(on);
        new PublicImages(content).addTo(on);
        layers.addTo(on);
        return on.build();
    }

    /** What is installed here belongs to nobody who could allow to look at it: everyone may who may look at his own. */
    private static String asked(Call call, @Nullable String registryId) {
        return OWNER.equals(registryId) ? call.account() : PublicOperations.account(call, registryId);
    }

    private DescribeRegistriesResponse registries(Call call) {
        String alias = PublicRepositories.alias(call.account());
        return DescribeRegistriesResponse.builder()
                .registries(Registry.builder()
                        .registryId(call.account())
                        .registryArn("arn:aws:ecr-public::" + call.account() + ":registry/" + call.account())
                        .registryUri(address(RepositoryId.gallery(alias)))
                        .verified(false)
                        .aliases(RegistryAlias.builder()
                                .name(alias)
                                .status("ACTIVE")
                                .primaryRegistryAlias(true)
                                .defaultRegistryAlias(true)
                                .build())
                        .build())
                .build();
    }

    private CreateRepositoryResponse create(Call call, CreateRepositoryRequest request) {
        RepositoryOperations.requireName(request.repositoryName());
        Map<String, String> tags = RepositoryTags.checked(PublicPolicies.tags(request.tags()));
        PublicRepositories.Row row = new PublicRepositories.Row(
                call.account(),
                request.repositoryName(),
                call.now(),
                tags,
                Optional.empty(),
                Optional.ofNullable(request.catalogData()).map(PublicCatalog::read));
        if (!repositories.add(row)) {
            throw Errors.repositoryExists(row.ownName());
        }
        return CreateRepositoryResponse.builder()
                .repository(shown(row))
                .catalogData(row.catalog().map(PublicCatalog::shown).orElse(null))
                .build();
    }

    private DescribeRepositoriesResponse describe(Call call, DescribeRepositoriesRequest request) {
        String owner = PublicOperations.account(call, request.registryId());
        List<Repository> there = owner.equals(OWNER)
                ? gallery.installed().stream().map(this::shown).toList()
                : repositories.all(owner).stream().map(this::shown).toList();
        if (!request.repositoryNames().isEmpty()) {
            Pages.refuse("repositoryNames", request.nextToken(), request.maxResults());
        }
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
        Page<Repository> page = Pages.of(there, Repository::repositoryName, request.nextToken(), request.maxResults());
        return DescribeRepositoriesResponse.builder()
                .repositories(page.items())
                .nextToken(page.next())
                .build();
    }

    private DeleteRepositoryResponse delete(PublicRepositories.Row row, DeleteRepositoryRequest request) {
        if (!content.images(row.id()).isEmpty() && !Boolean.TRUE.equals(request.force())) {
            throw Errors.repositoryNotEmpty(row.ownName());
        }
        content.removeAll(row.id());
        repositories.remove(row);
        // What was being pushed meanwhile must not be there when somebody makes a repository of this name.
        content.removeAll(row.id());
        return DeleteRepositoryResponse.builder().repository(shown(row)).build();
    }

    private Repository shown(PublicRepositories.Row row) {
        return shown(row.account(), row.name(), row.id(), row.createdAt());
    }

    private Repository shown(Gallery.InstalledRow row) {
        return shown(OWNER, row.repository(), RepositoryId.gallery(row.repository()), row.since());
    }

    private Repository shown(String account, String name, RepositoryId id, Instant createdAt) {
        return Repository.builder()
                .registryId(account)
                .repositoryArn(PublicRepositories.arn(account, name))
                .repositoryName(name)
                .repositoryUri(address(id))
                .createdAt(createdAt)
                .build();
    }

    /** Where clients on this machine push to and pull from. */
    private String address(RepositoryId id) {
        return endpoint.get().getAuthority() + "/" + id.path();
    }
}
