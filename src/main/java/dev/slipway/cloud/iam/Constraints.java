package dev.slipway.cloud.iam;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong with a request and says it all at once, as AWS words it. Absent values are fine. */
public final class Constraints {
    private static final String NAME = "[\\w+=,.@-]+";

    private final List<String> wrong = new ArrayList<>();

    Constraints name(String at, @Nullable String value, int longest) {
        return text(at, value, 1, longest, NAME);
    }

    Constraints path(@Nullable String value) {
        return text("path", value, 1, 512, "(/)|(/[!-\\x7E]+/)");
    }

    /** {@code pattern} is for the whole value; lengths are in characters. */
    public Constraints text(String at, @Nullable String value, int shortest, int longest, String pattern) {
        if (value == null) {
            return this;
        }
        if (value.length() < shortest) {
            fail(value, at, "Member must have length greater than or equal to " + shortest);
        } else if (value.length() > longest) {
            fail(value, at, "Member must have length less than or equal to " + longest);
        } else if (!value.matches(pattern)) {
            fail(value, at, "Member must satisfy regular expression pattern: " + pattern);
        }
        return this;
    }

    public Constraints range(String at, @Nullable Integer value, int least, int most) {
        if (value != null && value < least) {
            fail(value, at, "Member must have value greater than or equal to " + least);
        } else if (value != null && value > most) {
            fail(value, at, "Member must have value less than or equal to " + most);
        }
        return this;
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code ValidationError} when something was wrong */
    public void check() {
        if (!wrong.isEmpty()) {
            throw Faults.validation(wrong.size() + " validation error" + (wrong.size() == 1 ? "" : "s") + " detected: "
                    + String.join("; ", wrong));
        }
    }

    private void fail(Object value, String at, String constraint) {
        wrong.add("Value '" + value + "' at '" + at + "' failed to satisfy constraint: " + constraint);
    }
}
