package dev.slipway.cloud.apprunner;

import dev.slipway.cloud.wire.Page;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One revision of an observability configuration. Stored; times in milliseconds since the epoch.
 *
 * @param vendor of tracing, {@code AWSXRAY}; absent: no tracing
 */
record ObservabilityRecord(
        String account,
        String region,
        String name,
        int revision,
        String id,
        @Nullable String vendor,
        long createdAt,
        @Nullable Long deletedAt,
        Map<String, String> tags)
        implements Resource<ObservabilityRecord> {
    static final String KIND = "observabilityconfiguration";

    ObservabilityRecord {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    @Override
    public String arn() {
        return "arn:aws:apprunner:" + region + ":" + account + ":" + KIND + "/" + name + "/" + revision + "/" + id;
    }

    /** By name, the newest first. */
    String place() {
        return name + "/" + Page.descending(revision);
    }

    boolean active() {
        return deletedAt == null;
    }

    ObservabilityRecord deleted(long at) {
        return new ObservabilityRecord(account, region, name, revision, id, vendor, createdAt, at, tags);
    }

    @Override
    public ObservabilityRecord withTags(Map<String, String> newTags) {
        return new ObservabilityRecord(account, region, name, revision, id, vendor, createdAt, deletedAt, newTags);
    }
}
