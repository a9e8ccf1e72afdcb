package dev.slipway.cloud.http.message;

import io.netty.buffer.ByteBuf;

/**
 * Reads one head after the other from a connection's bytes, however they are cut. Strict: lines end in CRLF, nothing is folded, and what
 * two readers could understand differently is refused. Answers alone may end their lines in LF, as small servers do; they are passed on
 * with CRLF.
 */
public final class HeadReader {
    /** The longest line of a request's method and target, in bytes. */
    public static final int MOST_LINE = 16 * 1024;
    /** The longest head, in bytes. */
    public static final int MOST_BYTES = 64 * 1024;
    /** The most header fields. */
    public static final int MOST_FIELDS = 100;

    private static final int STEP = 2048;
    private static final int MOST_EMPTY_LINES = 8;

    private final Kind kind;
    private final Head head = new Head();
    private int scanned;
    private int lineStart;
    private int emptyLines;
    private boolean started;

    /** What stands at the head's beginning. */
    public enum Kind {
        REQUEST,
        ANSWER,
        /** Fields alone. */
        TRAILERS
    }

    public HeadReader(Kind kind) {
        this.kind = kind;
        reset();
    }

    /** Makes ready for the next head; the last one is gone. */
    public void reset() {
        head.reset();
        scanned = 0;
        lineStart = 0;
        emptyLines = 0;
        started = kind == Kind.TRAILERS;
    }

    public Head head() {
        return head;
    }

    /** Whether some of a head has come. */
    public boolean isStarted() {
        return head.length > 0;
    }

    /**
     * Takes what belongs to the head from the buffer; true when it is complete.
     *
     * @throws Malformed when it is no head, or too long; the buffer is then anywhere
     */
    public boolean read(ByteBuf in) throws Malformed {
        while (in.isReadable()) {
            int before = head.length;
            int count = Math.min(in.readableBytes(), STEP);
            head.append(in, count);
            if (readLines()) {
                in.skipBytes(lineStart - before);
                head.length = lineStart;
                return true;
            }
            in.skipBytes(count);
        }
        return false;
    }

    private boolean readLines() throws Malformed {
        byte[] bytes = head.bytes;
        int end = head.length;
        for (int newline = Syntax.newline(bytes, scanned, end); newline < end; ) {
            int start = lineStart;
            lineStart = newline + 1;
            if (readLine(start, lineEnd(bytes, start, newline))) {
                return true;
            }
            newline = Syntax.newline(bytes, lineStart, end);
        }
        scanned = end;
        if (!started && head.length - lineStart > MOST_LINE) {
            throw new Malformed(414, "the request line is longer than " + MOST_LINE + " bytes");
        }
        if (head.length > MOST_BYTES) {
            throw new Malformed(431, "the header fields are longer than " + MOST_BYTES + " bytes");
        }
        return false;
    }

    private int lineEnd(byte[] bytes, int start, int newline) throws Malformed {
        if (newline > start && bytes[newline - 1] == '\r') {
            return newline - 1;
        }
        if (kind != Kind.ANSWER) {
            throw Malformed.request("a line does not end in CR LF");
        }
        return newline;
    }

    /** True after the last line. */
    private boolean readLine(int start, int end) throws Malformed {
        if (!started) {
            // An old client may send an empty line after a body (RFC 9112, 2.2).
            if (start < end) {
                started = true;
                if (end - start > MOST_LINE) {
                    throw new Malformed(414, "the request line is longer than " + MOST_LINE + " bytes");
                }
                StartLine.read(head, kind, start, end);
            } else if (++emptyLines > MOST_EMPTY_LINES) {
                throw Malformed.request("nothing but empty lines");
            }
            return false;
        }
        if (start == end) {
            if (kind != Kind.TRAILERS) {
                FieldRules.check(head, kind);
            }
            return true;
        }
        readField(start, end);
        return false;
    }

    private void readField(int start, int end) throws Malformed {
        byte[] bytes = head.bytes;
        int nameEnd = Syntax.tokenEnd(bytes, start, end);
        if (nameEnd == start || nameEnd == end || bytes[nameEnd] != ':') {
            throw Malformed.request("a header field has no valid name");
        }
        int valueStart = nameEnd + 1;
        int valueEnd = end;
        while (valueStart < valueEnd && Syntax.isBlank(bytes[valueStart])) {
            valueStart++;
        }
        while (valueEnd > valueStart && Syntax.isBlank(bytes[valueEnd - 1])) {
            valueEnd--;
        }
        if (!Syntax.isText(bytes, valueStart, valueEnd)) {
            throw Malformed.request("a header field has an invalid character");
        }
        if (head.fields() == MOST_FIELDS) {
            throw new Malformed(431, "more than " + MOST_FIELDS + " header fields");
        }
        FieldName name = FieldName.of(bytes, start, nameEnd);
        head.addField(name, start, nameEnd, valueStart, valueEnd);
        if (name != FieldName.OTHER && kind != Kind.TRAILERS && (name != FieldName.HOST || kind == Kind.REQUEST)) {
            FieldRules.read(head, name, valueStart, valueEnd);
        }
    }
}
