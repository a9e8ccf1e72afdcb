package dev.slipway.cloud.wire;

import dev.slipway.cloud.http.HttpExchange;
import java.util.Locale;

/** What the Content-Type of a request says of its body. */
final class MediaTypes {
    private static final String AWS_JSON = "application/x-amz-json-1.";

    private MediaTypes() {}

    /** The protocol in which a request is answered before its service is known. */
    static Protocol protocol(HttpExchange exchange) {
        if (type(exchange).startsWith(AWS_JSON + "0")) {
            return Protocol.JSON_1_0;
        }
        boolean json = isAwsJson(exchange) || exchange.header("x-amz-target").isPresent();
        return json ? Protocol.JSON_1_1 : Protocol.QUERY;
    }

    static boolean isAwsJson(HttpExchange exchange) {
        return type(exchange).startsWith(AWS_JSON);
    }

    static boolean isForm(HttpExchange exchange) {
        return type(exchange).startsWith("application/x-www-form-urlencoded");
    }

    private static String type(HttpExchange exchange) {
        return exchange.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    }
}
