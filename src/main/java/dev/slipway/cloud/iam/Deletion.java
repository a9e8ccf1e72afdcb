package dev.slipway.cloud.iam;

/** The task that deleted a service-linked role. */
record Deletion(String account, String task) {}
