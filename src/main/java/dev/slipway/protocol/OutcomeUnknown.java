package dev.slipway.protocol;

/**
 * Whether a provider call was carried out is not known: it was sent, and no answer came. The engine keeps the operation as pending, so
 * that the next run finds out. The message is for a person, as that of {@link ProviderException}.
 */
public final class OutcomeUnknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(String message, Throwable cause) {
        super(message, cause);
    }
}
