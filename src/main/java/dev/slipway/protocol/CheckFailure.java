package dev.slipway.protocol;

import dev.slipway.property.PropertyPath;

/** One thing that is wrong with an input: where, and why with what was expected. */
public record CheckFailure(PropertyPath path, String reason) {}
