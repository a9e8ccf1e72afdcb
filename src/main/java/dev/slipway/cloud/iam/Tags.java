package dev.slipway.cloud.iam;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.model.Tag;

/** Tags on the wire and in the store. Keys are unique without regard to case. */
final class Tags {
    private static final int MOST = 50;

    private Tags() {}

    /** The old tags of a user or role with these put over them; the case of keys does not matter. */
    static Map<String, String> merged(Map<String, String> old, List<Tag> tags) {
        return merged(
                old,
                tags,
                () -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER),
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    }

    /** The old tags of a policy or instance profile with these put over them; the case of keys matters. */
    static Map<String, String> mergedByCase(Map<String, String> old, List<Tag> tags) {
        return merged(old, tags, TreeMap::new, "Duplicate tag keys found.");
    }

    private static Map<String, String> merged(
            Map<String, String> old, List<Tag> tags, Supplier<Map<String, String>> map, String twice) {
        Map<String, String> given = map.get();
        for (Tag tag : tags) {
            if (tag.key().toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw Faults.invalid("Tag keys starting with 'aws:' are reserved for system use.");
            }
            if (given.put(tag.key(), tag.value() == null ? "" : tag.value()) != null) {
                throw Faults.invalid(twice);
            }
        }
        Map<String, String> merged = map.get();
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

    static Map<String, String> withoutByCase(Map<String, String> old, List<String> keys) {
        Map<String, String> left = new TreeMap<>(old);
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
