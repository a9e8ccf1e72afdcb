package dev.slipway.cloud.apprunner;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ARN of a configuration with revisions, which may end early.
 *
 * @param revision absent: the latest
 * @param id absent: whichever
 */
record ConfigurationArn(
        String name, @Nullable String revision, @Nullable String id) {

    /** @param kind {@code autoscalingconfiguration} or {@code observabilityconfiguration} */
    static Optional<ConfigurationArn> parse(String arn, String kind, String account, String region) {
        String prefix = "arn:aws:apprunner:" + region + ":" + account + ":" + kind + "/";
        if (!arn.startsWith(prefix)) {
            return Optional.empty();
        }
        String[] parts = arn.substring(prefix.length()).split("/", 4);
        return parts.length > 3
                ? Optional.empty()
                : Optional.of(new ConfigurationArn(
                        parts[0], parts.length > 1 ? parts[1] : null, parts.length > 2 ? parts[2] : null));
    }

    boolean isLatest() {
        return revision == null;
    }

    boolean takes(int number, String ownId) {
        return Integer.toString(number).equals(revision) && (id == null || id.equals(ownId));
    }
}
