package dev.slipway.protocol;

/**
 * A provider call failed and the resource is as it was before. The message is for a person: what was being done, to what, what came,
 * and what to do next; it holds no secret.
 */
public final class ProviderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProviderException(String message) {
        super(message);
    }

    public ProviderException(String message, Throwable cause) {
        super(message, cause);
    }
}
