package dev.slipway.protocol;

/** How one property differs, and whether that difference needs a new resource. */
public enum DiffKind {
    ADD,
    ADD_REPLACE,
    DELETE,
    DELETE_REPLACE,
    UPDATE,
    UPDATE_REPLACE;

    public boolean replaces() {
        return this == ADD_REPLACE || this == DELETE_REPLACE || this == UPDATE_REPLACE;
    }

    /** The same difference, but needing a new resource. */
    public DiffKind asReplace() {
        return switch (this) {
            case ADD, ADD_REPLACE -> ADD_REPLACE;
            case DELETE, DELETE_REPLACE -> DELETE_REPLACE;
            case UPDATE, UPDATE_REPLACE -> UPDATE_REPLACE;
        };
    }
}
