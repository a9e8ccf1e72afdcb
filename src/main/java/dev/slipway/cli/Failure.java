package dev.slipway.cli;

/** A command can't do what was asked; the message is all that a person sees, the exit code is 255 as Pulumi's. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
        super(message);
    }

    /** Another room's failure whose message is meant for a person. */
    static Failure of(RuntimeException told) {
        return new Failure(String.valueOf(told.getMessage()));
    }
}
