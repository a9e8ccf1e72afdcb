package dev.slipway.provider.aws;

import dev.slipway.property.PropertyPath;
import dev.slipway.property.Urn;
import dev.slipway.provider.Checking;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What all tags of AWS have in common: their rules, ours among them, and the difference to what is there. */
final class Tags {
    private static final int MOST = 50;

    private Tags() {}

    /** Notes every tag that AWS would refuse. */
    static void check(Checking<?> checking, @Nullable Map<String, String> tags) {
        if (tags == null) {
            return;
        }
        if (tags.size() >= MOST) {
            checking.fail("tags", tags.size() + " tags; AWS takes 50, one of which Slipway needs");
        }
        tags.forEach((key, value) -> {
            PropertyPath path = PropertyPath.of("tags").child(key);
            if (key.isEmpty() || key.length() > 128) {
                checking.fail(path, "a tag's key has 1 to 128 characters");
            } else if (key.startsWith("aws:")) {
                checking.fail(path, "keys that begin with `aws:` belong to AWS");
            } else if (key.equals(OwnershipTag.KEY)) {
                checking.fail(path, "Slipway sets this tag itself");
            }
            if (value.length() > 256) {
                checking.fail(path, "a tag's value has at most 256 characters");
            }
        });
    }

    /** A person's tags with the ownership tag. */
    static Map<String, String> owned(@Nullable Map<String, String> tags, Urn urn) {
        var all = new TreeMap<String, String>();
        if (tags != null) {
            all.putAll(tags);
        }
        all.put(OwnershipTag.KEY, OwnershipTag.valueOf(urn));
        return all;
    }

    /** A person's tags as they are recorded: without ours and AWS's own; null when there are none and none were asked for. */
    static @Nullable Map<String, String> shown(Map<String, String> actual, @Nullable Map<String, String> asked) {
        var shown = new TreeMap<>(actual);
        shown.keySet().removeIf(key -> key.startsWith("aws:") || key.equals(OwnershipTag.KEY));
        return shown.isEmpty() && asked == null ? null : shown;
    }

    /** The tags to set so that {@code wanted} is true. */
    static Map<String, String> toSet(Map<String, String> actual, Map<String, String> wanted) {
        var set = new LinkedHashMap<>(wanted);
        set.entrySet().removeIf(entry -> entry.getValue().equals(actual.get(entry.getKey())));
        return set;
    }

    /** The keys to remove: those this program once set and no longer wants. A stranger's tags stay. */
    static List<String> toRemove(
            Map<String, String> actual, @Nullable Map<String, String> olds, Map<String, String> wanted) {
        return olds == null
                ? List.of()
                : olds.keySet().stream()
                        .filter(key -> actual.containsKey(key) && !wanted.containsKey(key))
                        .toList();
    }
}
