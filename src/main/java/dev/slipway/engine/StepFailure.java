package dev.slipway.engine;

/** A step or its preparation failed, and the reason has been told. Carries no message to a person. */
final class StepFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailure(String what) {
        super(what, null, false, false);
    }
}
