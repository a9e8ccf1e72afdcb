package dev.slipway.cloud.balancer;

import dev.slipway.cloud.http.Dialer;

/**
 * One place that answers requests.
 *
 * @param id unique in its group
 * @param limit most requests at a time, at least 1
 * @param listener told of its requests
 */
public record Target(String id, Dialer dialer, int limit, RequestListener listener) {
    public Target {
        if (limit < 1) {
            throw new IllegalArgumentException("a target takes at least 1 request at a time, not " + limit);
        }
    }

    public Target(String id, Dialer dialer, int limit) {
        this(id, dialer, limit, RequestListener.NONE);
    }
}
