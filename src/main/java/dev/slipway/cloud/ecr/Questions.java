package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.policy.PolicyDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the authorizer is asked of repositories: the policies of the repository and of its registry, and its tags, come with the question. */
final class Questions {
    private final Repositories repositories;
    private final RegistrySettings settings;

    Questions(Repositories repositories, RegistrySettings settings) {
        this.repositories = repositories;
        this.settings = settings;
    }

    /** @param action without its prefix, for example {@code PutImage} */
    Question about(Caller caller, String action, RepositoryId id) {
        Map<String, List<String>> context = new LinkedHashMap<>();
        repositories.row(id).ifPresent(row -> row.tags().forEach((key, value) -> {
            context.put("aws:ResourceTag/" + key, List.of(value));
            context.put("ecr:ResourceTag/" + key, List.of(value));
        }));
        return new Question(
                caller,
                "ecr:" + action,
                RepositoryRow.arn(id),
                united(repositories.policy(id), settings.policy(RegistryId.of(id))),
                context);
    }

    /** A question about a registry as a whole. Its actions have no resource type, so only {@code *} grants them. */
    Question aboutRegistry(Caller caller, String action, RegistryId registry) {
        return new Question(
                caller,
                "ecr:" + action,
                "*",
                settings.policy(registry),
                Map.of("aws:ResourceAccount", List.of(registry.account())));
    }

    /** A question that also tells the tags that the caller wants to set. */
    Question withRequestTags(Question question, Map<String, String> tags) {
        Map<String, List<String>> context = new LinkedHashMap<>(question.context());
        tags.forEach((key, value) -> context.put("aws:RequestTag/" + key, List.of(value)));
        if (!tags.isEmpty()) {
            context.put("aws:TagKeys", List.copyOf(tags.keySet()));
        }
        return new Question(
                question.caller(), question.action(), question.resource(), question.resourcePolicy(), context);
    }

    /** Both policies stand on the resource: what either allows is allowed, what either denies is denied. */
    private static Optional<String> united(Optional<String> repository, Optional<String> registry) {
        if (repository.isEmpty() || registry.isEmpty()) {
            return repository.or(() -> registry);
        }
        return Optional.of(PolicyDocument.union(Stream.of(repository, registry)
                        .flatMap(Optional::stream)
                        .map(PolicyDocument::parse)
                        .toList())
                .toJson());
    }
}
