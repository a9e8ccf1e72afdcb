package dev.slipway.cloud.wire;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One authenticated call: who, in which region (from the signature's scope), when, and the request id of the answer.
 *
 * @param keys the condition keys that every request has, such as {@code aws:SourceIp} and {@code aws:RequestedRegion}
 */
public record Call(Caller caller, String region, Instant now, String requestId, Map<String, List<String>> keys) {
    public Call {
        keys = Map.copyOf(keys);
    }

    /** A call of which nothing else is known. */
    public Call(Caller caller, String region, Instant now, String requestId) {
        this(caller, region, now, requestId, Map.of());
    }

    /** The condition keys of a request that an AWS service sends as a role of the customer's: it, too, goes to a region, over TLS. */
    public static Map<String, List<String>> keysOfService(String region) {
        return Map.of("aws:RequestedRegion", List.of(region), "aws:SecureTransport", List.of("true"));
    }

    public String account() {
        return caller.account();
    }

    /** The same call, made in another region. */
    public Call in(String elsewhere) {
        Map<String, List<String>> moved = new HashMap<>(keys);
        moved.put("aws:RequestedRegion", List.of(elsewhere));
        return new Call(caller, elsewhere, now, requestId, moved);
    }
}
