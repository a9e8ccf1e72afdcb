package dev.slipway.cloud.balancer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.slipway.cloud.http.message.FieldName;
import dev.slipway.cloud.http.message.Head;
import dev.slipway.cloud.http.message.HeadWriter;
import dev.slipway.cloud.http.message.Method;

/** A request's head as the application gets it. Of the forwarded fields App Runner sets these two; others are the client's. */
final class RequestHead {
    private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(US_ASCII);
    private static final byte[] HOST = "host: ".getBytes(US_ASCII);
    private static final byte[] FOR = "x-forwarded-for: ".getBytes(US_ASCII);
    private static final byte[] PROTO = "\r\nx-forwarded-proto: ".getBytes(US_ASCII);
    private static final byte[] CHUNKED = "\r\ntransfer-encoding: chunked".getBytes(US_ASCII);
    private static final byte[] CLOSE = "\r\nconnection: close".getBytes(US_ASCII);
    private static final byte[] MAX_FORWARDS = "max-forwards: ".getBytes(US_ASCII);
    private static final byte[] END = "\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] COMMA = ", ".getBytes(US_ASCII);
    private static final int REPLACED = FieldName.HOP_BY_HOP
            | FieldName.set(
                    FieldName.HOST, FieldName.X_FORWARDED_FOR, FieldName.X_FORWARDED_PROTO, FieldName.MAX_FORWARDS);

    private RequestHead() {}

    /** @param local what a client of HTTP/1.0 asked that names no host */
    static void write(Head head, byte[] clientAddress, byte[] scheme, byte[] local, HeadWriter out) {
        head.copyMethod(out);
        out.add(' ');
        head.copyTarget(out);
        out.add(VERSION).add(HOST);
        if (head.hasHost()) {
            head.copyHost(out);
        } else if (head.isOld()) {
            out.add(local);
        }
        out.line();
        head.copyFields(head.isOld() ? REPLACED | FieldName.set(FieldName.EXPECT) : REPLACED, out);
        maxForwards(head, out);
        out.add(FOR);
        for (int i = 0; i < head.fields(); i++) {
            if (head.fieldName(i) == FieldName.X_FORWARDED_FOR) {
                head.copyValue(i, out);
                out.add(COMMA);
            }
        }
        out.add(clientAddress).add(PROTO).add(scheme);
        if (head.isChunked()) {
            out.add(CHUNKED);
        }
        if (hasOddContent(head)) {
            out.add(CLOSE);
        }
        out.add(END);
    }

    /**
     * Whether a body follows that many applications do not look for. What they leave unread they would take for the next request, so there
     * must be none on that connection.
     */
    static boolean hasOddContent(Head head) {
        return head.hasContent() && !head.method().isWithContent();
    }

    /** Counts the intermediaries between a client and whoever answers its OPTIONS (RFC 9110, 7.6.2). */
    private static void maxForwards(Head head, HeadWriter out) {
        int field = head.find(FieldName.MAX_FORWARDS);
        if (field >= 0) {
            long left = left(head);
            out.add(MAX_FORWARDS);
            if (left > 0) {
                out.add(left - 1);
            } else {
                head.copyValue(field, out);
            }
            out.line();
        }
    }

    /** How often an OPTIONS may still be passed on; -1 when it does not say, or not in a number. */
    static long left(Head head) {
        int field = head.method() == Method.OPTIONS ? head.find(FieldName.MAX_FORWARDS) : -1;
        if (field < 0) {
            return -1;
        }
        String value = head.fieldValue(field);
        return value.matches("[0-9]{1,9}") ? Long.parseLong(value) : -1;
    }
}
