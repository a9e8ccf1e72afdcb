package dev.slipway.protocol;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import java.time.Duration;
import java.util.Optional;

/**
 * @param preview only say what the outputs would be, with unknown ones left out; touch nothing
 * @param timeout how long to wait for the resource to become ready; empty for the provider's own default
 */
public record CreateRequest(Urn urn, PropertyMap inputs, Optional<Duration> timeout, boolean preview) {}
