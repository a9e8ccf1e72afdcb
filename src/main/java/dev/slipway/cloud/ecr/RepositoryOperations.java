package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Page;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.EncryptionConfiguration;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.ImageScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityRequest;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityResponse;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.Tag;

/** Makes, shows, changes and removes private repositories. */
final class RepositoryOperations {
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern FILTER = Pattern.compile("[0-9a-zA-Z._*-]{1,128}");
    private static final int MOST_WILDCARDS = 2;

    private final Repositories repositories;
    private final RegistryContent content;
    private final Supplier<URI> endpoint;

    RepositoryOperations(Repositories repositories, RegistryContent content, Supplier<URI> endpoint) {
        this.repositories = repositories;
        this.content = content;
        this.endpoint = endpoint;
    }

    void addTo(Operations on) {
        Questions questions = on.questions();
        on.on(
                "CreateRepository",
                CreateRepositoryRequest.class,
                CreateRepositoryResponse.class,
                // Whoever makes a repository with tags must be allowed to tag it.
                (call, request) -> Stream.of("CreateRepository", "TagResource")
                        .limit(request.tags().isEmpty() ? 1 : 2)
                        .map(action -> questions.withRequestTags(
                                questions.about(
                                        call.caller(),
                                        action,
                                        Operations.id(call, request.registryId(), request.repositoryName())),
                                tags(request.tags())))
                        .toList(),
                (call, request) ->
                        create(call, Operations.id(call, request.registryId(), request.repositoryName()), request));
        on.on(
                "DescribeRepositories",
                DescribeRepositoriesRequest.class,
                DescribeRepositoriesResponse.class,
                (call, request) -> {
                    List<String> names = request.repositoryNames().isEmpty() ? List.of("*") : request.repositoryNames();
                    return names.stream()
                            .map(name -> questions.about(
                                    call.caller(),
                                    "DescribeRepositories",
                                    Operations.id(call, request.registryId(), name)))
                            .toList();
                },
                (call, request) -> describe(Operations.registry(call, request.registryId()), request));
        on.about(
                "DeleteRepository",
                DeleteRepositoryRequest.class,
                DeleteRepositoryResponse.class,
                DeleteRepositoryRequest::registryId,
                DeleteRepositoryRequest::repositoryName,
                this::delete);
        on.about(
                "PutImageTagMutability",
                PutImageTagMutabilityRequest.class,
                PutImageTagMutabilityResponse.class,
                PutImageTagMutabilityRequest::registryId,
                PutImageTagMutabilityRequest::repositoryName,
                this::mutability);
        new RepositoryTags(repositories).addTo(on);
    }

    private CreateRepositoryResponse create(Call call, RepositoryId id, CreateRepositoryRequest request) {
        requireName(id.name());
        String word = mutability(request.imageTagMutability(), request.imageTagMutabilityAsString());
        EncryptionConfiguration encryption = request.encryptionConfiguration();
        RepositoryRow row = new RepositoryRow(
                id,
                call.now(),
                word,
                patterns(word, request.imageTagMutabilityExclusionFilters()),
                request.imageScanningConfiguration() != null
                        && Boolean.TRUE.equals(
                                request.imageScanningConfiguration().scanOnPush()),
                encryption == null ? EncryptionType.AES256.toString() : encryption.encryptionTypeAsString(),
                encryption == null ? Optional.empty() : Optional.ofNullable(encryption.kmsKey()),
                RepositoryTags.checked(tags(request.tags())),
                Optional.empty(),
                Optional.empty());
        if (!repositories.add(row)) {
            throw Errors.repositoryExists(id);
        }
        return CreateRepositoryResponse.builder().repository(shown(row)).build();
    }

    private DescribeRepositoriesResponse describe(RegistryId registry, DescribeRepositoriesRequest request) {
        if (request.hasRepositoryNames() && !request.repositoryNames().isEmpty()) {
            Pages.refuse("repositoryNames", request.nextToken(), request.maxResults());
            return DescribeRepositoriesResponse.builder()
                    .repositories(request.repositoryNames().stream()
                            .map(name -> shown(repositories.require(registry.repository(name))))
                            .toList())
                    .build();
        }
        Page<RepositoryRow> page = Pages.of(
                repositories.all(registry.account(), registry.region()),
                row -> row.id().name(),
                request.nextToken(),
                request.maxResults());
        return DescribeRepositoriesResponse.builder()
                .repositories(page.items().stream().map(this::shown).toList())
                .nextToken(page.next())
                .build();
    }

