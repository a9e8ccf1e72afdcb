package dev.slipway.provider.aws;

import org.jspecify.annotations.Nullable;

/**
 * Something that will go wrong.
 *
 * @param certain false when a condition in a policy, or something that can't be read, may still make it right
 * @param standing the property that is wrong whatever becomes of everything else; null when another resource of the same run, perhaps of
 *     another provider, may still mend it
 * @param message what, why, and what to do
 */
record Finding(boolean certain, @Nullable String standing, String message) {
    Finding(boolean certain, String message) {
        this(certain, null, message);
    }
}
