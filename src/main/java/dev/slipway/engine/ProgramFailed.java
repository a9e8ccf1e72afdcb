package dev.slipway.engine;

/** The program ended in a failure of its own. The message is the reason, for a person; no stack trace is shown unless asked for. */
public final class ProgramFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public ProgramFailed(String message) {
        super(message);
    }

    public ProgramFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
