package dev.slipway.cloud.ecr;

import dev.slipway.cloud.registry.RepositoryId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.awssdk.services.ecr.model.TagResourceRequest;
import software.amazon.awssdk.services.ecr.model.TagResourceResponse;
import software.amazon.awssdk.services.ecr.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecr.model.UntagResourceResponse;

/** The tags of private repositories, which policies can ask for. */
final class RepositoryTags {
    private static final Pattern ARN =
            Pattern.compile("arn:aws:ecr:(?<region>[a-z0-9-]+):(?<account>[0-9]{12}):repository/(?<name>.+)");
    private static final int MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private final Repositories repositories;

    RepositoryTags(Repositories repositories) {
        this.repositories = repositories;
    }

    void addTo(Operations on) {
        Questions questions = on.questions();
        on.on(
                "TagResource",
                TagResourceRequest.class,
                TagResourceResponse.class,
                (call, request) -> List.of(questions.withRequestTags(
                        questions.about(call.caller(), "TagResource", byArn(request.resourceArn())),
                        RepositoryOperations.tags(request.tags()))),
                (call, request) -> tag(byArn(request.resourceArn()), request.tags()));
        on.on(
                "UntagResource",
                UntagResourceRequest.class,
                UntagResourceResponse.class,
                (call, request) ->
                        List.of(questions.about(call.caller(), "UntagResource", byArn(request.resourceArn()))),
                (call, request) -> untag(byArn(request.resourceArn()), request.tagKeys()));
        on.on(
                "ListTagsForResource",
                ListTagsForResourceRequest.class,
                ListTagsForResourceResponse.class,
                (call, request) ->
                        List.of(questions.about(call.caller(), "ListTagsForResource", byArn(request.resourceArn()))),
                (call, request) -> list(byArn(request.resourceArn())));
    }

    private TagResourceResponse tag(RepositoryId id, List<Tag> added) {
        repositories.change(id, row -> {
            Map<String, String> tags = new LinkedHashMap<>(row.tags());
            tags.putAll(RepositoryOperations.tags(added));
            return row.withTags(checked(tags));
        });
        return TagResourceResponse.builder().build();
    }

    private UntagResourceResponse untag(RepositoryId id, List<String> keys) {
        repositories.change(id, row -> {
            Map<String, String> tags = new LinkedHashMap<>(row.tags());
            keys.forEach(tags::remove);
            return row.withTags(tags);
        });
        return UntagResourceResponse.builder().build();
    }

    private ListTagsForResourceResponse list(RepositoryId id) {
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
    private static RepositoryId byArn(String arn) {
        Matcher match = ARN.matcher(arn);
        if (!match.matches()) {
            throw Errors.invalidParameter("resourceArn", "must be the ARN of a repository");
        }
        return RepositoryId.of(match.group("account"), match.group("region"), match.group("name"));
    }

    static Map<String, String> checked(Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw Errors.error(
                    "TooManyTagsException", "a repository has at most " + MOST + " tags, not " + tags.size());
        }
        tags.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > LONGEST_KEY || value.length() > LONGEST_VALUE) {
                throw Errors.error(
                        "InvalidTagParameterException",
                        "a tag key has 1 to " + LONGEST_KEY + " characters, a value at most " + LONGEST_VALUE);
            }
            if (key.regionMatches(true, 0, "aws:", 0, 4)) {
                throw Errors.error("InvalidTagParameterException", "the tag key " + key + " begins with aws:");
            }
        });
        return tags;
    }
}
