package dev.slipway.cloud.balancer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.slipway.cloud.http.message.FieldName;
import dev.slipway.cloud.http.message.Head;
import dev.slipway.cloud.http.message.HeadWriter;
import dev.slipway.cloud.http.message.Method;

/** An answer's head as the client gets it. */
final class AnswerHead {
    private static final byte[] VERSION = "HTTP/1.1 ".getBytes(US_ASCII);
    private static final byte[] DATE = "date: ".getBytes(US_ASCII);
    private static final byte[] CHUNKED = "transfer-encoding: chunked\r\n".getBytes(US_ASCII);
    private static final byte[] CLOSE = "connection: close\r\n".getBytes(US_ASCII);
    private static final byte[] KEEP_ALIVE = "connection: keep-alive\r\n".getBytes(US_ASCII);
    private static final int WITHOUT_LENGTH = FieldName.HOP_BY_HOP | FieldName.set(FieldName.CONTENT_LENGTH);

    private AnswerHead() {}

    /** Whether nothing follows the head, whatever it says (RFC 9112, 6.3). */
    static boolean hasNoBody(Head answer, Method method) {
        int status = answer.status();
        return method == Method.HEAD || status == 204 || status == 304 || status < 200;
    }

    /** Whether the body goes in chunks, which a client of HTTP/1.0 does not know. */
    static boolean isChunked(Head answer, Head request) {
        boolean lengthIsOpen = answer.contentLength() < 0 && !hasNoBody(answer, request.method());
        return lengthIsOpen && !request.isOld();
    }

    /** @param date what a forwarded answer without a date gets (RFC 9110, 6.6.1) */
    static void write(Head answer, Head request, boolean close, byte[] date, HeadWriter out) {
        out.add(VERSION).add(answer.status()).add(' ');
        answer.copyReason(out);
        out.line();
        answer.copyFields(answer.status() == 204 ? WITHOUT_LENGTH : FieldName.HOP_BY_HOP, out);
        if (answer.find(FieldName.DATE) < 0) {
            out.add(DATE).add(date).line();
        }
        boolean chunkedToHead = request.method() == Method.HEAD && answer.isChunked() && !request.isOld();
        if (chunkedToHead || isChunked(answer, request)) {
            out.add(CHUNKED);
        }
        if (close) {
            out.add(CLOSE);
        } else if (request.isOld()) {
            out.add(KEEP_ALIVE);
        }
        out.line();
    }

    /** A 1xx answer, which says nothing of the connection. */
    static void writeInterim(Head answer, HeadWriter out) {
        out.add(VERSION).add(answer.status()).add(' ');
        answer.copyReason(out);
        out.line();
        answer.copyFields(WITHOUT_LENGTH, out);
        out.line();
    }

    /** The head and the body of an answer of our own: one line of text. */
    static void writeOwn(OwnAnswer own, Head request, boolean close, byte[] date, byte[] local, HeadWriter out) {
        out.add(VERSION).add(own.status()).add(' ').add(own.reason()).line();
        out.add("content-type: text/plain\r\ncontent-length: ")
                .add(own.text().length())
                .line();
        out.add(DATE).add(date).line();
        if (own == OwnAnswer.MOVED) {
            out.add("location: https://");
            if (request.hasHost()) {
                request.copyHost(out);
            } else {
                out.add(local);
            }
            request.copyTarget(out);
            out.line();
        }
        if (close) {
            out.add(CLOSE);
        } else if (request.isOld()) {
            out.add(KEEP_ALIVE);
        }
        out.line();
        if (request.method() != Method.HEAD) {
            out.add(own.text());
        }
    }
}
