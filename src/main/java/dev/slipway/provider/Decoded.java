package dev.slipway.provider;

import dev.slipway.property.PropertyPath;
import dev.slipway.protocol.CheckFailure;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of a property object.
 *
 * @param value the record; a component that is absent, wrong or not known yet is null in it. Null itself only when the record's own
 *     constructor refused the values
 * @param failures every value that doesn't fit, and where
 * @param unknown where values are that exist only after an operation
 */
public record Decoded<R extends Record>(@Nullable R value, List<CheckFailure> failures, Set<PropertyPath> unknown) {
    public Decoded {
        failures = List.copyOf(failures);
        unknown = Set.copyOf(unknown);
    }
}
