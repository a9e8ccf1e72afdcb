package dev.slipway.cloud.sts;

import dev.slipway.cloud.iam.AssumableRole;
import dev.slipway.cloud.iam.Constraints;
import dev.slipway.cloud.iam.Iam;
import dev.slipway.cloud.wire.Call;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.policy.MalformedPolicy;
import dev.slipway.policy.PolicyDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/** Becoming a role: the limits of the request, the leave of the policies, then the keys. */
final class AssumeRole {
    private static final int DEFAULT_SECONDS = 3600;
    private static final int LONGEST_IN_CHAIN = 3600;
    private static final int MOST_TAGS = 50;
    private static final int MOST_POLICIES = 10;
    private static final int MOST_POLICY_TEXT = 2048;

    private final Iam iam;
    private final Sessions sessions;

    AssumeRole(Iam iam, Sessions sessions) {
        this.iam = iam;
        this.sessions = sessions;
    }

    AssumeRoleResponse handle(Call call, AssumeRoleRequest in) {
        requireShape(in);
        Caller caller = call.caller();
        if (caller.isRoot()) {
            throw StsFaults.denied(
                    "Roles may not be assumed by root accounts. The access key id " + caller.accessKeyId()
                            + " is the root of its account; create a user with an access key, or use a role session.");
        }
        boolean chained = isSession(caller);
        Map<String, String> inherited = chained ? transitive(caller) : Map.of();
        Map<String, String> tags = tags(in.tags(), inherited);
        authorize(caller, in, tags);
        AssumableRole role = iam.assumableRole(in.roleArn()).orElseThrow();
        Duration length = length(in, role, chained);
        Optional<String> policy = sessionPolicy(role, in);

        Caller session = new Caller(
                role.account(),
                role.sessionArn(in.roleSessionName()),
                role.sessionId(in.roleSessionName()),
                caller.accessKeyId(),
                policy,
                Optional.empty(),
                tags);
        List<String> passedOn = new ArrayList<>(inherited.keySet());
        passedOn.addAll(in.transitiveTagKeys());
        return answer(role, in, sessions.begin(session, length, passedOn));
    }

    private static AssumeRoleResponse answer(AssumableRole role, AssumeRoleRequest in, SessionRecord session) {
        return AssumeRoleResponse.builder()
                .credentials(keys(session))
                .assumedRoleUser(AssumedRoleUser.builder()
                        .assumedRoleId(role.sessionId(in.roleSessionName()))
                        .arn(role.sessionArn(in.roleSessionName()))
                        .build())
                .build();
    }

    static Credentials keys(SessionRecord session) {
        return Credentials.builder()
                .accessKeyId(session.accessKeyId())
                .secretAccessKey(session.secret())
                .sessionToken(session.token())
                .expiration(Instant.ofEpochSecond(session.expires()))
                .build();
    }

    private void authorize(Caller caller, AssumeRoleRequest in, Map<String, String> tags) {
        Map<String, List<String>> keys = new HashMap<>();
        keys.put("sts:RoleSessionName", List.of(in.roleSessionName()));
        if (in.externalId() != null) {
            keys.put("sts:ExternalId", List.of(in.externalId()));
        }
        if (!in.tags().isEmpty()) {
            tags.forEach((key, value) -> keys.put("aws:RequestTag/" + key, List.of(value)));
            keys.put("aws:TagKeys", List.copyOf(tags.keySet()));
        }
        if (!in.transitiveTagKeys().isEmpty()) {
            keys.put("sts:TransitiveTagKeys", in.transitiveTagKeys());
        }
        iam.authorizeAssume(caller, "sts:AssumeRole", in.roleArn(), keys);
        if (!in.tags().isEmpty()) {
            iam.authorizeAssume(caller, "sts:TagSession", in.roleArn(), keys);
        }
    }

    private static void requireShape(AssumeRoleRequest in) {
        new Constraints()
                .text("roleArn", in.roleArn(), 20, 2048, ".*")
                .text("roleSessionName", in.roleSessionName(), 2, 64, "[\\w+=,.@-]*")
                .text("externalId", in.externalId(), 2, 1224, "[\\w+=,.@:\\/-]*")
                .range("durationSeconds", in.durationSeconds(), 900, 43_200)
                .check();
        if (in.serialNumber() != null || in.tokenCode() != null) {
            throw StsFaults.denied("MultiFactorAuthentication failed: the local cloud has no MFA devices.");
        }
        if (in.sourceIdentity() != null) {
            throw StsFaults.validation("SourceIdentity is not supported by the local cloud; leave it out.");
        }
        if (!in.roleArn().matches("arn:aws:iam::\\d{12}:role/.+")) {
            throw StsFaults.validation(in.roleArn() + " is invalid: expected arn:aws:iam::ACCOUNT:role/NAME");
        }
    }

    private static Duration length(AssumeRoleRequest in, AssumableRole role, boolean chained) {
        int seconds = in.durationSeconds() == null ? DEFAULT_SECONDS : in.durationSeconds();
        if (chained && seconds > LONGEST_IN_CHAIN) {
            throw StsFaults.validation(
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");
        }
        if (seconds > role.maxSession()) {
            throw StsFaults.validation(
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        return Duration.ofSeconds(seconds);
    }

    private Optional<String> sessionPolicy(AssumableRole role, AssumeRoleRequest in) {
        List<PolicyDocument> documents = new ArrayList<>();
        if (in.policyArns().size() > MOST_POLICIES) {
            throw StsFaults.validation("At most " + MOST_POLICIES + " session policies can be given by ARN.");
        }
        in.policyArns()
                .forEach(given -> documents.add(PolicyDocument.parse(iam.managedPolicy(role.account(), given.arn())
                        .orElseThrow(() -> StsFaults.malformed(
                                "Policy " + given.arn() + " does not exist in account " + role.account() + ".")))));
        if (in.policy() != null) {
            if (in.policy().length() > MOST_POLICY_TEXT) {
                throw StsFaults.validation("The session policy has "
                        + in.policy().length() + " characters; at most " + MOST_POLICY_TEXT + " are allowed.");
            }
            try {
                documents.add(PolicyDocument.parse(in.policy()).requireIdentityPolicy());
            } catch (MalformedPolicy wrong) {
                throw StsFaults.malformed(wrong.getMessage());
            }
        }
        return documents.isEmpty()
                ? Optional.empty()
                : Optional.of(PolicyDocument.union(documents).toJson());
    }

    private Map<String, String> transitive(Caller caller) {
        Map<String, String> inherited = new TreeMap<>(caller.tags());
        List<String> keys = sessions.find(caller.accessKeyId())
                .map(SessionRecord::transitiveKeys)
                .orElse(List.of());
        inherited.keySet().retainAll(keys);
        return inherited;
    }

    /** Inherited tags cannot be given another value. */
    private static Map<String, String> tags(List<Tag> given, Map<String, String> inherited) {
        Map<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        tags.putAll(inherited);
        for (Tag tag : given) {
            if (tag.key().toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw StsFaults.invalidParameter("Tag keys starting with 'aws:' are reserved for system use.");
            }
            if (tags.put(tag.key(), tag.value()) != null) {
                throw StsFaults.invalidParameter(
                        "One of the specified transitive tag keys can't be set, or a tag key is there twice: "
                                + tag.key());
            }
        }
        if (tags.size() > MOST_TAGS) {
            throw StsFaults.invalidParameter("At most " + MOST_TAGS + " session tags are allowed.");
        }
        return tags;
    }

    private static boolean isSession(Caller caller) {
        return caller.arn().startsWith("arn:aws:sts::");
    }
}
