package dev.slipway.cloud.iam;

import java.util.Map;

/** Something with tags. */
interface Tagged<T> {
    Map<String, String> tags();

    T withTags(Map<String, String> tags);
}
