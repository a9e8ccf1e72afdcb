package dev.slipway.protocol;

import dev.slipway.property.PropertyMap;

/** The provider's id (never empty, except in a preview) and all outputs. */
public record CreateResponse(String id, PropertyMap outputs) {}
