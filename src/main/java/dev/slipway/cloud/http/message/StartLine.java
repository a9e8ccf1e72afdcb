package dev.slipway.cloud.http.message;

/** The first line of a request or an answer (RFC 9112, 3 and 4). */
final class StartLine {
    private static final int VERSION = "HTTP/1.1".length();

    private StartLine() {}

    static void read(Head head, HeadReader.Kind kind, int start, int end) throws Malformed {
        if (kind == HeadReader.Kind.REQUEST) {
            request(head, start, end);
        } else {
            answer(head, start, end);
        }
    }

    private static void request(Head head, int start, int end) throws Malformed {
        byte[] bytes = head.bytes;
        int methodEnd = Syntax.tokenEnd(bytes, start, end);
        int targetEnd = end - VERSION - 1;
        if (methodEnd == start || targetEnd <= methodEnd + 1 || bytes[methodEnd] != ' ' || bytes[targetEnd] != ' ') {
            throw Malformed.request("the request line is not valid");
        }
        head.methodStart = start;
        head.methodEnd = methodEnd;
        head.method = Method.of(bytes, start, methodEnd);
        head.targetStart = methodEnd + 1;
        head.targetEnd = targetEnd;
        head.old = isOld(bytes, targetEnd + 1, 505);
        target(head);
    }

    private static boolean isOld(byte[] bytes, int at, int unknown) throws Malformed {
        boolean http = Syntax.equal(bytes, at, at + 5, "HTTP/")
                && Syntax.isDigit(bytes[at + 5])
                && bytes[at + 6] == '.'
                && Syntax.isDigit(bytes[at + 7]);
        if (!http) {
            throw Malformed.request("the request line names no version of HTTP");
        }
        if (bytes[at + 5] != '1') {
            throw new Malformed(unknown, "only HTTP/1.1 and HTTP/1.0 are spoken here");
        }
        return bytes[at + 7] == '0';
    }

    private static void target(Head head) throws Malformed {
        byte[] bytes = head.bytes;
        int start = head.targetStart;
        int end = head.targetEnd;
        if (!Syntax.isTarget(bytes, start, end)) {
            throw Malformed.request("the target has an invalid character");
        }
        if (bytes[start] == '/' || head.method == Method.CONNECT) {
            return;
        }
        if (bytes[start] == '*' && end == start + 1 && head.method == Method.OPTIONS) {
            return;
        }
        int authority = Syntax.startsIgnoringCase(bytes, start, end, "http://")
                ? start + 7
                : Syntax.startsIgnoringCase(bytes, start, end, "https://") ? start + 8 : -1;
        int authorityEnd = authority;
        while (authority >= 0 && authorityEnd < end && bytes[authorityEnd] != '/' && bytes[authorityEnd] != '?') {
            authorityEnd++;
        }
        // Neither an empty host nor a user's name and password (RFC 9110, 4.2.1 and 4.2.4).
        if (authority < 0 || authority == authorityEnd || !Syntax.isAuthority(bytes, authority, authorityEnd)) {
            throw Malformed.request("the target is not valid");
        }
        head.authorityEnd = authorityEnd;
    }

    private static void answer(Head head, int start, int end) throws Malformed {
        byte[] bytes = head.bytes;
        int status = start + VERSION + 1;
        boolean valid = end >= status + 3
                && bytes[status - 1] == ' '
                && Syntax.isDigit(bytes[status])
                && bytes[status] != '0'
                && Syntax.isDigit(bytes[status + 1])
                && Syntax.isDigit(bytes[status + 2])
                // The space before a reason that is empty is often forgotten.
                && (end == status + 3 || bytes[status + 3] == ' ')
                && Syntax.isText(bytes, status, end);
        if (!valid) {
            throw Malformed.request("the status line is not valid");
        }
        head.old = isOld(bytes, start, 400);
        head.status = 100 * (bytes[status] - '0') + 10 * (bytes[status + 1] - '0') + bytes[status + 2] - '0';
        head.reasonStart = Math.min(status + 4, end);
        head.reasonEnd = end;
    }
}
