package dev.slipway.cloud.balancer;

/** What a group has answered since it was made, by the class of the status. */
public record Traffic(long requests, long success2xx, long redirects3xx, long client4xx, long server5xx) {}
