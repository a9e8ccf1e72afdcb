package dev.slipway.oci;

/** A text that names no image App Runner can run; the message says why and what to do. */
public final class InvalidImageReference extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String message;

    InvalidImageReference(String message) {
        super(message);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
