package dev.slipway.protocol;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import java.time.Duration;
import java.util.Optional;

/** {@code inputs} and {@code outputs} are empty when a resource is read by its id alone (an import). */
public record ReadRequest(String id, Urn urn, PropertyMap inputs, PropertyMap outputs, Optional<Duration> timeout) {}
