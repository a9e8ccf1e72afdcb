package dev.slipway.cloud.apprunner;

import java.util.Map;

/** Something beside services that an account has in a region. */
interface Resource<T extends Resource<T>> {
    String account();

    String region();

    String arn();

    Map<String, String> tags();

    T withTags(Map<String, String> newTags);
}
