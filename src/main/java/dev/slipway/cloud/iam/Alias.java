package dev.slipway.cloud.iam;

/** The other name of an account. */
record Alias(String account, String name) {}
