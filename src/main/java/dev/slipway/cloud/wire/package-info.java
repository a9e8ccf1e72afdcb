/** Knows how AWS speaks: SigV4, JSON 1.0/1.1 and query codecs over the SDK's own classes, errors; must not know which services exist. */
@NullMarked
package dev.slipway.cloud.wire;

import org.jspecify.annotations.NullMarked;
