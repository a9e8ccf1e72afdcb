package dev.slipway.cloud.apprunner;

/** An image could not be pulled; the message is the reason, ready for a person: what was denied or missing, and where. */
public final class PullFailure extends Exception {
    private static final long serialVersionUID = 1L;

    public PullFailure(String message) {
        super(message);
    }

    public PullFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
