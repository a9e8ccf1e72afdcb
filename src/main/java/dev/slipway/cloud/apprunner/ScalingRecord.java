package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.Page;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One revision of an auto scaling configuration. Stored; times in milliseconds since the epoch. */
record ScalingRecord(
        String account,
        String region,
        String name,
        int revision,
        String id,
        int maxConcurrency,
        int minSize,
        int maxSize,
        long createdAt,
        @Nullable Long deletedAt,
        Map<String, String> tags) {
    static final String DEFAULT_NAME = "DefaultConfiguration";

    ScalingRecord {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** The configuration that every account has in every region. */
    static ScalingRecord standard(String account, String region) {
        return new ScalingRecord(
                account, region, DEFAULT_NAME, 1, "00000000000000000000000000000001", 100, 1, 25, 0, null, Map.of());
    }

    String arn() {
        return "arn:aws:apprunner:" + region + ":" + account + ":autoscalingconfiguration/" + name + "/" + revision
                + "/" + id;
    }

    /** By name, the newest first. */
    String place() {
        return name + "/" + Page.descending(revision);
    }

    boolean active() {
        return deletedAt == null;
    }

    ScalingRecord deleted(long at) {
        return new ScalingRecord(
                account, region, name, revision, id, maxConcurrency, minSize, maxSize, createdAt, at, tags);
    }

    ScalingRecord withTags(Map<String, String> newTags) {
        return new ScalingRecord(
                account, region, name, revision, id, maxConcurrency, minSize, maxSize, createdAt, deletedAt, newTags);
    }
}
