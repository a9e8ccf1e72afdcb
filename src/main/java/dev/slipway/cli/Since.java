package dev.slipway.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time in the past as Pulumi's {@code --since} takes it. */
final class Since {
    private static final Pattern DURATION = Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,8})m)?(?:(\\d{1,9})s)?");

    private Since() {}

    /** @throws Failure when the text is no duration, no time and no number of seconds since 1970 */
    static Instant parse(String text, Instant now) {
        Matcher parts = DURATION.matcher(text);
        try {
            if (!text.isEmpty() && parts.matches()) {
                return now.minus(Duration.ofHours(number(parts.group(1)))
                        .plusMinutes(number(parts.group(2)))
                        .plusSeconds(number(parts.group(3))));
            }
            return text.matches("\\d{1,11}")
                    ? Instant.ofEpochSecond(Long.parseLong(text))
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new Failure("--since: expected a duration as 30s or 2h30m, a time as 2026-01-31T12:00:00Z, or seconds"
                    + " since 1970, got `" + text + "`");
        }
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
