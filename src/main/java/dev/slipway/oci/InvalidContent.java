package dev.slipway.oci;

/** Bytes that are no image manifest, index or configuration we can use; the message says where and what was expected. */
public final class InvalidContent extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String message;

    InvalidContent(String message) {
        super(message);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
