package dev.slipway.cloud.iam;

import java.util.Map;
import java.util.TreeMap;

/** A user. {@code created} is in epoch seconds. */
record UserRecord(
        String account, String name, String path, String id, long created, Map<String, String> tags, PolicySet policies)
        implements Identity<UserRecord> {
    UserRecord {
        tags = new TreeMap<>(tags);
    }

    @Override
    public String arn() {
        return "arn:aws:iam::" + account + ":user" + path + name;
    }

    @Override
    public UserRecord with(PolicySet changed) {
        return new UserRecord(account, name, path, id, created, tags, changed);
    }

    @Override
    public UserRecord withTags(Map<String, String> changed) {
        return new UserRecord(account, name, path, id, created, changed, policies);
    }
}
