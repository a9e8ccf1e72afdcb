package dev.slipway.provider.aws;

import org.jspecify.annotations.Nullable;

/** Words of AWS as constants. */
final class Words {
    private Words() {}

    /** Without regard to case, as AWS has been seen to answer; null for a word that this version doesn't know. */
    static <E extends Enum<E>> @Nullable E constant(E[] constants, @Nullable String word) {
        for (E known : constants) {
            if (known.name().equalsIgnoreCase(word)) {
                return known;
            }
        }
        return null;
    }
}
