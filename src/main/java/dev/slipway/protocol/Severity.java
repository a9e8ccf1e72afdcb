package dev.slipway.protocol;

public enum Severity {
    DEBUG,
    INFO,
    WARNING,
    ERROR
}
