/**
 * Knows how property values are written on Pulumi's wire, in requests of programs and of engines alike; must not know who speaks, or what is asked.
 */
@NullMarked
package dev.slipway.property.wire;

import org.jspecify.annotations.NullMarked;
