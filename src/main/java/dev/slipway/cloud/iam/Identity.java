package dev.slipway.cloud.iam;

import java.util.Map;

/** What users, roles and groups share. */
sealed interface Identity<T extends Identity<T>> permits UserRecord, RoleRecord, GroupRecord {
    Kind kind();

    String account();

    String name();

    String path();

    /** AWS's unique id, never used again. */
    String id();

    default String arn() {
        return "arn:aws:iam::" + account() + ":" + kind().word() + path() + name();
    }

    /** Empty for groups, which have no tags. */
    Map<String, String> tags();

    PolicySet policies();

    T with(PolicySet policies);
}
