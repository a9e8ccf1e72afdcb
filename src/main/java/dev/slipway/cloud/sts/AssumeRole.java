package dev.slipway.cloud.sts;

import dev.slipway.cloud.iam.AssumableRole;
import dev.slipway.cloud.iam.Iam;
import dev.slipway.cloud.wire.Authorizer.Question;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;
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
        Optional<SessionRecord> before = isSession(caller) ? sessions.find(caller.accessKeyId()) : Optional.empty();
        Map<String, String> inherited = before.map(AssumeRole::transitive).orElse(Map.of());
        Map<String, String> tags = tags(in, inherited);
        String sourceIdentity = sourceIdentity(in, before.map(SessionRecord::sourceIdentity));
        authorize(call, in, tags, sourceIdentity);
        AssumableRole role = iam.assumableRole(in.roleArn()).orElseThrow();
        Duration length = length(in, role, isSession(caller));
        List<String> arns =
                in.policyArns().stream().map(PolicyDescriptorType::arn).toList();
        Optional<String> policy = sessionPolicy(role, in, arns);
        int packed = PackedSize.of(Stream.ofNullable(in.policy()).toList(), arns, given(in));

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
        SessionRecord begun = sessions.begin(session, length, new Sessions.Heritage(passedOn, sourceIdentity));
        return answer(role, in, begun, packed);
    }

    private static AssumeRoleResponse answer(
            AssumableRole role, AssumeRoleRequest in, SessionRecord session, int packed) {
        return AssumeRoleResponse.builder()
                .credentials(keys(session))
                .assumedRoleUser(AssumedRoleUser.builder()
                        .assumedRoleId(role.sessionId(in.roleSessionName()))
                        .arn(role.sessionArn(in.roleSessionName()))
                        .build())
                .sourceIdentity(session.sourceIdentity())
                // Without policies and tags there is nothing to pack, and AWS says nothing.
                .packedPolicySize(packed == 0 ? null : packed)
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

    private void authorize(Call call, AssumeRoleRequest in, Map<String, String> tags, @Nullable String sourceIdentity) {
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
        if (sourceIdentity != null) {
            keys.put("sts:SourceIdentity", List.of(sourceIdentity));
        }
        ask(call, "sts:AssumeRole", in, keys);
        if (!in.tags().isEmpty()) {
            ask(call, "sts:TagSession", in, keys);
        }
        if (sourceIdentity != null) {
            ask(call, "sts:SetSourceIdentity", in, keys);
        }
    }

    private void ask(Call call, String action, AssumeRoleRequest in, Map<String, List<String>> keys) {
        iam.authorizeAssume(new Question(call.caller(), action, in.roleArn(), Optional.empty(), keys).within(call));
    }

    /** Who is behind the session; once said, it cannot be changed along a chain of roles. */
    private static @Nullable String sourceIdentity(AssumeRoleRequest in, Optional<String> inherited) {
        String given = in.sourceIdentity();
        if (given != null && inherited.isPresent() && !inherited.get().equals(given)) {
            throw StsFaults.denied("The source identity of a session cannot be changed: it is " + inherited.get()
                    + " and cannot become " + given + ".");
        }
        return given == null ? inherited.orElse(null) : given;
    }

    private static void requireShape(AssumeRoleRequest in) {
        if (in.serialNumber() != null || in.tokenCode() != null) {
            throw StsFaults.denied("MultiFactorAuthentication failed: the local cloud has no MFA devices.");
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

    private Optional<String> sessionPolicy(AssumableRole role, AssumeRoleRequest in, List<String> arns) {
        List<PolicyDocument> documents = new ArrayList<>();
        if (arns.size() > MOST_POLICIES) {
            throw StsFaults.validation("At most " + MOST_POLICIES + " session policies can be given by ARN.");
        }
        for (String arn : arns) {
            documents.add(PolicyDocument.parse(iam.managedPolicy(role.account(), String.valueOf(arn))
                    .orElseThrow(() -> StsFaults.malformed(
                            "Policy " + arn + " does not exist in account " + role.account() + "."))));
        }
        if (in.policy() != null) {
            if (in.policy().length() > MOST_POLICY_TEXT) {
                throw StsFaults.validation("The session policy has "
                        + in.policy().length() + " characters; at most " + MOST_POLICY_TEXT + " are allowed.");
            }
            try {
                documents.add(PolicyDocument.parse(in.policy()).requireIdentityPolicy());
            } catch (MalformedPolicy wrong) {
                throw StsFaults.malformed(wrong.inWordsOfIam());
            }
        }
        return documents.isEmpty()
                ? Optional.empty()
                : Optional.of(PolicyDocument.union(documents).toJson());
    }

    private static Map<String, String> transitive(SessionRecord session) {
        Map<String, String> inherited = new TreeMap<>(session.tags());
        inherited.keySet().retainAll(session.transitiveKeys());
        return inherited;
    }

    /** The tags of the request itself, by key; an absent value is empty. */
    private static Map<String, String> given(AssumeRoleRequest in) {
        Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Tag tag : in.tags()) {
            if (tag.key().toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw StsFaults.invalidParameter("Tag keys starting with 'aws:' are reserved for system use.");
            }
            if (given.put(tag.key(), tag.value() == null ? "" : tag.value()) != null) {
                throw StsFaults.invalidParameter(
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
        }
        return given;
    }

    /** Inherited tags cannot be given another value. */
    private static Map<String, String> tags(AssumeRoleRequest in, Map<String, String> inherited) {
        Map<String, String> given = given(in);
        if (!given.keySet().containsAll(in.transitiveTagKeys())) {
            throw StsFaults.invalidParameter(
                    "The specified transitive tag key must be included in the requested tags.");
        }
        if (inherited.keySet().stream().anyMatch(given::containsKey)) {
            throw StsFaults.invalidParameter(
                    "One of the specified transitive tag keys can't be set because it conflicts"
                            + " with a transitive tag key from the calling session.");
        }
        Map<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        tags.putAll(inherited);
        tags.putAll(given);
        if (tags.size() > MOST_TAGS) {
            throw StsFaults.invalidParameter("At most " + MOST_TAGS + " session tags are allowed.");
        }
        return tags;
    }

    private static boolean isSession(Caller caller) {
        return caller.arn().startsWith("arn:aws:sts::");
    }
}
