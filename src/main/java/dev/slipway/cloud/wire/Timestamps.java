package dev.slipway.cloud.wire;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;

/** Points in time as text and as numbers. A protocol has a usual form; a member may have another. */
final class Timestamps {
    private static final DateTimeFormatter HTTP = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Timestamps() {}

    static Format format(SdkField<?> field, Format usual) {
        TimestampFormatTrait trait = field.getTrait(TimestampFormatTrait.class);
        return trait == null ? usual : trait.format();
    }

    /**
     * @throws IllegalArgumentException when it is none
     * @throws java.time.DateTimeException when it is none
     * @throws ArithmeticException when it is out of range
     */
    static Instant parse(String text, Format format) {
        return switch (format) {
            case ISO_8601 -> OffsetDateTime.parse(text).toInstant();
            case RFC_822 ->
                ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            case UNIX_TIMESTAMP -> ofSeconds(new BigDecimal(text));
            case UNIX_TIMESTAMP_MILLIS -> Instant.ofEpochMilli(Long.parseLong(text));
        };
    }

    static Instant ofSeconds(BigDecimal seconds) {
        if ((long) seconds.precision() - seconds.scale() > 18 || seconds.scale() > 1000) {
            // Such a number would be written out in full to take its whole part.
            throw new ArithmeticException("out of range");
        }
        long whole = seconds.setScale(0, RoundingMode.FLOOR).longValueExact();
        return Instant.ofEpochSecond(
                whole,
                seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
    }

    /** AWS answers with milliseconds, and some clients read no more. */
    static String text(Instant time, Format format) {
        return switch (format) {
            case ISO_8601 -> time.truncatedTo(ChronoUnit.MILLIS).toString();
            case RFC_822 -> HTTP.format(time);
            case UNIX_TIMESTAMP -> {
                BigDecimal seconds = BigDecimal.valueOf(time.toEpochMilli()).movePointLeft(3);
                yield seconds.stripTrailingZeros().toPlainString();
            }
            case UNIX_TIMESTAMP_MILLIS -> Long.toString(time.toEpochMilli());
        };
    }
}
