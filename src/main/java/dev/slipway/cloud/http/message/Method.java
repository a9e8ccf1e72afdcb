package dev.slipway.cloud.http.message;

/** The methods that a proxy treats in a way of their own; every other one is {@link #OTHER}. */
public enum Method {
    GET(true),
    HEAD(true),
    OPTIONS(true),
    PUT(true),
    DELETE(true),
    TRACE(true),
    CONNECT(false),
    POST(false),
    OTHER(false);

    private static final Method[] ALL = values();

    private final boolean idempotent;

    Method(boolean idempotent) {
        this.idempotent = idempotent;
    }

    /** Whether doing it twice is like doing it once (RFC 9110, 9.2.2). */
    public boolean isIdempotent() {
        return idempotent;
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
