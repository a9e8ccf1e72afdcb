package dev.slipway.engine;

/** What a run is for. Each of them can also be previewed. */
public enum Operation {
    /** Run the program and make what it declares true. */
    UPDATE,
    /** Read what is really there and record it; the program does not run. */
    REFRESH,
    /** Delete everything recorded; the program does not run. */
    DESTROY
}
