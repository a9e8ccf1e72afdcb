package dev.slipway.cloud.apprunner;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a request, so that all of it is told at once. Values that may be secret are never repeated. */
final class Problems {
    private final List<String> found = new ArrayList<>();

    void add(String problem) {
        found.add(problem);
    }

    /** A text of a form; absent is fine. */
    void matches(String path, @Nullable String value, Pattern form) {
        if (value != null && !form.matcher(value).matches()) {
            found.add("Value '" + value + "' at '" + path
                    + "' failed to satisfy constraint: Member must satisfy regular expression pattern: " + form);
        }
    }

    /** A word of a set; absent is not fine. */
    void oneOf(String path, @Nullable String value, String... words) {
        if (!List.of(words).contains(String.valueOf(value))) {
            found.add("Value '" + value + "' at '" + path
                    + "' failed to satisfy constraint: Member must satisfy enum value set: " + List.of(words));
        }
    }

    /** A number within bounds; absent is fine. */
    void within(String path, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            found.add("Value '" + value + "' at '" + path + "' failed to satisfy constraint: Member must have value "
                    + (value < least ? "greater than or equal to " + least : "less than or equal to " + most));
        }
    }

    void throwIfAny() {
        if (found.size() == 1) {
            throw Errors.invalid(found.get(0));
        }
        if (!found.isEmpty()) {
            throw Errors.invalid(found.size() + " validation errors detected: " + String.join("; ", found));
        }
    }
}
