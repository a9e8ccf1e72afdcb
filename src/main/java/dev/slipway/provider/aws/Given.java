package dev.slipway.provider.aws;

import org.jspecify.annotations.Nullable;

/** Values that a check has made sure of. */
final class Given {
    private Given() {}

    /** The value; its absence is a mistake of the caller, who must send checked inputs. */
    static <T> T of(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is absent; the inputs were not checked");
        }
        return value;
    }
}
