package dev.slipway.cloud.iam;

import java.util.Map;

/** A group of users; who is in it stands with the users. {@code created} is in epoch seconds. */
record GroupRecord(String account, String name, String path, String id, long created, PolicySet policies)
        implements Identity<GroupRecord> {
    @Override
    public Kind kind() {
        return Kind.GROUP;
    }

    @Override
    public Map<String, String> tags() {
        return Map.of();
    }

    @Override
    public GroupRecord with(PolicySet changed) {
        return new GroupRecord(account, name, path, id, created, changed);
    }

    GroupRecord named(String changed, String under) {
        return new GroupRecord(account, changed, under, id, created, policies);
    }
}
