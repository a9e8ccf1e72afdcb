package dev.slipway.cloud.ecr;

import dev.slipway.cloud.ecr.LifecycleRule.CountType;
import dev.slipway.cloud.registry.StoredManifest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which images of a repository expire: rules in the order of their priorities. As AWS documents it, every rule looks at all images as if
 * none had expired; an image that a rule is about is out of reach for the rules after it; the oldest go first.
 */
record LifecyclePolicy(List<LifecycleRule> rules) {
    LifecyclePolicy {
        rules = rules.stream()
                .sorted(Comparator.comparingInt(LifecycleRule::priority))
                .toList();
    }

    /** An image that is to go, and the rule that says so. */
    record Expired(StoredManifest image, int priority) {}

    /**
     * The images to remove, the oldest first within a rule.
     *
     * @param images all of the repository. Those that are about another image (signatures, attestations) are left out: they go with it
     */
    List<Expired> expired(List<StoredManifest> images, Instant now) {
        List<StoredManifest> oldestFirst = images.stream()
                .filter(image -> image.subject().isEmpty())
                .sorted(Comparator.comparing(StoredManifest::pushedAt)
                        .thenComparing(image -> image.digest().toString()))
                .toList();
        List<Expired> expired = new ArrayList<>();
        Set<StoredManifest> decided = new HashSet<>();
        for (LifecycleRule rule : rules) {
            List<StoredManifest> about = oldestFirst.stream()
                    .filter(image -> rule.isAbout(image.tags()))
                    .toList();
            for (StoredManifest image : beyond(rule, about, now)) {
                if (!decided.contains(image)) {
                    expired.add(new Expired(image, rule.priority()));
                }
            }
            decided.addAll(about);
        }
        return expired;
    }

    private static List<StoredManifest> beyond(LifecycleRule rule, List<StoredManifest> oldestFirst, Instant now) {
        if (rule.countType() == CountType.IMAGE_COUNT_MORE_THAN) {
            return oldestFirst.subList(0, Math.max(0, oldestFirst.size() - rule.count()));
        }
        Instant limit = now.minus(Duration.ofDays(rule.count()));
        return oldestFirst.stream()
                .filter(image -> since(rule.countType(), image).isBefore(limit))
                .toList();
    }

    private static Instant since(CountType type, StoredManifest image) {
        return type == CountType.SINCE_IMAGE_PULLED ? image.lastPull().orElse(image.pushedAt()) : image.pushedAt();
    }
}
