package dev.slipway.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers and dates as condition values spell them. */
final class Scalars {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?");
    private static final Pattern EPOCH_SECONDS = Pattern.compile("-?\\d{1,12}");

    private static final Pattern YEAR_OR_MONTH = Pattern.compile("\\d{4}(-\\d{2})?");

    private Scalars() {}

    static Optional<BigDecimal> number(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    static Optional<Instant> date(String text) {
        try {
            if (EPOCH_SECONDS.matcher(text).matches() && text.length() > 4) {
                return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
            }
            if (YEAR_OR_MONTH.matcher(text).matches()) {
                return Optional.of(LocalDate.parse((text + "-01-01").substring(0, 10))
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC));
            }
            if (text.indexOf('T') < 0) {
                return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException notADate) {
            return Optional.empty();
        }
    }
}
