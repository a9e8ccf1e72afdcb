package dev.slipway.provider;

import dev.slipway.property.PropertyPath;
import dev.slipway.protocol.CheckFailure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is found while one property object is read. */
final class Reading {
    private final boolean strict;
    private final List<CheckFailure> failures = new ArrayList<>();
    private final Set<PropertyPath> unknown = new LinkedHashSet<>();

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
