package dev.slipway.cloud.secrets;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a parameter. Stored; values are sealed, those of plain strings too.
 *
 * @param type {@code String}, {@code StringList} or {@code SecureString}
 * @param tier {@code Standard} or {@code Advanced}
 * @param dataType {@code text} or {@code aws:ec2:image}
 * @param versions oldest first; never empty
 */
record ParameterRecord(
        String account,
        String region,
        String name,
        String type,
        String tier,
        String dataType,
        @Nullable String description,
        @Nullable String allowedPattern,
        Map<String, String> tags,
        List<Version> versions) {
    static final String SECURE = "SecureString";

    private static final int MOST_VERSIONS = 100;

    ParameterRecord {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        versions = List.copyOf(versions);
    }

    /**
     * One value.
     *
     * @param modifiedAt in milliseconds since the epoch
     * @param modifiedBy the ARN of whoever put it
     */
    record Version(
            long number,
            String type,
            String sealed,
            @Nullable String description,
            @Nullable String allowedPattern,
            String tier,
            String dataType,
            long modifiedAt,
            String modifiedBy) {}

    static String arn(String account, String region, String name) {
        return "arn:aws:ssm:" + region + ":" + account + ":parameter" + (name.startsWith("/") ? name : "/" + name);
    }

    String arn() {
        return arn(account, region, name);
    }

    /** What a version's value is sealed for. */
    String place(long version) {
        return account + "/" + region + "/ssm/" + name + ":" + version;
    }

    Version latest() {
        return versions.get(versions.size() - 1);
    }

    Optional<Version> version(long number) {
        return versions.stream().filter(each -> each.number() == number).findFirst();
    }

    ParameterRecord withTags(Map<String, String> now) {
        return new ParameterRecord(
                account, region, name, type, tier, dataType, description, allowedPattern, now, versions);
    }

    /** With one more value, whose properties are the parameter's from now on; the oldest value goes when there are too many. */
    ParameterRecord with(Version next) {
        List<Version> all = new ArrayList<>(versions);
        all.add(next);
        return new ParameterRecord(
                account,
                region,
                name,
                next.type(),
                next.tier(),
                next.dataType(),
                next.description(),
                next.allowedPattern(),
                tags,
                all.subList(Math.max(0, all.size() - MOST_VERSIONS), all.size()));
    }
}
