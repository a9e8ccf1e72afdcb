package dev.slipway.provider.aws;

import org.jspecify.annotations.Nullable;

/** The ARN of an auto scaling or observability configuration: {@code …/NAME/REVISION/ID}, of which the end may be left out. */
final class ConfigurationArn {
    private ConfigurationArn() {}

    /** Whether {@code asked}, perhaps without its end, is {@code actual}. */
    static boolean names(@Nullable String asked, @Nullable String actual) {
        return asked != null && actual != null && (actual.equals(asked) || actual.startsWith(asked + "/"));
    }

    /** The form that was asked for, when it names the actual one: else a shortened ARN would for ever look like a change. */
    static @Nullable String asAsked(@Nullable String asked, @Nullable String actual) {
        return names(asked, actual) ? asked : actual;
    }
}
