package dev.slipway.cloud.http.message;

/** The methods that a proxy treats in a way of their own; every other one is {@link #OTHER}. */
public enum Method {
    GET(true, false),
    HEAD(true, false),
    OPTIONS(true, false),
    PUT(true, true),
    DELETE(true, false),
    TRACE(true, false),
    CONNECT(false, false),
    POST(false, true),
    OTHER(false, true);

    private static final Method[] ALL = values();

    private final boolean idempotent;
    private final boolean withContent;

    Method(boolean idempotent, boolean withContent) {
        this.idempotent = idempotent;
        this.withContent = withContent;
    }

    /** Whether doing it twice is like doing it once (RFC 9110, 9.2.2). */
    public boolean isIdempotent() {
        return idempotent;
    }

    /** Whether a body means anything to it (RFC 9110, 9.3), so that a server surely reads it. */
    public boolean isWithContent() {
        return withContent;
    }

    static Method of(byte[] bytes, int from, int to) {
        for (Method each : ALL) {
            if (each != OTHER && Syntax.equal(bytes, from, to, each.name())) {
                return each;
            }
        }
        return OTHER;
    }
}
