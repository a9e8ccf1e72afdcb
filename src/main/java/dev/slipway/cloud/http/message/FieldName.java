package dev.slipway.cloud.http.message;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The header fields that mean something to whoever passes a message on; every other one is {@link #OTHER}. */
public enum FieldName {
    CONNECTION,
    CONTENT_LENGTH,
    DATE,
    EXPECT,
    HOST,
    HTTP2_SETTINGS,
    KEEP_ALIVE,
    MAX_FORWARDS,
    PROXY_CONNECTION,
    TE,
    TRANSFER_ENCODING,
    UPGRADE,
    X_FORWARDED_FOR,
    X_FORWARDED_PROTO,
    OTHER;

    /** What belongs to one connection and is never passed on (RFC 9110, 7.6.1), besides what {@code Connection} names. */
    public static final int HOP_BY_HOP =
            set(CONNECTION, HTTP2_SETTINGS, KEEP_ALIVE, PROXY_CONNECTION, TE, TRANSFER_ENCODING, UPGRADE);

    private static final FieldName[] ALL = values();
    private static final FieldName[][] BY_LENGTH = byLength();

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final byte[] text =
            name().toLowerCase(Locale.ROOT).replace('_', '-').getBytes(StandardCharsets.US_ASCII);

    private static FieldName[][] byLength() {
        List<FieldName> known = Stream.of(ALL).filter(each -> each != OTHER).toList();
        int longest = known.stream().mapToInt(each -> each.text.length).max().orElse(0);
        return IntStream.rangeClosed(0, longest)
                .mapToObj(length -> known.stream()
                        .filter(each -> each.text.length == length)
                        .toArray(FieldName[]::new))
                .toArray(FieldName[][]::new);
    }

    /** These names as a set for {@link Head#copyFields}. */
    public static int set(FieldName... names) {
        int set = 0;
        for (FieldName each : names) {
            set |= 1 << each.ordinal();
        }
        return set;
    }

    static FieldName of(byte[] bytes, int from, int to) {
        if (to - from < BY_LENGTH.length) {
            for (FieldName each : BY_LENGTH[to - from]) {
                if (Syntax.startsIgnoringCase(bytes, from, to, each.text)) {
                    return each;
                }
            }
        }
        return OTHER;
    }

    static FieldName at(int ordinal) {
        return ALL[ordinal];
    }
}
