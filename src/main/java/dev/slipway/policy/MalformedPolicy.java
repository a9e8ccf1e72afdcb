package dev.slipway.policy;

/** The text is no policy. The message says which element, what was expected and what came. */
public final class MalformedPolicy extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final String SYNTAX = "Syntax errors in policy.";

    private final String reason;
    private final String words;
    private final boolean json;

    /** For a reason that needs no other words. */
    public MalformedPolicy(String reason) {
        this("", reason, true);
    }

    private MalformedPolicy(String words, String reason, boolean json) {
        super(reason);
        this.words = words;
        this.reason = reason;
        this.json = json;
    }

    static MalformedPolicy noJson(String reason) {
        return new MalformedPolicy(SYNTAX, reason, false);
    }

    /** What IAM calls by one sentence, whatever is wrong. */
    static MalformedPolicy syntax(String reason) {
        return new MalformedPolicy(SYNTAX, reason, true);
    }

    /** @param words the sentence that IAM has for it */
    static MalformedPolicy called(String words, String reason) {
        return new MalformedPolicy(words, reason, true);
    }

    /** False when the text is not even JSON. */
    public boolean isJson() {
        return json;
    }

    /** As IAM says it, and then where and why. */
    public String inWordsOfIam() {
        return words.isEmpty() ? reason : words + " (" + reason + ")";
    }

    @Override
    public String getMessage() {
        return reason;
    }
}
