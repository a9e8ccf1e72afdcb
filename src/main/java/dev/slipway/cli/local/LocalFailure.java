package dev.slipway.cli.local;

/** The local cloud can't be started or stopped; the message says why and what to do. */
public final class LocalFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LocalFailure(String message) {
        super(message);
    }
}
