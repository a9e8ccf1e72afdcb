package dev.slipway.cloud.logs;

/**
 * @param name for example {@code events} or {@code instance/ID}
 * @param created in milliseconds since 1970
 */
record LogStream(String name, long created, Events events) {}
