package dev.slipway.cloud.balancer;

import dev.slipway.cloud.http.message.FieldName;
import dev.slipway.cloud.http.message.Head;
import dev.slipway.cloud.http.message.Method;
import org.jspecify.annotations.Nullable;

/** What the balancer says itself: in the statuses and, where users know them, the words of App Runner's edge, which is Envoy. */
enum OwnAnswer {
    MOVED(301, "Moved Permanently", "this service speaks HTTPS"),
    BAD_REQUEST(400, "Bad Request", "bad request"),
    FORBIDDEN(403, "Forbidden", "App Runner does not support WebSocket or other upgrades; use plain HTTP/1.1"),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed", "this method is not supported"),
    OPTIONS_END(200, "OK", "Max-Forwards is 0"),
    REQUEST_TIMEOUT(408, "Request Timeout", "the request did not come in time"),
    URI_TOO_LONG(414, "URI Too Long", "the request line is too long"),
    EXPECTATION_FAILED(417, "Expectation Failed", "the only expectation that can be met is 100-continue"),
    MISDIRECTED(421, "Misdirected Request", "this server has not the name that Host says"),
    BUSY(429, "Too Many Requests", "all instances of this service are busy"),
    FIELDS_TOO_LARGE(431, "Request Header Fields Too Large", "the header fields are too large"),
    NOT_IMPLEMENTED(501, "Not Implemented", "the only Transfer-Encoding that is understood is chunked"),
    PROTOCOL_ERROR(
            502,
            "Bad Gateway",
            "upstream connect error or disconnect/reset before headers. reset reason: protocol error"),
    NO_TARGET(503, "Service Unavailable", "no healthy upstream"),
    CONNECTION_FAILURE(
            503,
            "Service Unavailable",
            "upstream connect error or disconnect/reset before headers. reset reason: connection failure"),
    CONNECTION_TERMINATION(
            503,
            "Service Unavailable",
            "upstream connect error or disconnect/reset before headers. reset reason: connection termination"),
    TIMEOUT(504, "Gateway Timeout", "upstream request timeout"),
    VERSION(505, "HTTP Version Not Supported", "only HTTP/1.1 and HTTP/1.0 are spoken here");

    private final int status;
    private final String reason;
    private final String text;

    OwnAnswer(int status, String reason, String text) {
        this.status = status;
        this.reason = reason;
        this.text = text + "\n";
    }

    /** What a malformed request gets. */
    static OwnAnswer ofMalformed(int status) {
        for (OwnAnswer each : values()) {
            if (each.status == status) {
                return each;
            }
        }
        return BAD_REQUEST;
    }

    /** What a request gets that is for no target; null when it is for one. */
    static @Nullable OwnAnswer ofRequest(Head head) {
        if (head.method() == Method.CONNECT || head.method() == Method.TRACE) {
            return METHOD_NOT_ALLOWED;
        }
        boolean upgrade = head.asksForUpgrade() && head.find(FieldName.UPGRADE) >= 0;
        // HTTP/2 over clear text is offered by many clients with every request; it need not be taken up.
        if (upgrade && !head.says(FieldName.UPGRADE, "h2c")) {
            return FORBIDDEN;
        }
        if (head.find(FieldName.EXPECT) >= 0 && !head.says(FieldName.EXPECT, "100-continue")) {
            return EXPECTATION_FAILED;
        }
        return RequestHead.left(head) == 0 ? OPTIONS_END : null;
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    /** One line. */
    String text() {
        return text;
    }
}
