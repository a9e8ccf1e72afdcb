package dev.slipway.policy;

import java.util.function.UnaryOperator;

/** A policy: what {@link #parse} accepted. Immutable. */
public final class PolicyDocument {
    private PolicyDocument() {}

    /** @throws MalformedPolicy when the text is no policy, with the element that is wrong */
    public static PolicyDocument parse(String json) {
        throw new UnsupportedOperationException("policy parser: " + json.length());
    }

    /** The document as JSON text, with every element in one fixed form. */
    public String toJson() {
        throw new UnsupportedOperationException("policy writer");
    }

    /** Text that is equal for documents that mean the same: one value or a list, the order of lists and statements, the case of actions. */
    public String canonical() {
        throw new UnsupportedOperationException("policy canonical form");
    }

    /** The same policy with each AWS principal (not services, not {@code *}) replaced. */
    public PolicyDocument withAwsPrincipals(UnaryOperator<String> change) {
        throw new UnsupportedOperationException("policy principals");
    }
}
