package dev.slipway.cloud.ecr;

import dev.slipway.policy.MalformedPolicy;
import dev.slipway.policy.PolicyDocument;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads policies for repositories and registries, and knows whether those they name are still who they were. */
final class PolicyPrincipals {
    private static final int MOST_BYTES = 10_240;
    private static final String MEMBER = "PolicyText";
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}|arn:aws:iam::[0-9]{12}:root");
    private static final Pattern ENTITY = Pattern.compile("arn:aws:iam::[0-9]{12}:(?:role|user)/.+");
    /** Sessions come and go, and a unique id is what a deleted principal leaves behind: neither is looked up. */
    private static final Pattern OTHER =
            Pattern.compile("arn:aws:sts::[0-9]{12}:(?:assumed-role|federated-user)/.+|A(?:ID|RO)A[A-Z0-9]+");

    private final PrincipalDirectory directory;

    PolicyPrincipals(PrincipalDirectory directory) {
        this.directory = directory;
    }

    /** @param principals the unique id that each user's or role's ARN had when the policy was set */
    record Policy(String text, Map<String, String> principals) {
        Policy {
            principals = Map.copyOf(principals);
        }

        PolicyDocument document() {
            return PolicyDocument.parse(text);
        }
    }

    /**
     * Reads a policy.
     *
     * @param kind {@code repository} or {@code registry}, for the message
     * @param prefix of the actions that it may name, for example {@code ecr:}
     * @throws dev.slipway.cloud.wire.AwsException InvalidParameterException
     */
    Policy read(String text, String kind, String prefix) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw Errors.invalidParameter(MEMBER, "must not be longer than " + MOST_BYTES + " characters");
        }
        try {
            PolicyDocument document = PolicyDocument.parse(text).requireResourcePolicy();
            document.statements().forEach(statement -> requireActions(statement.actions(), prefix));
            return new Policy(text, uniqueIds(document));
        } catch (MalformedPolicy e) {
            throw Errors.error(
                    "InvalidParameterException",
                    "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid " + kind
                            + " policy provided' (" + e.getMessage() + ")");
        }
    }

    private static void requireActions(@org.jspecify.annotations.Nullable List<String> actions, String prefix) {
        for (String action : actions == null ? List.<String>of() : actions) {
            if (!action.equals("*") && !action.toLowerCase(Locale.ROOT).startsWith(prefix)) {
                throw new MalformedPolicy("the action " + action + " does not begin with " + prefix);
            }
        }
    }

    private Map<String, String> uniqueIds(PolicyDocument document) {
        Map<String, String> ids = new LinkedHashMap<>();
        for (String principal : document.awsPrincipals()) {
            if (ACCOUNT.matcher(principal).matches() || OTHER.matcher(principal).matches()) {
                continue;
            }
            if (!ENTITY.matcher(principal).matches() || !directory.exists(principal)) {
                throw Errors.invalidParameter(MEMBER, "Principal not found");
            }
            directory.uniqueId(principal).ifPresent(id -> ids.put(principal, id));
        }
        return ids;
    }

    /**
     * The policy's text. A user or role that was deleted, or deleted and made again under its old name, is not who the policy was
     * given to: its unique id stands in its place, as AWS shows it, and grants nobody anything.
     */
    String current(Policy policy) {
        Map<String, String> gone = new LinkedHashMap<>();
        policy.principals().forEach((arn, id) -> {
            if (!directory.uniqueId(arn).equals(Optional.of(id))) {
                gone.put(arn, id);
            }
        });
        return gone.isEmpty()
                ? policy.text()
                : policy.document()
                        .withAwsPrincipals(name -> gone.getOrDefault(name, name))
                        .toJson();
    }
}
