package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.Call;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.apprunner.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.apprunner.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.apprunner.model.TagResourceRequest;
import software.amazon.awssdk.services.apprunner.model.TagResourceResponse;
import software.amazon.awssdk.services.apprunner.model.UntagResourceRequest;
import software.amazon.awssdk.services.apprunner.model.UntagResourceResponse;

/** The operations on the tags of everything that has an ARN. */
final class TagApi {
    private final Collection<Tagged> tagged;

    TagApi(Collection<Tagged> tagged) {
        this.tagged = List.copyOf(tagged);
    }

    TagResourceResponse tag(Call call, TagResourceRequest request) {
        var problems = new Problems();
        Tags.check(request.tags(), problems);
        problems.throwIfAny();
        change(call, request.resourceArn(), tags -> tags.putAll(Tags.map(request.tags())));
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untag(Call call, UntagResourceRequest request) {
        change(call, request.resourceArn(), tags -> request.tagKeys().forEach(tags::remove));
        return UntagResourceResponse.builder().build();
    }

    ListTagsForResourceResponse list(Call call, ListTagsForResourceRequest request) {
        Map<String, String> tags = require(call, request.resourceArn())
                .tags(call, request.resourceArn())
                .orElse(Map.of());
        return ListTagsForResourceResponse.builder().tags(Tags.list(tags)).build();
    }

    private void change(Call call, String arn, Consumer<Map<String, String>> change) {
        require(call, arn).changeTags(call, arn, old -> {
            Map<String, String> tags = new LinkedHashMap<>(old);
            change.accept(tags);
            if (tags.size() > Tags.MOST) {
                throw Errors.invalid(
                        "A resource can have at most " + Tags.MOST + " tags; this would be " + tags.size());
            }
            return tags;
        });
    }

    private Tagged require(Call call, String arn) {
        return tagged.stream()
                .filter(kind -> kind.tags(call, arn).isPresent())
                .findFirst()
                .orElseThrow(() -> Errors.notFound("Resource with ARN " + arn + " does not exist"));
    }
}
