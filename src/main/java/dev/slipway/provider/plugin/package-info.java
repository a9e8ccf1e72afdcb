/**
 * Knows how a resource provider is served to Pulumi's engine, as a plugin over gRPC; must not know engines of this house, AWS, or which resources there
 * are.
 */
@NullMarked
package dev.slipway.provider.plugin;

import org.jspecify.annotations.NullMarked;
