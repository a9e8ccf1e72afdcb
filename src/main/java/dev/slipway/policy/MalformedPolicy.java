package dev.slipway.policy;

/** The text is no policy. The message says which element, what was expected and what came. */
public final class MalformedPolicy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public MalformedPolicy(String reason) {
        super(reason);
        this.reason = reason;
    }

    @Override
    public String getMessage() {
        return reason;
    }
}
