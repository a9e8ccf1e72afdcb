package dev.slipway.protocol;

import dev.slipway.property.PropertyMap;

/**
 * A call of a function, which reads and changes nothing.
 *
 * @param token for example {@code slipway:index:getImage}
 * @param arguments may hold unknowns in a preview
 * @param preview whether the call belongs to a preview
 */
public record InvokeRequest(String token, PropertyMap arguments, boolean preview) {}
