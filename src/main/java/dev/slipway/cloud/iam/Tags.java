package dev.slipway.cloud.iam;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.model.Tag;

/** Tags on the wire and in the store. Keys are unique without regard to case. */
final class Tags {
    private static final int MOST = 50;

    private Tags() {}

    /** The old tags with these put over them. */
    static Map<String, String> merged(Map<String, String> old, List<Tag> tags) {
        Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Tag tag : tags) {
            if (tag.key().toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw Faults.invalid("Tag keys starting with 'aws:' are reserved for system use.");
            }
            if (given.put(tag.key(), tag.value() == null ? "" : tag.value()) != null) {
                throw Faults.invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
        }
        Map<String, String> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        merged.putAll(old);
        // A key that comes again in another case replaces the old spelling too.
        given.forEach((key, value) -> {
            merged.remove(key);
            merged.put(key, value);
        });
        if (merged.size() > MOST) {
            throw Faults.limit("The number of tags has reached the maximum limit of " + MOST + ".");
        }
        return merged;
    }

    static Map<String, String> without(Map<String, String> old, List<String> keys) {
        Map<String, String> left = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        left.putAll(old);
        keys.forEach(left::remove);
        return left;
    }

    static List<Tag> shown(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
