package dev.slipway.protocol;

import dev.slipway.property.PropertyMap;
import java.util.List;

/** What a function answers, or every reason why its arguments can't be used; in a preview, what is not known yet is left out. */
public record InvokeResponse(PropertyMap result, List<CheckFailure> failures) {
    public InvokeResponse {
        failures = List.copyOf(failures);
    }

    /** An answer without failures. */
    public static InvokeResponse of(PropertyMap result) {
        return new InvokeResponse(result, List.of());
    }
}
