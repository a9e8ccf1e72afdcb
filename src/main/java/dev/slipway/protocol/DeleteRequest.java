package dev.slipway.protocol;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import java.time.Duration;
import java.util.Optional;

public record DeleteRequest(String id, Urn urn, PropertyMap inputs, PropertyMap outputs, Optional<Duration> timeout) {}
