/** Knows how to unpack an image and to start, limit, reach and stop an instance of it, its logs and its exit; must not know services, URLs or scaling. */
@NullMarked
package dev.slipway.cloud.runtime;

import org.jspecify.annotations.NullMarked;
