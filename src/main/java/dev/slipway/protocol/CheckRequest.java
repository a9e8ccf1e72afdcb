package dev.slipway.protocol;

import dev.slipway.property.PropertyMap;
import dev.slipway.property.Urn;
import java.util.Optional;

/**
 * @param olds the checked inputs of the last successful run, when there are any
 * @param news what the program says now; may hold unknowns in a preview
 * @param randomSeed 64 hexadecimal digits that are the same for one preview and its update, for names that end in random digits
 * @param autonaming how automatic names are made; empty for the provider's own way
 */
public record CheckRequest(
        Urn urn, Optional<PropertyMap> olds, PropertyMap news, String randomSeed, Optional<Autonaming> autonaming) {
    /** A request that leaves automatic names to the provider. */
    public CheckRequest(Urn urn, Optional<PropertyMap> olds, PropertyMap news, String randomSeed) {
        this(urn, olds, news, randomSeed, Optional.empty());
    }
}
