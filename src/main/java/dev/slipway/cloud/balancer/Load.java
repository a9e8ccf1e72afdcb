package dev.slipway.cloud.balancer;

/**
 * How busy a group was and is.
 *
 * @param average time average of the requests in the group, worked on or waiting, since the load was asked for before
 * @param inFlight requests that targets work on now
 * @param queued requests that wait for a target now
 */
public record Load(double average, int inFlight, int queued) {}
