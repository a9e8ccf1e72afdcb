/** Knows how provider plugins of others are found, started and asked over gRPC; must not know how steps are decided, nor any package. */
@NullMarked
package dev.slipway.engine.plugin;

import org.jspecify.annotations.NullMarked;
