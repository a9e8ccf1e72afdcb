package dev.slipway.protocol;

/**
 * What an engine's configuration wants of automatic names.
 *
 * @param proposedName the name for this resource; empty when names are not automatic
 */
public record Autonaming(String proposedName, Mode mode) {
    public enum Mode {
        /** Make the name from the proposed one: fitting it to the service's rules is allowed. */
        PROPOSE,
        /** Take the proposed name as it is. */
        ENFORCE,
        /** Make no name: the program has to give one. */
        DISABLE
    }
}
