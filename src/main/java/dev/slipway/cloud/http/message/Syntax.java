package dev.slipway.cloud.http.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Which bytes may stand where (RFC 9110, 5.6.2 and 5.5; RFC 9112, 3). */
final class Syntax {
    private static final byte TOKEN = 1;
    private static final byte TEXT = 2;
    private static final byte TARGET = 4;
    private static final byte AUTHORITY = 8;
    private static final byte[] CLASSES = new byte[256];
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Times a byte: that byte eight times. */
    private static final long EACH = 0x0101010101010101L;

    private static final long HIGH_BITS = 0x8080808080808080L;

    static {
        for (int c = 0; c < 256; c++) {
            boolean letterOrDigit = c < 128 && Character.isLetterOrDigit(c);
            boolean visible = c > ' ' && c < 127;
            CLASSES[c] |= letterOrDigit || "!#$%&'*+-.^_`|~".indexOf(c) >= 0 ? TOKEN : 0;
            CLASSES[c] |= visible || c == ' ' || c == '\t' || c >= 128 ? TEXT : 0;
            CLASSES[c] |= visible || c >= 128 ? TARGET : 0;
            CLASSES[c] |= letterOrDigit || "-._~%!$&'()*+,;=:[]".indexOf(c) >= 0 ? AUTHORITY : 0;
        }
    }

    private Syntax() {}

    static boolean isToken(byte[] bytes, int from, int to) {
        return from < to && only(TOKEN, bytes, from, to);
    }

    /** The end of the token that starts here; {@code from} when there is none. */
    static int tokenEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (CLASSES[bytes[at] & 0xff] & TOKEN) != 0) {
            at++;
        }
        return at;
    }

    static boolean isText(byte[] bytes, int from, int to) {
        int at = from;
        while (to - at >= Long.BYTES && isPlain((long) EIGHT.get(bytes, at))) {
            at += Long.BYTES;
        }
        return only(TEXT, bytes, at, to);
    }

    /** Whether eight bytes are all text without tabs; false also for some that are. */
    private static boolean isPlain(long eight) {
        long belowSpace = eight - EACH * ' ';
        long delete = (eight ^ EACH * 127) - EACH;
        return ((belowSpace | delete | eight) & HIGH_BITS) == 0;
    }

    /** The place of the first LF; {@code to} when there is none. */
    static int newline(byte[] bytes, int from, int to) {
        int at = from;
        for (; to - at >= Long.BYTES; at += Long.BYTES) {
            long zeros = (long) EIGHT.get(bytes, at) ^ EACH * '\n';
            long found = (zeros - EACH) & ~zeros & HIGH_BITS;
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    static boolean isTarget(byte[] bytes, int from, int to) {
        return from < to && only(TARGET, bytes, from, to);
    }

    static boolean isAuthority(byte[] bytes, int from, int to) {
        return only(AUTHORITY, bytes, from, to);
    }

    private static boolean only(byte wanted, byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if ((CLASSES[bytes[i] & 0xff] & wanted) == 0) {
                return false;
            }
        }
        return true;
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static boolean equal(byte[] bytes, int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] != text.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }

    /** @param text in lower case, tokens only */
    static boolean equalIgnoringCase(byte[] bytes, int from, int to, String text) {
        return to - from == text.length() && startsIgnoringCase(bytes, from, to, text);
    }

    /** @param text in lower case */
    static boolean startsIgnoringCase(byte[] bytes, int from, int to, byte[] text) {
        if (to - from < text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (lower(bytes[from + i]) != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** @param text in lower case */
    static boolean startsIgnoringCase(byte[] bytes, int from, int to, String text) {
        if (to - from < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (lower(bytes[from + i]) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static boolean equalIgnoringCase(byte[] bytes, int from, int to, int otherFrom, int otherTo) {
        if (to - from != otherTo - otherFrom) {
            return false;
        }
        for (int i = 0; i < to - from; i++) {
            if (lower(bytes[from + i]) != lower(bytes[otherFrom + i])) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }
}
