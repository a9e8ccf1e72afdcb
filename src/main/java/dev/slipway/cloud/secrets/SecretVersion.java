package dev.slipway.cloud.secrets;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One value of a secret. Stored; the value is sealed, times in milliseconds since the epoch.
 *
 * @param binary whether the value is bytes rather than text
 * @param stages the labels it has now; without any it is deprecated
 */
record SecretVersion(
        String id,
        String sealed,
        boolean binary,
        Set<String> stages,
        long createdAt,
        @Nullable Long accessedAt) {
    static final String CURRENT = "AWSCURRENT";
    static final String PREVIOUS = "AWSPREVIOUS";

    SecretVersion {
        stages = Collections.unmodifiableSet(new TreeSet<>(stages));
    }

    boolean is(String stage) {
        return stages.contains(stage);
    }

    SecretVersion withStages(Set<String> now) {
        return new SecretVersion(id, sealed, binary, now, createdAt, accessedAt);
    }

    SecretVersion accessed(long at) {
        return new SecretVersion(id, sealed, binary, stages, createdAt, at);
    }
}
