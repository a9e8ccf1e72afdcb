package dev.slipway.cloud.autoscaler;

/**
 * What was seen since the tick before.
 *
 * @param averageConcurrency time average of the requests that were worked on or waited
 * @param inFlight requests that are worked on now
 * @param queued requests that wait for an instance now
 * @param ready instances that take requests now
 */
public record Observed(double averageConcurrency, int inFlight, int queued, int ready) {}
