package dev.slipway.cloud.http.message;

/** What the fields say that frame a message and its connection; refuses those by which two readers could find different ends. */
final class FieldRules {
    private static final int MOST_DIGITS = 18;

    private FieldRules() {}

    static void read(Head head, FieldName name, int start, int end) throws Malformed {
        switch (name) {
            case CONTENT_LENGTH -> {
                if (head.contentLength >= 0) {
                    throw Malformed.request("more than one Content-Length");
                }
                head.contentLength = length(head.bytes, start, end);
            }
            case TRANSFER_ENCODING -> {
                if (head.chunked) {
                    throw Malformed.request("more than one Transfer-Encoding");
                }
                transferEncoding(head.bytes, start, end);
                head.chunked = true;
            }
            case CONNECTION -> connection(head, start, end);
            case HOST -> {
                if (head.host >= 0) {
                    throw Malformed.request("more than one Host");
                }
                if (!Syntax.isAuthority(head.bytes, start, end)) {
                    throw Malformed.request("Host is not valid");
                }
                head.host = head.fields() - 1;
            }
            default -> {
                // Read by whoever needs it.
            }
        }
    }

    /** After the last field. */
    static void check(Head head, HeadReader.Kind kind) throws Malformed {
        if (head.chunked && head.contentLength >= 0) {
            throw Malformed.request("both Content-Length and Transfer-Encoding");
        }
        if (head.chunked && head.old) {
            throw Malformed.request("Transfer-Encoding in HTTP/1.0");
        }
        if (kind == HeadReader.Kind.REQUEST && head.host < 0 && !head.old) {
            throw Malformed.request("no Host");
        }
    }

    private static long length(byte[] bytes, int start, int end) throws Malformed {
        long length = 0;
        for (int i = start; i < end; i++) {
            if (!Syntax.isDigit(bytes[i])) {
                throw Malformed.request("Content-Length is not a number");
            }
            length = 10 * length + bytes[i] - '0';
        }
        if (start == end || end - start > MOST_DIGITS) {
            throw Malformed.request("Content-Length is not a number");
        }
        return length;
    }

    private static void transferEncoding(byte[] bytes, int start, int end) throws Malformed {
        if (Syntax.equalIgnoringCase(bytes, start, end, "chunked")) {
            return;
        }
        int last = end;
        while (last > start && Syntax.isToken(bytes, last - 1, last)) {
            last--;
        }
        boolean others = last > start && Syntax.equalIgnoringCase(bytes, last, end, "chunked");
        throw new Malformed(others ? 501 : 400, "the only Transfer-Encoding that is understood is chunked");
    }

    private static void connection(Head head, int start, int end) {
        byte[] bytes = head.bytes;
        for (int at = start; at < end; ) {
            int tokenEnd = Syntax.tokenEnd(bytes, at, end);
            if (Syntax.equalIgnoringCase(bytes, at, tokenEnd, "close")) {
                head.close = true;
            } else if (Syntax.equalIgnoringCase(bytes, at, tokenEnd, "keep-alive")) {
                head.keepAlive = true;
            } else if (Syntax.equalIgnoringCase(bytes, at, tokenEnd, "upgrade")) {
                head.upgrade = true;
            } else if (tokenEnd > at) {
                head.connectionNames = true;
            }
            at = Math.max(tokenEnd, at + 1);
        }
    }
}
