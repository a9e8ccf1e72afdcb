/** Knows hosts, target groups and targets, and how to stream requests to the least busy one within its limit; must not know who makes targets. */
@NullMarked
package dev.slipway.cloud.balancer;

import org.jspecify.annotations.NullMarked;
