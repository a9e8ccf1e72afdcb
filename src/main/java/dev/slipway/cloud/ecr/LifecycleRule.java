package dev.slipway.cloud.ecr;

import java.util.List;

/**
 * One rule of a lifecycle policy.
 *
 * @param priority rules with a lower number come first
 * @param tagStatus which images it is about
 * @param patterns every one must fit one of an image's tags; {@code *} stands for any text. Empty unless {@code TAGGED}
 * @param countType whether {@code count} is a number of images or of days
 */
record LifecycleRule(int priority, TagStatus tagStatus, List<String> patterns, CountType countType, int count) {
    LifecycleRule {
        patterns = List.copyOf(patterns);
    }

    enum TagStatus {
        TAGGED,
        UNTAGGED,
        ANY
    }

    enum CountType {
        /** Images beyond the youngest {@code count}. */
        IMAGE_COUNT_MORE_THAN,
        /** Images that were pushed more than {@code count} days ago. */
        SINCE_IMAGE_PUSHED,
        /** Images that were last pulled more than {@code count} days ago; of one that never was, its push counts. */
        SINCE_IMAGE_PULLED
    }

    /** Whether the rule is about an image with these tags. */
    boolean isAbout(List<String> tags) {
        return switch (tagStatus) {
            case ANY -> true;
            case UNTAGGED -> tags.isEmpty();
            case TAGGED ->
                !tags.isEmpty()
                        && patterns.stream()
                                .allMatch(pattern -> tags.stream().anyMatch(tag -> Wildcard.matches(pattern, tag)));
        };
    }
}
