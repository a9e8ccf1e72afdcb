package dev.slipway.cloud.iam;

import org.jspecify.annotations.Nullable;

/** A policy with an ARN of its own. {@code created} is in epoch seconds; {@code owner} is an account or {@code aws}. */
record ManagedPolicy(
        String owner,
        String name,
        String path,
        String id,
        long created,
        @Nullable String description,
        String document) {
    String arn() {
        return "arn:aws:iam::" + owner + ":policy" + path + name;
    }

    boolean madeByAws() {
        return owner.equals("aws");
    }
}
