package dev.slipway.cloud.iam;

import dev.slipway.policy.Decision;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A refusal in the words that AWS uses, which say whose policy it was. */
final class Denial {
    private static final Pattern ENTITY =
            Pattern.compile("arn:aws:iam::[^:]*:(user|role|group|policy|instance-profile)/(?:.*/)?([^/]+)");
    private static final Pattern BY_ARN = Pattern.compile(
            "iam:(PassRole|CreateServiceLinkedRole|(Create|List)(User|Role|Group|Policy|Policie|InstanceProfile)s?)");

    private Denial() {}

    static String words(String who, String action, String resource, Decision decision) {
        return "User: " + who + " is not authorized to perform: " + action + " on resource: " + name(action, resource)
                + " " + why(decision, action);
    }

    /** IAM calls what is there by its kind and name, what is not yet there, and a list, by its ARN. */
    private static String name(String action, String resource) {
        Matcher entity = ENTITY.matcher(resource);
        if (BY_ARN.matcher(action).matches() || !action.startsWith("iam:") || !entity.matches()) {
            return resource;
        }
        String kind = entity.group(1);
        return kind.equals("policy") ? "policy " + resource : kind.replace('-', ' ') + " " + entity.group(2);
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
