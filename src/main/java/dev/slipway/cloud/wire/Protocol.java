package dev.slipway.cloud.wire;

/** AWS's wire protocols that Slipway's services use. */
public enum Protocol {
    JSON_1_0,
    JSON_1_1,
    QUERY
}
