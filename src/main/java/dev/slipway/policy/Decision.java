package dev.slipway.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Yes or no, and why.
 *
 * @param reason why not, or {@link Reason#ALLOWED}
 * @param deciding the statements that decided; empty when the lack of one did
 * @param considered every statement of every policy that had a say, in order, with what became of it
 */
public record Decision(Reason reason, List<Judged> deciding, List<Judged> considered) {
    public Decision {
        deciding = List.copyOf(deciding);
        considered = List.copyOf(considered);
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

    /** Whether a statement speaks of a request; if not, the first of its elements that does not. */
    public enum Match {
        MATCHES,
        OTHER_PRINCIPAL,
        NO_RESOURCE,
        OTHER_ACTION,
        OTHER_RESOURCE,
        CONDITION
    }

    /**
     * A statement and what became of it.
     *
     * @param policy the name of the policy that holds it
     * @param index its place in the policy, from 0
     * @param line the line of the condition block that did not hold, operator and key; null for other matches
     */
    public record Judged(
            Part part,
            String policy,
            int index,
            Statement statement,
            Match match,
            @Nullable String line) {
        boolean is(Effect effect) {
            return match == Match.MATCHES && statement.effect() == effect;
        }
    }

    public boolean allowed() {
        return reason == Reason.ALLOWED;
    }
}