    private DeleteRepositoryResponse delete(RepositoryId id, DeleteRepositoryRequest request) {
        RepositoryRow row = repositories.require(id);
        if (!content.images(id).isEmpty() && !Boolean.TRUE.equals(request.force())) {
            throw Errors.repositoryNotEmpty(id);
        }
        // The repository last: a call that a crash cut in two is made again.
        content.removeAll(id);
        repositories.remove(id);
        // What was being pushed meanwhile must not be there when somebody makes a repository of this name.
        content.removeAll(id);
        return DeleteRepositoryResponse.builder().repository(shown(row)).build();
    }

    private PutImageTagMutabilityResponse mutability(RepositoryId id, PutImageTagMutabilityRequest request) {
        String word = mutability(request.imageTagMutability(), request.imageTagMutabilityAsString());
        List<String> patterns = patterns(word, request.imageTagMutabilityExclusionFilters());
        repositories.change(id, row -> row.withMutability(word, patterns));
        return PutImageTagMutabilityResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .imageTagMutability(word)
                .imageTagMutabilityExclusionFilters(filters(patterns))
                .build();
    }

    static Map<String, String> tags(List<Tag> tags) {
        Map<String, String> map = new LinkedHashMap<>();
        tags.forEach(tag -> map.put(tag.key(), tag.value()));
        return map;
    }

    static void requireName(String name) {
        if (name.length() < 2 || name.length() > 256 || !NAME.matcher(name).matches()) {
            throw Errors.invalidParameter("repositoryName", "must satisfy regular expression '" + NAME + "'");
        }
    }

    private Repository shown(RepositoryRow row) {
        return Repository.builder()
                .repositoryArn(RepositoryRow.arn(row.id()))
                .registryId(row.id().account())
                .repositoryName(row.id().name())
                .repositoryUri(endpoint.get().getAuthority() + "/" + row.id().path())
                .createdAt(row.createdAt())
                .imageTagMutability(row.mutability())
                .imageTagMutabilityExclusionFilters(filters(row.exceptions()))
                .imageScanningConfiguration(ImageScanningConfiguration.builder()
                        .scanOnPush(row.scanOnPush())
                        .build())
                .encryptionConfiguration(EncryptionConfiguration.builder()
                        .encryptionType(row.encryption())
                        .kmsKey(row.kmsKey().orElse(null))
                        .build())
                .build();
    }

    private static String mutability(ImageTagMutability word, String text) {
        if (word == null) {
            return ImageTagMutability.MUTABLE.toString();
        }
        if (word == ImageTagMutability.UNKNOWN_TO_SDK_VERSION) {
            throw Errors.invalidParameter(
                    "imageTagMutability", "must be one of " + ImageTagMutability.knownValues() + ", not " + text);
        }
        return text;
    }

    private static List<String> patterns(String word, List<ImageTagMutabilityExclusionFilter> filters) {
        List<String> patterns =
                filters.stream().map(ImageTagMutabilityExclusionFilter::filter).toList();
        boolean wanted = word.endsWith("_WITH_EXCLUSION");
        if (wanted == patterns.isEmpty()) {
            throw Errors.invalidParameter(
                    "imageTagMutabilityExclusionFilters",
                    wanted ? "must be given with " + word : "must not be given with " + word);
        }
        for (String pattern : patterns) {
            if (pattern == null || !FILTER.matcher(pattern).matches() || Wildcard.count(pattern) > MOST_WILDCARDS) {
                throw Errors.invalidParameter(
                        "imageTagMutabilityExclusionFilters",
                        "each filter must satisfy regular expression '" + FILTER + "' and have at most "
                                + MOST_WILDCARDS + " wildcards");
            }
        }
        return patterns;
    }

    /** Null leaves the member out of the answer, as ECR does. */
    private static @org.jspecify.annotations.Nullable List<ImageTagMutabilityExclusionFilter> filters(
            List<String> patterns) {
        return patterns.isEmpty()
                ? null
                : patterns.stream()
                        .map(pattern -> ImageTagMutabilityExclusionFilter.builder()
                                .filterType("WILDCARD")
                                .filter(pattern)
                                .build())
                        .toList();
    }
}
