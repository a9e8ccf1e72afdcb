package dev.slipway.cloud.iam;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A role.
 *
 * @param created epoch seconds
 * @param maxSession the longest session in seconds, 3600 to 43200
 */
record RoleRecord(
        String account,
        String name,
        String path,
        String id,
        long created,
        @Nullable String description,
        int maxSession,
        Trust trust,
        Map<String, String> tags,
        PolicySet policies)
        implements Identity<RoleRecord>, Tagged<RoleRecord> {
    RoleRecord {
        tags = new TreeMap<>(tags);
    }

    /**
     * A trust policy.
     *
     * @param document as it was given
     * @param ids the unique ids of the users and roles that it named then, by ARN
     */
    record Trust(String document, Map<String, String> ids) {
        Trust {
            ids = new TreeMap<>(ids);
        }
    }

    @Override
    public Kind kind() {
        return Kind.ROLE;
    }

    /** True for a role that only its service may change. */
    boolean serviceLinked() {
        return path.startsWith("/aws-service-role/");
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code UnmodifiableEntity} for a service's own role */
    void requireOurs() {
        if (serviceLinked()) {
            throw Faults.unmodifiable("Cannot perform the operation on the protected role '" + name
                    + "' - this role is only modifiable by AWS");
        }
    }

    @Override
    public RoleRecord with(PolicySet changed) {
        return new RoleRecord(account, name, path, id, created, description, maxSession, trust, tags, changed);
    }

    @Override
    public RoleRecord withTags(Map<String, String> changed) {
        return new RoleRecord(account, name, path, id, created, description, maxSession, trust, changed, policies);
    }

    RoleRecord withTrust(Trust changed) {
        return new RoleRecord(account, name, path, id, created, description, maxSession, changed, tags, policies);
    }

    RoleRecord describedAs(@Nullable String changed, int seconds) {
        return new RoleRecord(account, name, path, id, created, changed, seconds, trust, tags, policies);
    }
}
