package dev.slipway.cloud.registry;

import java.util.Optional;

/**
 * Who makes a request of the registry, as far as the request says.
 *
 * @param authorization the Authorization header
 * @param requestId the id that the answer carries
 * @param address where the request comes from
 */
public record Client(Optional<String> authorization, String requestId, String address, Optional<String> userAgent) {
    /** A request inside of this cloud, made by nobody. */
    public static final Client NOBODY = new Client(Optional.empty(), "", "127.0.0.1", Optional.empty());
}
