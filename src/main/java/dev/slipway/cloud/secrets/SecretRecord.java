package dev.slipway.cloud.secrets;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a secret. Stored; times in milliseconds since the epoch.
 *
 * @param suffix the six characters that AWS adds to the name in the ARN
 * @param policy the resource policy, as it was put
 * @param versions oldest first
 * @param deletedAt when its deletion was asked for
 * @param purgeAt when it is gone for good; before, it can be restored
 */
record SecretRecord(
        String account,
        String region,
        String name,
        String suffix,
        @Nullable String description,
        @Nullable String policy,
        Map<String, String> tags,
        List<SecretVersion> versions,
        long createdAt,
        long changedAt,
        @Nullable Long accessedAt,
        @Nullable Long deletedAt,
        @Nullable Long purgeAt) {
    /** Deprecated versions that are kept beside those with a label. */
    private static final int MOST_DEPRECATED = 20;

    SecretRecord {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        versions = List.copyOf(versions);
    }

    static String arn(String account, String region, String nameAndSuffix) {
        return "arn:aws:secretsmanager:" + region + ":" + account + ":secret:" + nameAndSuffix;
    }

    String arn() {
        return arn(account, region, name + "-" + suffix);
    }

    /** What a version's value is sealed for. */
    String place(String version) {
        return arn() + "/" + version;
    }

    boolean deleted() {
        return deletedAt != null;
    }

    Optional<SecretVersion> version(String id) {
        return versions.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    Optional<SecretVersion> staged(String stage) {
        return versions.stream().filter(each -> each.is(stage)).findFirst();
    }

    SecretRecord describedAs(@Nullable String text, long now) {
        return new SecretRecord(
                account,
                region,
                name,
                suffix,
                text,
                policy,
                tags,
                versions,
                createdAt,
                now,
                accessedAt,
                deletedAt,
                purgeAt);
    }

    SecretRecord withPolicy(@Nullable String text) {
        return new SecretRecord(
                account,
                region,
                name,
                suffix,
                description,
                text,
                tags,
                versions,
                createdAt,
                changedAt,
                accessedAt,
                deletedAt,
                purgeAt);
    }

    SecretRecord withTags(Map<String, String> now) {
        return new SecretRecord(
                account,
                region,
                name,
                suffix,
                description,
                policy,
                now,
                versions,
                createdAt,
                changedAt,
                accessedAt,
                deletedAt,
                purgeAt);
    }

    SecretRecord deleted(@Nullable Long at, @Nullable Long purge) {
        return new SecretRecord(
                account,
                region,
                name,
                suffix,
                description,
                policy,
                tags,
                versions,
                createdAt,
                changedAt,
                accessedAt,
                at,
                purge);
    }

    SecretRecord accessed(String version, long at) {
        List<SecretVersion> now = versions.stream()
                .map(each -> each.id().equals(version) ? each.accessed(at) : each)
                .toList();
        return new SecretRecord(
                account,
                region,
                name,
                suffix,
                description,
                policy,
                tags,
                now,
                createdAt,
                changedAt,
                at,
                deletedAt,
                purgeAt);
    }

    SecretRecord withVersions(List<SecretVersion> now, long at) {
        long excess = now.stream().filter(each -> each.stages().isEmpty()).count() - MOST_DEPRECATED;
        List<SecretVersion> kept = new ArrayList<>();
        for (SecretVersion each : now) {
            if (!each.stages().isEmpty() || excess-- <= 0) {
                kept.add(each);
            }
        }
        return new SecretRecord(
                account,
                region,
                name,
                suffix,
                description,
                policy,
                tags,
                kept,
                createdAt,
                at,
                accessedAt,
                deletedAt,
                purgeAt);
    }

    /** Takes a label from whatever version has it and gives it to another; the one that was current becomes the previous. */
    SecretRecord moved(String stage, @Nullable String to, long at) {
        Optional<SecretVersion> from = staged(stage);
        boolean demotes = stage.equals(SecretVersion.CURRENT)
                && from.isPresent()
                && to != null
                && !from.get().id().equals(to);
        List<SecretVersion> now = new ArrayList<>();
        for (SecretVersion each : versions) {
            Set<String> stages = new TreeSet<>(each.stages());
            stages.remove(stage);
            if (demotes) {
                stages.remove(SecretVersion.PREVIOUS);
                if (each.is(stage)) {
                    stages.add(SecretVersion.PREVIOUS);
                }
            }
            if (each.id().equals(to)) {
                stages.add(stage);
            }
            now.add(each.withStages(stages));
        }
        return withVersions(now, at);
    }
}
