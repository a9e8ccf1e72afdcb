package dev.slipway.engine.state;

/** A step that had begun when the process that ran it died: whether it took effect is not known. */
public record PendingOperation(ResourceState resource, Kind kind) {
    /** Pulumi's names, in lower case in the file. */
    public enum Kind {
        CREATING,
        UPDATING,
        DELETING,
        READING,
        IMPORTING
    }
}
