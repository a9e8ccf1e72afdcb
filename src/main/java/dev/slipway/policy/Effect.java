package dev.slipway.policy;

/** What a statement does with the requests that it matches. */
public enum Effect {
    ALLOW("Allow"),
    DENY("Deny");

    private final String word;

    Effect(String word) {
        this.word = word;
    }

    /** The word in a document. */
    public String word() {
        return word;
    }
}
