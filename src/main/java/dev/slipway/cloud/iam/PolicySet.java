package dev.slipway.cloud.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The policies of a user or role.
 *
 * @param inline documents by name
 * @param attached ARNs of managed policies, in the order they came
 * @param boundary the ARN of the managed policy that caps the others
 */
record PolicySet(
        Map<String, String> inline,
        List<String> attached,
        @Nullable String boundary) {
    static final PolicySet NONE = new PolicySet(Map.of(), List.of(), null);

    PolicySet {
        inline = new TreeMap<>(inline);
        attached = List.copyOf(attached);
    }

    PolicySet withInline(String name, String document) {
        Map<String, String> changed = new TreeMap<>(inline);
        changed.put(name, document);
        return new PolicySet(changed, attached, boundary);
    }

    PolicySet withoutInline(String name) {
        Map<String, String> changed = new TreeMap<>(inline);
        changed.remove(name);
        return new PolicySet(changed, attached, boundary);
    }

    PolicySet withAttached(String arn) {
        if (attached.contains(arn)) {
            return this;
        }
        List<String> changed = new ArrayList<>(attached);
        changed.add(arn);
        return new PolicySet(inline, changed, boundary);
    }

    PolicySet withoutAttached(String arn) {
        return new PolicySet(
                inline, attached.stream().filter(other -> !other.equals(arn)).toList(), boundary);
    }

    PolicySet withBoundary(@Nullable String arn) {
        return new PolicySet(inline, attached, arn);
    }

    boolean uses(String arn) {
        return attached.contains(arn) || arn.equals(boundary);
    }
}
