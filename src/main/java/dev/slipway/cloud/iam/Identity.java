package dev.slipway.cloud.iam;

import java.util.Map;

/** What users and roles share. */
sealed interface Identity<T extends Identity<T>> permits UserRecord, RoleRecord {
    String account();

    String name();

    String path();

    /** AWS's unique id, never used again. */
    String id();

    String arn();

    Map<String, String> tags();

    PolicySet policies();

    T with(PolicySet policies);

    T withTags(Map<String, String> tags);
}
