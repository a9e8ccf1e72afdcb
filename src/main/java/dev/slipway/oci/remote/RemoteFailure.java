package dev.slipway.oci.remote;

import java.io.IOException;

/** A registry did not do what it was asked; {@link #kind()} for programs, the message for people. It never holds a password or a token. */
public final class RemoteFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    RemoteFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    RemoteFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public enum Kind {
        /** The registry wants credentials, or does not accept the ones it got. */
        UNAUTHORIZED,
        /** The credentials are good, but may not do this; the message holds the registry's own words. */
        DENIED,
        /** The repository, the tag, the digest or the blob is not there. */
        NOT_FOUND,
        /** There is an image, but none for linux/amd64. */
        WRONG_PLATFORM,
        /** No connection, no answer, too many requests or a server error. Trying later may help. */
        UNREACHABLE,
        /** What came is not what was asked for, or the registry refused what was sent. */
        BAD_CONTENT
    }
}
