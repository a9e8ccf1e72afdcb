package dev.slipway.engine;

/** What a step does to one resource. The texts are Pulumi's. */
public enum Op {
    SAME("same"),
    CREATE("create"),
    UPDATE("update"),
    DELETE("delete"),
    /** A new one takes the place of an old one: the sum of {@link #CREATE_REPLACEMENT} and {@link #DELETE_REPLACED}. */
    REPLACE("replace"),
    CREATE_REPLACEMENT("create-replacement"),
    DELETE_REPLACED("delete-replaced"),
    READ("read"),
    READ_REPLACEMENT("read-replacement"),
    /** Forgets one that was only read. */
    READ_DISCARD("discard"),
    DISCARD_REPLACED("discard-replaced"),
    REFRESH("refresh"),
    IMPORT("import"),
    /** Takes over one that exists in the place of a recorded one. */
    IMPORT_REPLACEMENT("import-replacement"),
    /** Forgets one that was deleted for a replacement that is no longer wanted. */
    REMOVE_PENDING_REPLACE("remove-pending-replace");

    private final String text;

    Op(String text) {
        this.text = text;
    }

    /** Whether it makes, changes or removes something. */
    boolean changes() {
        return this != SAME && this != READ && this != REFRESH;
    }

    /** Pulumi's name of it, as in {@code --json} output. */
    public String text() {
        return text;
    }
}
