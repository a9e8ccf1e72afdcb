package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RepositoryId;
import dev.slipway.cloud.wire.Authorizer.Question;
import dev.slipway.cloud.wire.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the authorizer is asked of repositories: the repository's policy and tags come with the question. */
final class Questions {
    private final Repositories repositories;

    Questions(Repositories repositories) {
        this.repositories = repositories;
    }

    /** @param action without its prefix, for example {@code PutImage} */
    Question about(Caller caller, String action, RepositoryId id) {
        Map<String, List<String>> context = new LinkedHashMap<>();
        repositories.row(id).ifPresent(row -> row.tags().forEach((key, value) -> {
            context.put("aws:ResourceTag/" + key, List.of(value));
            context.put("ecr:ResourceTag/" + key, List.of(value));
        }));
        return new Question(caller, "ecr:" + action, RepositoryRow.arn(id), repositories.policy(id), context);
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
}
