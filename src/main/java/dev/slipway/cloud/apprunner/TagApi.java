package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.Call;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.apprunner.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.apprunner.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.apprunner.model.TagResourceRequest;
import software.amazon.awssdk.services.apprunner.model.TagResourceResponse;
import software.amazon.awssdk.services.apprunner.model.UntagResourceRequest;
import software.amazon.awssdk.services.apprunner.model.UntagResourceResponse;

/** The operations on the tags of services and auto scaling configurations. */
final class TagApi {
    private final Services services;
    private final ScalingConfigurations scaling;

    TagApi(Services services, ScalingConfigurations scaling) {
        this.services = services;
        this.scaling = scaling;
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
        String arn = request.resourceArn();
        Map<String, String> tags = services.find(arn).map(ServiceRecord::tags).orElseGet(() -> requireScaling(call, arn)
                .tags());
        return ListTagsForResourceResponse.builder().tags(Tags.list(tags)).build();
    }

    private void change(Call call, String arn, Consumer<Map<String, String>> change) {
        UnaryOperator<Map<String, String>> changed = old -> {
            Map<String, String> tags = new LinkedHashMap<>(old);
            change.accept(tags);
            if (tags.size() > Tags.MOST) {
                throw Errors.invalid(
                        "A resource can have at most " + Tags.MOST + " tags; this would be " + tags.size());
            }
            return tags;
        };
        if (services.find(arn).isPresent()) {
            services.controller(arn).changeTags(service -> service.withTags(changed.apply(service.tags())));
        } else {
            scaling.update(requireScaling(call, arn), record -> record.withTags(changed.apply(record.tags())));
        }
    }

    private ScalingRecord requireScaling(Call call, String arn) {
        return scaling.find(call.account(), call.region(), arn)
                .orElseThrow(() -> Errors.notFound("Resource with ARN " + arn + " does not exist"));
    }
}
