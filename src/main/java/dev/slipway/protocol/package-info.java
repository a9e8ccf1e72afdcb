/**
 * Knows the conversation between an engine and a provider: interfaces and records, after Pulumi's provider protocol; must not
 * know any implementation of either side.
 */
@NullMarked
package dev.slipway.protocol;

import org.jspecify.annotations.NullMarked;
