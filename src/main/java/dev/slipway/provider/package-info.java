/**
 * Knows how a handler over records becomes a resource provider: record ↔ property codec, default check and difference, automatic names; must not know
 * engines, stacks or AWS.
 */
@NullMarked
package dev.slipway.provider;

import org.jspecify.annotations.NullMarked;
