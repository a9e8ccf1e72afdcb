package dev.slipway.cloud.iam;

import dev.slipway.policy.MalformedPolicy;
import dev.slipway.policy.PolicyDocument;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Policy documents at the border: read, checked, measured, and encoded as IAM answers them. */
final class Documents {
    static final int MOST_TRUST = 2048;

    private final Directory directory;

    Documents(Directory directory) {
        this.directory = directory;
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code MalformedPolicyDocument} */
    static PolicyDocument identity(String text) {
        return read(text, PolicyDocument::requireIdentityPolicy);
    }

    /** @throws dev.slipway.cloud.wire.AwsException {@code MalformedPolicyDocument} */
    static PolicyDocument managed(String text) {
        return read(text, PolicyDocument::requireManagedPolicy);
    }

    /** Checks a trust policy and notes whom it names now, so that a namesake made later is not meant. */
    RoleRecord.Trust trust(String text) {
        PolicyDocument document = trustPolicy(text);
        if (size(text) > MOST_TRUST) {
            throw Faults.limit("Cannot exceed quota for ACLSizePerRole: " + MOST_TRUST);
        }
        for (String service : document.servicePrincipals()) {
            if (!service.matches("[a-z0-9.-]+\\.amazonaws\\.com")) {
                throw Faults.malformed("Invalid principal in policy: \"SERVICE\":\"" + service + "\"");
            }
        }
        Map<String, String> ids = new TreeMap<>();
        for (String principal : document.awsPrincipals()) {
            if (!directory.principalExists(principal)) {
                throw Faults.malformed("Invalid principal in policy: \"AWS\":\"" + principal + "\"");
            }
            directory.uniqueIdOf(principal).ifPresent(id -> ids.put(principal, id));
        }
        return new RoleRecord.Trust(text, ids);
    }

    /** The trust policy as it is judged: unique ids in place of ARNs. */
    static PolicyDocument judged(RoleRecord.Trust trust) {
        return judged(trust, PolicyDocument.parse(trust.document()));
    }

    static PolicyDocument judged(RoleRecord.Trust trust, PolicyDocument document) {
        return document.withAwsPrincipals(principal -> trust.ids().getOrDefault(principal, principal));
    }

    /** The trust policy as it is shown: as given, but whoever is gone is shown by the id that is left of him. */
    String shown(RoleRecord.Trust trust) {
        boolean allThere = trust.ids().entrySet().stream()
                .allMatch(named -> directory.uniqueIdOf(named.getKey()).equals(Optional.of(named.getValue())));
        if (allThere) {
            return encoded(trust.document());
        }
        return encoded(judged(trust)
                .withAwsPrincipals(id -> directory.arnOf(id).orElse(id))
                .toJson());
    }

    /** The length that AWS counts: without white space. */
    static int size(String text) {
        return (int) text.chars().filter(c -> !Character.isWhitespace(c)).count();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static PolicyDocument trustPolicy(String text) {
        requireNoSpace(text);
        try {
            return PolicyDocument.parse(text).requireTrustPolicy();
        } catch (MalformedPolicy wrong) {
            throw Faults.malformed(
                    wrong.isJson()
                            ? wrong.inWordsOfIam()
                            : "This policy contains invalid Json (" + wrong.getMessage() + ")");
        }
    }

    private static PolicyDocument read(String text, UnaryOperator<PolicyDocument> rule) {
        requireNoSpace(text);
        try {
            return rule.apply(PolicyDocument.parse(text));
        } catch (MalformedPolicy wrong) {
            throw Faults.malformed(wrong.inWordsOfIam());
        }
    }

    private static void requireNoSpace(String text) {
        if (text.startsWith(" ")) {
            throw Faults.malformed("JSON strings must not have leading spaces");
        }
    }
}
