package dev.slipway.cloud.wire;

/** A request body that does not fit its operation. The message names the member and what was expected. */
final class SerializationFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SerializationFault(String message) {
        super(message);
    }
}
