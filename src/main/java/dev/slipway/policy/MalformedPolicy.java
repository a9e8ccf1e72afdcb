package dev.slipway.policy;

/** The text is no policy. The message says which element, what was expected and what came. */
public final class MalformedPolicy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final boolean json;

    public MalformedPolicy(String reason) {
        this(reason, true);
    }

    private MalformedPolicy(String reason, boolean json) {
        super(reason);
        this.reason = reason;
        this.json = json;
    }

    static MalformedPolicy noJson(String reason) {
        return new MalformedPolicy(reason, false);
    }

    /** False when the text is not even JSON. */
    public boolean isJson() {
        return json;
    }

    @Override
    public String getMessage() {
        return reason;
    }
}
