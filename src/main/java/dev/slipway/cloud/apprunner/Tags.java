package dev.slipway.cloud.apprunner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.model.Tag;

/** Tags on the wire and in records. */
final class Tags {
    static final int MOST = 50;

    private Tags() {}

    static void check(@Nullable List<Tag> tags, Problems problems) {
        if (tags == null) {
            return;
        }
        for (Tag tag : tags) {
            if (tag == null) {
                problems.add("Tags: a tag is null");
                continue;
            }
            String key = tag.key();
            if (key == null || key.isEmpty() || key.length() > 128 || key.startsWith("aws:")) {
                problems.add("Tags: the key '" + key + "' must have 1 to 128 characters and not start with aws:");
            }
            if (tag.value() != null && tag.value().length() > 256) {
                problems.add("Tags: the value of '" + key + "' must have at most 256 characters");
            }
        }
        if (tags.size() > MOST) {
            problems.add("Tags: at most " + MOST + " tags are allowed, not " + tags.size());
        }
    }

    static Map<String, String> map(@Nullable List<Tag> tags) {
        Map<String, String> map = new LinkedHashMap<>();
        if (tags != null) {
            tags.stream()
                    .filter(tag -> tag != null && tag.key() != null)
                    .forEach(tag -> map.put(tag.key(), tag.value() == null ? "" : tag.value()));
        }
        return map;
    }

    static List<Tag> list(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
