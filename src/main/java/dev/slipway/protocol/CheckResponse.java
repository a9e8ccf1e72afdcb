package dev.slipway.protocol;

import dev.slipway.property.PropertyMap;
import java.util.List;

/** The inputs with defaults filled in, or every reason why they can't be used. */
public record CheckResponse(PropertyMap inputs, List<CheckFailure> failures) {
    public CheckResponse {
        failures = List.copyOf(failures);
    }
}
