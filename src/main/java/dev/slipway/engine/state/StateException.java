package dev.slipway.engine.state;

/** The recorded state can't be read, trusted, locked or written. The message is for a person and holds no secret. */
public final class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StateException(String message) {
        super(message);
    }

    public StateException(String message, Throwable cause) {
        super(message, cause);
    }
}
