package dev.slipway.cloud.wire;

import dev.slipway.cloud.http.HttpExchange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The condition keys that follow from a request alone. */
final class RequestKeys {
    /** Decisions are remembered with their keys, so nobody may make them large. */
    private static final int LONGEST_AGENT = 1000;

    private RequestKeys() {}

    static Map<String, List<String>> of(HttpExchange exchange, Caller caller, String region) {
        Map<String, List<String>> keys = new HashMap<>();
        keys.put("aws:RequestedRegion", List.of(region));
        keys.put("aws:SourceIp", List.of(exchange.remoteAddress().getAddress().getHostAddress()));
        // The loopback stands for AWS's TLS endpoints, so that policies that insist on them decide as they do there.
        keys.put("aws:SecureTransport", List.of("true"));
        keys.put("aws:ViaAWSService", List.of("false"));
        exchange.header("user-agent")
                .ifPresent(agent -> keys.put(
                        "aws:UserAgent", List.of(agent.substring(0, Math.min(agent.length(), LONGEST_AGENT)))));
        if (caller.expires().isPresent()) {
            keys.put("aws:MultiFactorAuthPresent", List.of("false"));
        }
        return keys;
    }
}
