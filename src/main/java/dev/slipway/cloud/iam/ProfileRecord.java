package dev.slipway.cloud.iam;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A holder of one role for machines.
 *
 * @param created epoch seconds
 * @param role the unique id of the role in it
 */
record ProfileRecord(
        String account,
        String name,
        String path,
        String id,
        long created,
        @Nullable String role,
        Map<String, String> tags)
        implements Tagged<ProfileRecord> {
    ProfileRecord {
        tags = new TreeMap<>(tags);
    }

    String arn() {
        return "arn:aws:iam::" + account + ":instance-profile" + path + name;
    }

    ProfileRecord holding(@Nullable String changed) {
        return new ProfileRecord(account, name, path, id, created, changed, tags);
    }

    @Override
    public ProfileRecord withTags(Map<String, String> changed) {
        return new ProfileRecord(account, name, path, id, created, role, changed);
    }
}
