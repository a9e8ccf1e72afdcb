package dev.slipway.cloud.http.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

    private static final List<List<FieldName>> BY_LENGTH = new ArrayList<>();

    static {
        for (FieldName each : values()) {
            while (BY_LENGTH.size() <= each.text.length()) {
                BY_LENGTH.add(new ArrayList<>());
            }
            if (each != OTHER) {
                BY_LENGTH.get(each.text.length()).add(each);
            }
        }
    }

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** These names as a set for {@link Head#copyFields}. */
    public static int set(FieldName... names) {
        int set = 0;
        for (FieldName each : names) {
            set |= 1 << each.ordinal();
        }
        return set;
    }

    boolean isIn(int set) {
        return (set & 1 << ordinal()) != 0;
    }

    static FieldName of(byte[] bytes, int from, int to) {
        if (to - from < BY_LENGTH.size()) {
            List<FieldName> candidates = BY_LENGTH.get(to - from);
            for (int i = 0; i < candidates.size(); i++) {
                if (Syntax.equalIgnoringCase(bytes, from, to, candidates.get(i).text)) {
                    return candidates.get(i);
                }
            }
        }
        return OTHER;
    }
}
