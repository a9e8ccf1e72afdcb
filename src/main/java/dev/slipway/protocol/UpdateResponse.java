package dev.slipway.protocol;

import dev.slipway.property.PropertyMap;

public record UpdateResponse(PropertyMap outputs) {}
