/** Knows how the parts of the local cloud are put together, started and stopped; must not know engines, providers or programs. */
@NullMarked
package dev.slipway.cloud;

import org.jspecify.annotations.NullMarked;
