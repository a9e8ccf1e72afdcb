/** Knows how many instances a load needs, as a pure decision; must not know threads, clocks, requests or services. */
@NullMarked
package dev.slipway.cloud.autoscaler;

import org.jspecify.annotations.NullMarked;
