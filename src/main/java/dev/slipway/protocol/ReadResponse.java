package dev.slipway.protocol;

import dev.slipway.property.PropertyMap;

/** What is there: id (empty when the resource is gone), the inputs that would make it so, and its outputs. */
public record ReadResponse(String id, PropertyMap inputs, PropertyMap outputs) {
    public static final ReadResponse GONE = new ReadResponse("", PropertyMap.EMPTY, PropertyMap.EMPTY);

    public boolean gone() {
        return id.isEmpty();
    }
}
