package dev.slipway.policy;

import java.util.List;

/**
 * Yes or no, and why.
 *
 * @param reason why not, or {@link Reason#ALLOWED}
 * @param deciding the statements that decided; empty when the lack of one did
 */
public record Decision(Reason reason, List<Deciding> deciding) {
    public Decision {
        deciding = List.copyOf(deciding);
    }

    /** Why a request is refused; the kind of policy that lacks an allow. */
    public enum Reason {
        ALLOWED,
        EXPLICIT_DENY,
        NO_IDENTITY,
        NO_BOUNDARY,
        NO_SESSION,
        NO_RESOURCE,
        NO_TRUST
    }

    /** The part that a policy plays. */
    public enum Part {
        IDENTITY,
        BOUNDARY,
        SESSION,
        RESOURCE,
        TRUST
    }

    /** A statement and the policy that holds it. */
    public record Deciding(Part part, String policy, Statement statement) {}

    public boolean allowed() {
        return reason == Reason.ALLOWED;
    }
}
