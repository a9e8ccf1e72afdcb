package dev.slipway.cloud.wire;

import java.time.Instant;

/** One authenticated call: who, in which region (from the signature's scope), when, and the request id of the answer. */
public record Call(Caller caller, String region, Instant now, String requestId) {
    public String account() {
        return caller.account();
    }
}
