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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings together who calls, which policies he has, and the evaluator. */
final class Judge {
    private final Directory directory;
    private final ManagedPolicies managed;
    private final InstantSource clock;

    Judge(Directory directory, ManagedPolicies managed, InstantSource clock) {
        this.directory = directory;
        this.managed = managed;
        this.clock = clock;
    }

    Decision decide(Authorizer.Question question) {
        Caller caller = question.caller();
        Policies policies = policies(caller);
        if (question.resourcePolicy().isPresent()) {
            policies = policies.withResource(new NamedPolicy(
                    "the policy of " + question.resource(),
                    PolicyDocument.parse(question.resourcePolicy().get())));
        }
        return Evaluator.evaluate(request(caller, question), policies);
    }

    /** Whether the caller may become the role. */
    Decision decideAssume(Caller caller, String action, RoleRecord role, Map<String, List<String>> context) {
        Map<String, List<String>> keys = new HashMap<>(context);
        role.tags().forEach((key, value) -> keys.put("aws:ResourceTag/" + key, List.of(value)));
        Authorizer.Question question = new Authorizer.Question(caller, action, role.arn(), Optional.empty(), keys);
        return Evaluator.evaluate(request(caller, question), policies(caller).withTrust(trustOf(role)));
    }

    /** Whether the service may become the role. */
    Decision decideAssume(String service, RoleRecord role, Map<String, List<String>> context) {
        AccessRequest request = new AccessRequest(
                Principal.service(service), "sts:AssumeRole", role.arn(), role.account(), timed(context));
        return Evaluator.evaluate(request, Policies.identity(List.of()).withTrust(trustOf(role)));
    }

    /** The user or role behind a caller, when it is still the same one; a namesake is somebody else. */
    Optional<Identity<?>> identityOf(Caller caller) {
        String[] parts = caller.arn().split("[:/]", -1);
        String name = parts[parts.length - 1];
        if (isSession(caller)) {
            return directory
                    .findRole(caller.account(), parts[parts.length - 2])
                    .filter(role -> caller.userId().startsWith(role.id() + ":"))
                    .map(role -> role);
        }
        return directory
                .findUser(caller.account(), name)
                .filter(user -> user.id().equals(caller.userId()))
                .map(user -> user);
    }

    private static NamedPolicy trustOf(RoleRecord role) {
        return new NamedPolicy("the trust policy of " + role.arn(), Documents.judged(role.trust()));
    }

    private AccessRequest request(Caller caller, Authorizer.Question question) {
        return new AccessRequest(
                principal(caller), question.action(), question.resource(), owner(question), timed(question.context()));
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
        Optional<Identity<?>> identity = identityOf(caller);
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
        Optional<Identity<?>> identity = caller.isRoot() ? Optional.empty() : identityOf(caller);
        Policies policies =
                Policies.identity(identity.<List<NamedPolicy>>map(managed::of).orElse(List.of()));
        Optional<NamedPolicy> boundary = identity.flatMap(managed::boundaryOf);
        if (boundary.isPresent()) {
            policies = policies.withBoundary(boundary.get());
        }
        if (caller.sessionPolicy().isPresent()) {
            PolicyDocument session = PolicyDocument.parse(caller.sessionPolicy().get());
            policies = policies.withSession(new NamedPolicy("the session policy", session));
        }
        return policies;
    }

    private static boolean isSession(Caller caller) {
        return caller.arn().startsWith("arn:aws:sts::");
    }

    private static String owner(Authorizer.Question question) {
        String[] parts = question.resource().split(":", 6);
        if (parts.length == 6 && parts[4].matches("\\d{12}")) {
            return parts[4];
        }
        List<String> stated = question.context().getOrDefault("aws:ResourceAccount", List.of());
        return stated.isEmpty() ? question.caller().account() : stated.get(0);
    }
}
