package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RegistryContent;
import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.wire.Call;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityRequest;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityResponse;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.awssdk.services.ecr.model.TagResourceResponse;
import software.amazon.awssdk.services.ecr.model.UntagResourceResponse;

/** Makes, shows, changes and removes private repositories. */
final class RepositoryOperations {
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern ARN =
            Pattern.compile("arn:aws:ecr:(?<region>[a-z0-9-]+):(?<account>[0-9]{12}):repository/(?<name>.+)");
    private static final int MOST_TAGS = 50;

    private final Repositories repositories;
    private final RegistryContent content;
    private final Supplier<URI> endpoint;

    RepositoryOperations(Repositories repositories, RegistryContent content, Supplier<URI> endpoint) {
        this.repositories = repositories;
        this.content = content;
        this.endpoint = endpoint;
    }

    CreateRepositoryResponse create(Call call, RepositoryId id, CreateRepositoryRequest request) {
        if (id.name().length() < 2
                || id.name().length() > 256
                || !NAME.matcher(id.name()).matches()) {
            throw Errors.invalidParameter("repositoryName", "must satisfy regular expression '" + NAME + "'");
        }
        EncryptionConfiguration encryption = request.encryptionConfiguration();
        RepositoryRow row = new RepositoryRow(
                id,
                call.now(),
                mutability(request.imageTagMutability(), request.imageTagMutabilityAsString()),
                patterns(request.imageTagMutabilityExclusionFilters()),
                request.imageScanningConfiguration() != null
                        && Boolean.TRUE.equals(
                                request.imageScanningConfiguration().scanOnPush()),
                encryption == null ? EncryptionType.AES256.toString() : encryption.encryptionTypeAsString(),
                encryption == null ? Optional.empty() : Optional.ofNullable(encryption.kmsKey()),
                checked(tags(request.tags())),
                Optional.empty());
        if (!repositories.add(row)) {
            throw Errors.repositoryExists(id);
        }
        return CreateRepositoryResponse.builder().repository(shown(row)).build();
    }

    DescribeRepositoriesResponse describe(String account, String region, DescribeRepositoriesRequest request) {
        if (request.hasRepositoryNames() && !request.repositoryNames().isEmpty()) {
            return DescribeRepositoriesResponse.builder()
                    .repositories(request.repositoryNames().stream()
                            .map(name -> shown(repositories.require(RepositoryId.of(account, region, name))))
                            .toList())
                    .build();
        }
        Page<RepositoryRow> page = Page.of(
                repositories.all(account, region), row -> row.id().name(), request.nextToken(), request.maxResults());
        return DescribeRepositoriesResponse.builder()
                .repositories(page.items().stream().map(this::shown).toList())
                .nextToken(page.next())
                .build();
    }

    DeleteRepositoryResponse delete(RepositoryId id, DeleteRepositoryRequest request) {
        RepositoryRow row = repositories.require(id);
        if (!content.images(id).isEmpty() && !Boolean.TRUE.equals(request.force())) {
            throw Errors.repositoryNotEmpty(id);
        }
        repositories.remove(id);
        content.removeAll(id);
        return DeleteRepositoryResponse.builder().repository(shown(row)).build();
    }

    PutImageTagMutabilityResponse mutability(RepositoryId id, PutImageTagMutabilityRequest request) {
        String word = mutability(request.imageTagMutability(), request.imageTagMutabilityAsString());
        List<String> patterns = patterns(request.imageTagMutabilityExclusionFilters());
        repositories.change(id, row -> row.withMutability(word, patterns));
        return PutImageTagMutabilityResponse.builder()
                .registryId(id.account())
                .repositoryName(id.name())
                .imageTagMutability(word)
                .imageTagMutabilityExclusionFilters(filters(patterns))
                .build();
    }

    TagResourceResponse tag(RepositoryId id, List<Tag> added) {
        repositories.change(id, row -> {
            Map<String, String> tags = new LinkedHashMap<>(row.tags());
            tags.putAll(tags(added));
            return row.withTags(checked(tags));
        });
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untag(RepositoryId id, List<String> keys) {
        repositories.change(id, row -> {
            Map<String, String> tags = new LinkedHashMap<>(row.tags());
            keys.forEach(tags::remove);
            return row.withTags(tags);
        });
        return UntagResourceResponse.builder().build();
    }

    ListTagsForResourceResponse tags(RepositoryId id) {
        return ListTagsForResourceResponse.builder()
                .tags(repositories.require(id).tags().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> Tag.builder()
                                .key(entry.getKey())
                                .value(entry.getValue())
                                .build())
                        .toList())
                .build();
    }

    /** The repository that an ARN names. */
    static RepositoryId byArn(String arn) {
        Matcher match = ARN.matcher(arn);
        if (!match.matches()) {
            throw Errors.invalidParameter("resourceArn", "must be the ARN of a repository");
        }
        return RepositoryId.of(match.group("account"), match.group("region"), match.group("name"));
    }

    static Map<String, String> tags(List<Tag> tags) {
        Map<String, String> map = new LinkedHashMap<>();
        tags.forEach(tag -> map.put(tag.key(), tag.value()));
        return map;
    }

    private static Map<String, String> checked(Map<String, String> tags) {
        if (tags.size() > MOST_TAGS) {
            throw Errors.error(
                    "TooManyTagsException", "a repository has at most " + MOST_TAGS + " tags, not " + tags.size());
        }
        tags.keySet().stream()
                .filter(key -> key.regionMatches(true, 0, "aws:", 0, 4))
                .findFirst()
                .ifPresent(key -> {
                    throw Errors.error("InvalidTagParameterException", "the tag key " + key + " begins with aws:");
                });
        return tags;
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

    private static List<String> patterns(List<ImageTagMutabilityExclusionFilter> filters) {
        return filters.stream().map(ImageTagMutabilityExclusionFilter::filter).toList();
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
