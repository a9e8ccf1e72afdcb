package dev.slipway.protocol;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.Urn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

public record UpdateRequest(
        String id,
        Urn urn,
        PropertyMap oldInputs,
        PropertyMap oldOutputs,
        PropertyMap newInputs,
        List<PropertyPath> ignoreChanges,
        Optional<Duration> timeout,
        boolean preview) {
    public UpdateRequest {
        ignoreChanges = List.copyOf(ignoreChanges);
    }
}
