package dev.slipway.provider;

import dev.slipway.property.PropertyPath;
import dev.slipway.property.PropertyValue;
import dev.slipway.protocol.CheckFailure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is found while one property object is read. */
final class Reading {
    private static final int LONGEST_SHOWN = 80;

    private final boolean strict;
    private final List<CheckFailure> failures = new ArrayList<>();
    private final Set<PropertyPath> unknown = new LinkedHashSet<>();
    private int secretsAround;

    /** @param strict whether names that the record doesn't have, and required ones that are absent, are failures */
    Reading(boolean strict) {
        this.strict = strict;
    }

    boolean strict() {
        return strict;
    }

    void fail(PropertyPath path, String reason) {
        failures.add(new CheckFailure(path, reason));
    }

    /** Reads something of which no message may show a value. */
    @Nullable
    Object inSecret(Supplier<@Nullable Object> read) {
        secretsAround++;
        try {
            return read.get();
        } finally {
            secretsAround--;
        }
    }

    /** What came, for a person: a short plain value as it is, of a secret and of anything else only the kind. */
    String shown(PropertyValue value) {
        if (secretsAround > 0) {
            return Shape.typeName(value);
        }
        if (value instanceof PropertyValue.Text text && text.value().length() <= LONGEST_SHOWN) {
            return "`" + text.value() + "`";
        }
        if (value instanceof PropertyValue.Num number) {
            boolean whole = number.value() == Math.rint(number.value()) && Math.abs(number.value()) < 1e15;
            return whole ? String.valueOf((long) number.value()) : String.valueOf(number.value());
        }
        return value instanceof PropertyValue.Bool flag ? String.valueOf(flag.value()) : Shape.typeName(value);
    }

    void unknown(PropertyPath path) {
        unknown.add(path);
    }

    List<CheckFailure> failures() {
        return failures;
    }

    Set<PropertyPath> unknown() {
        return unknown;
    }
}
