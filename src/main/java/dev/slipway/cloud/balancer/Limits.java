package dev.slipway.cloud.balancer;

import java.time.Duration;

/**
 * How long clients may take.
 *
 * @param request a whole request, from the end of its head to the last byte of its answer
 * @param head the head of a request, from its first byte on
 * @param idle between two requests of a connection
 * @param linger to go on sending, or to end its side, when its answer is out and the connection is to end
 */
record Limits(Duration request, Duration head, Duration idle, Duration linger) {
    static Limits of(Duration request) {
        return new Limits(request, Duration.ofSeconds(30), Duration.ofSeconds(120), Duration.ofSeconds(5));
    }
}
