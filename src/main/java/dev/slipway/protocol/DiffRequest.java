package dev.slipway.protocol;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.PropertyPath;
import dev.slipway.property.Urn;
import java.util.List;

/**
 * @param oldInputs the checked inputs of the last successful run
 * @param oldOutputs the outputs recorded then
 * @param newInputs the checked inputs of this run
 * @param ignoreChanges paths whose change must not count (already reset in {@code newInputs})
 */
public record DiffRequest(
        String id,
        Urn urn,
        PropertyMap oldInputs,
        PropertyMap oldOutputs,
        PropertyMap newInputs,
        List<PropertyPath> ignoreChanges) {
    public DiffRequest {
        ignoreChanges = List.copyOf(ignoreChanges);
    }
}
