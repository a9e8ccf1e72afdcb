package dev.slipway.cloud.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A user.
 *
 * @param created epoch seconds
 * @param groups the unique ids of the groups that the user is in
 */
record UserRecord(
        String account,
        String name,
        String path,
        String id,
        long created,
        Map<String, String> tags,
        PolicySet policies,
        List<String> groups)
        implements Identity<UserRecord>, Tagged<UserRecord> {
    UserRecord {
        tags = new TreeMap<>(tags);
        // Absent in documents from before there were groups.
        groups = groups == null ? List.of() : List.copyOf(groups);
    }

    @Override
    public Kind kind() {
        return Kind.USER;
    }

    @Override
    public UserRecord with(PolicySet changed) {
        return new UserRecord(account, name, path, id, created, tags, changed, groups);
    }

    @Override
    public UserRecord withTags(Map<String, String> changed) {
        return new UserRecord(account, name, path, id, created, changed, policies, groups);
    }

    UserRecord named(String changed, String under) {
        return new UserRecord(account, changed, under, id, created, tags, policies, groups);
    }

    UserRecord in(GroupRecord group) {
        List<String> more = new ArrayList<>(groups);
        if (!more.contains(group.id())) {
            more.add(group.id());
        }
        return new UserRecord(account, name, path, id, created, tags, policies, more);
    }

    UserRecord notIn(GroupRecord group) {
        return new UserRecord(
                account,
                name,
                path,
                id,
                created,
                tags,
                policies,
                groups.stream().filter(other -> !other.equals(group.id())).toList());
    }
}
