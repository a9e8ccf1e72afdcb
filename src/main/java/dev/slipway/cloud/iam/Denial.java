package dev.slipway.cloud.iam;

import dev.slipway.policy.Decision;

/** A refusal in the words that AWS uses, which say whose policy it was. */
final class Denial {
    private Denial() {}

    static String words(String who, String action, String resource, Decision decision) {
        return "User: " + who + " is not authorized to perform: " + action + " on resource: " + resource + " "
                + why(decision, action);
    }

    static String why(Decision decision, String action) {
        return switch (decision.reason()) {
            case ALLOWED -> throw new IllegalArgumentException("allowed: " + decision);
            case EXPLICIT_DENY ->
                "with an explicit deny in " + part(decision.deciding().get(0).part());
            case NO_IDENTITY -> "because no identity-based policy allows the " + action + " action";
            case NO_BOUNDARY -> "because no permissions boundary allows the " + action + " action";
            case NO_SESSION -> "because no session policy allows the " + action + " action";
            case NO_RESOURCE -> "because no resource-based policy allows the " + action + " action";
            case NO_TRUST -> "because no role trust policy allows the " + action + " action";
        };
    }

    private static String part(Decision.Part part) {
        return switch (part) {
            case IDENTITY -> "an identity-based policy";
            case BOUNDARY -> "a permissions boundary";
            case SESSION -> "a session policy";
            case RESOURCE -> "a resource-based policy";
            case TRUST -> "the role trust policy";
        };
    }
}
