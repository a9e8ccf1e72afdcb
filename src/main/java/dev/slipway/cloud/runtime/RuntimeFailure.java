package dev.slipway.cloud.runtime;

/** An image could not be unpacked or an instance not be started; {@link #kind()} for programs, the message for people. */
public final class RuntimeFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public RuntimeFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public RuntimeFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public enum Kind {
        /** The image is for another architecture or operating system. */
        WRONG_PLATFORM,
        /** A digest does not match, a layer is not readable, or the image is larger than allowed. */
        BAD_IMAGE,
        /** The command is not in the image or can't be executed. */
        BAD_COMMAND,
        /** This machine can't do it. */
        UNSUPPORTED
    }
}
