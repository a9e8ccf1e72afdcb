package dev.slipway.cloud.iam;

import dev.slipway.cloud.wire.Authorizer;
import dev.slipway.cloud.wire.Caller;
import dev.slipway.policy.AccessRequest;
import dev.slipway.policy.Decision;
import dev.slipway.policy.Evaluator;
import dev.slipway.policy.NamedPolicy;
import dev.slipway.policy.Policies;
import dev.slipway.policy.PolicyDocument;
import dev.slipway.policy.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Brings together who calls, which policies he has, and the evaluator. */
final class Judge {
    /** A policy that should be there and is not caps everything. */
    private static final Pattern ARN_PARTS = Pattern.compile("[:/]");

    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final PolicyDocument NOTHING = new PolicyDocument("2012-10-17", null, List.of());

    private final Directory directory;
    private final ManagedPolicies managed;
    private final InstantSource clock;
    private final ParsedPolicies parsed = new ParsedPolicies();

    /** @param directory as decisions see it */
    Judge(Directory directory, ManagedPolicies managed, InstantSource clock) {
        this.directory = directory;
        this.managed = managed;
        this.clock = clock;
    }

    /** What was asked, in full, and what the answer is. */
    record Verdict(AccessRequest request, Decision decision) {}

    Verdict decide(Authorizer.Question question) {
        Policies policies = policies(question.caller());
        if (question.resourcePolicy().isPresent()) {
            policies = policies.withResource(new NamedPolicy(
                    "the policy of " + question.resource(),
                    parsed.of(question.resourcePolicy().get())));
        }
        return decide(request(question), policies);
    }

    /** Whether the caller may become the role. */
    Verdict decideAssume(Authorizer.Question question, RoleRecord role) {
        Map<String, List<String>> keys = new HashMap<>(question.context());
        role.tags().forEach((key, value) -> {
            keys.put("aws:ResourceTag/" + key, List.of(value));
            keys.put("iam:ResourceTag/" + key, List.of(value));
        });
        Authorizer.Question tagged = new Authorizer.Question(
                question.caller(), question.action(), role.arn(), Optional.empty(), keys, question.requestId());
        return decide(request(tagged), policies(question.caller()).withTrust(trustOf(role)));
    }

    /** Why the caller may not become a role that is not there: nothing trusts him. */
    Verdict decideAssumeNone(Authorizer.Question question) {
        return decide(
                request(question),
                policies(question.caller()).withTrust(new NamedPolicy("the trust policy of nobody", NOTHING)));
    }

    /** Whether the service may become the role. */
    Verdict decideAssume(String service, RoleRecord role, Map<String, List<String>> context) {
        AccessRequest request = new AccessRequest(
                Principal.service(service), "sts:AssumeRole", role.arn(), role.account(), timed(context));
        return decide(request, Policies.identity(List.of()).withTrust(trustOf(role)));
    }

    private static Verdict decide(AccessRequest request, Policies policies) {
        return new Verdict(request, Evaluator.evaluate(request, policies));
    }

    /** The user or role behind a caller, when it is still the same one; a namesake is somebody else. */
    static Optional<Identity<?>> identityOf(Directory directory, Caller caller) {
        String[] parts = ARN_PARTS.split(caller.arn(), -1);
        if (isSession(caller)) {
            return directory
                    .roles()
                    .find(caller.account(), parts[parts.length - 2])
                    .filter(role -> caller.userId().startsWith(role.id() + ":"))
                    .map(role -> role);
        }
        return directory
                .users()
                .find(caller.account(), parts[parts.length - 1])
                .filter(user -> user.id().equals(caller.userId()))
                .or(() -> directory.users().byId(caller.userId()))
                .map(user -> user);
    }

    private NamedPolicy trustOf(RoleRecord role) {
        PolicyDocument document = parsed.of(role.trust().document());
        return new NamedPolicy("the trust policy of " + role.arn(), Documents.judged(role.trust(), document));
    }

    private AccessRequest request(Authorizer.Question question) {
        Map<String, List<String>> keys = new HashMap<>(question.context());
        keys.putAll(question.caller().keys());
        return new AccessRequest(
                principal(question.caller()), question.action(), question.resource(), owner(question), timed(keys));
    }

    private Map<String, List<String>> timed(Map<String, List<String>> context) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Map<String, List<String>> keys = new HashMap<>(context);
        keys.put("aws:CurrentTime", List.of(now.toString()));
        keys.put("aws:EpochTime", List.of(String.valueOf(now.getEpochSecond())));
        return keys;
    }

    private Principal principal(Caller caller) {
        if (caller.isRoot()) {
            return Principal.root(caller.account());
        }
        Optional<Identity<?>> identity = identityOf(directory, caller);
        Map<String, String> tags = new HashMap<>(identity.map(Identity::tags).orElse(Map.of()));
        tags.putAll(caller.tags());
        return isSession(caller)
                ? Principal.session(
                        caller.account(),
                        caller.arn(),
                        // Of a role that is gone nothing is known but its session.
                        identity.map(Identity::arn).orElse(caller.arn()),
                        caller.userId(),
                        tags)
                : Principal.user(caller.account(), caller.arn(), caller.userId(), tags);
    }

    private Policies policies(Caller caller) {
        Optional<Identity<?>> identity = caller.isRoot() ? Optional.empty() : identityOf(directory, caller);
        List<NamedPolicy> own = new ArrayList<>();
        identity.ifPresent(of -> managed.of(of).forEach(source -> own.add(named(source))));
        Policies policies = Policies.identity(own);
        String boundary = identity.map(of -> of.policies().boundary()).orElse(null);
        if (boundary != null) {
            policies = policies.withBoundary(
                    identity.flatMap(managed::boundaryOf).map(this::named).orElse(new NamedPolicy(boundary, NOTHING)));
        }
        if (caller.sessionPolicy().isPresent()) {
            policies = policies.withSession(new NamedPolicy(
                    "the session policy", parsed.of(caller.sessionPolicy().get())));
        }
        return policies;
    }

    private NamedPolicy named(ManagedPolicies.Source source) {
        return new NamedPolicy(source.name(), parsed.of(source.text()));
    }

    private static boolean isSession(Caller caller) {
        return caller.arn().startsWith("arn:aws:sts::");
    }

    private static String owner(Authorizer.Question question) {
        String[] parts = question.resource().split(":", 6);
        if (parts.length == 6 && ACCOUNT.matcher(parts[4]).matches()) {
            return parts[4];
        }
        List<String> stated = question.context().getOrDefault("aws:ResourceAccount", List.of());
        return stated.isEmpty() ? question.caller().account() : stated.get(0);
    }
}
